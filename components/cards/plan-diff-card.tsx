import type { Card } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { CardFrame } from './card-frame';

const words = cardWords.diff;

export function PlanDiffCard({ card }: { card: Extract<Card, { kind: 'PLAN_DIFF' }> }) {
  return (
    <CardFrame title={words.title(card.fromVersion, card.toVersion)}>
      <ul>
        {card.changes.map((change) => (
          <li
            key={change.label}
            className="grid gap-x-4 gap-y-0.5 border-t border-line py-3 text-[0.9375rem] first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[9rem_1fr]"
          >
            <p className="font-medium">{change.label}</p>
            <div className="grid gap-0.5">
              <p className="text-ink-faint line-through decoration-1">
                <span className="sr-only">{words.before}: </span>
                {change.before}
              </p>
              <p>
                <span className="sr-only">{words.after}: </span>
                {change.after}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </CardFrame>
  );
}
