import { uiWords } from '@/lib/words/en/ui';
import { cn } from '../ui/cn';

/** A shop's awning with the sun coming up under it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={cn('shrink-0', className ?? 'size-7')}>
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path d="M7 10.5h18v3a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0z" fill="var(--on-accent)" />
      <path d="M10 24.5a6 6 0 0 1 12 0z" fill="var(--on-accent)" opacity="0.85" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className="text-lg font-semibold tracking-tight">{uiWords.wordmark}</span>
    </span>
  );
}
