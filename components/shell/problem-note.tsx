import type { Problem } from '@/lib/domain/views';
import { uiWords } from '@/lib/words/en/ui';
import { cn } from '../ui/cn';

/** A failure in the owner's words: what happened, what it means for the money, what to do. */
export function ProblemNote({ problem, className }: { problem: Problem; className?: string }) {
  return (
    <div
      role="alert"
      className={cn(
        'grid gap-0.5 rounded-xl border border-broken-line bg-broken-soft px-4 py-3 text-sm text-broken',
        className,
      )}
    >
      <p className="font-semibold">{problem.title}</p>
      <p>
        {problem.money} {problem.next}
      </p>
      {problem.referenceId && problem.status >= 500 ? (
        <p className="text-micro">{uiWords.reference(problem.referenceId)}</p>
      ) : null}
    </div>
  );
}
