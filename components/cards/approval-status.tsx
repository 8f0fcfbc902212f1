import type { ApprovalState } from '@/lib/domain/approval';
import { cardWords } from '@/lib/words/en/cards';
import { formatMoment } from '@/lib/words/format';
import { useSurface } from '../chat/surface';
import { useLocale } from '../shell/locale';
import type { Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';

const words = cardWords.approval;

export const APPROVAL_TONES: Record<ApprovalState, Tone> = {
  WAITING: 'careful',
  APPROVED: 'good',
  EXECUTING: 'good',
  DONE: 'good',
  PARTLY_DONE: 'careful',
  FAILED: 'broken',
  DECLINED: 'neutral',
  EXPIRED: 'neutral',
  SUPERSEDED: 'neutral',
};

/** States in which the card has nothing left to say but that it is over. */
export function isOver(state: ApprovalState): boolean {
  return state === 'SUPERSEDED' || state === 'EXPIRED' || state === 'DECLINED';
}

/** What became of the card, in one sentence. */
export function ApprovalStatus({ state, decidedAt }: { state: ApprovalState; decidedAt: string | null }) {
  const locale = useLocale();
  const surface = useSurface();
  if (state === 'WAITING') return null;
  const good = state === 'APPROVED' || state === 'EXECUTING' || state === 'DONE';
  return (
    <div className="grid gap-3">
      <p
        className={cn(
          'rounded-xl px-4 py-3 text-sm',
          good
            ? 'bg-accent-soft text-accent'
            : state === 'FAILED'
              ? 'bg-broken-soft text-broken'
              : 'bg-sunken text-ink-soft',
        )}
      >
        {words.after[state]}
        {decidedAt && state !== 'SUPERSEDED' && state !== 'EXPIRED' ? (
          <time dateTime={decidedAt} className="block text-micro opacity-90">
            {formatMoment(decidedAt, locale)}
          </time>
        ) : null}
      </p>
      {state === 'EXPIRED' && surface.interactive ? (
        <div>
          <Button look="secondary" size="small" onClick={() => surface.ask(words.freshPrompt)}>
            {words.fresh}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
