import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Card } from '@/lib/domain/message';
import { noticeText } from '@/lib/words/en/notices';
import { useLocale } from '../shell/locale';
import { cn } from '../ui/cn';

type Notice = Extract<Card, { kind: 'NOTICE' }>;
const LOOKS: Record<Notice['tone'], { box: string; icon: typeof Info }> = {
  info: { box: 'border-line bg-surface [&_svg]:text-ink-faint', icon: Info },
  good: { box: 'border-transparent bg-accent-soft [&_svg]:text-accent', icon: CircleCheck },
  warning: { box: 'border-careful-line bg-careful-soft [&_svg]:text-careful', icon: TriangleAlert },
};

export function NoticeCard({ card }: { card: Notice }) {
  const { locale } = useLocale();
  const { title, body } = noticeText(card.key, card.params, locale);
  const { box, icon: Icon } = LOOKS[card.tone];
  return (
    <div className={cn('flex gap-3.5 rounded-card border px-5 py-4', box)}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div>
        <p className="font-semibold">{title}</p>
        <p className="mt-0.5 text-[0.9375rem] text-ink-soft">{body}</p>
      </div>
    </div>
  );
}
