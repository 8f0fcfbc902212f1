import { uiWords } from '@/lib/words/en/ui';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';

export function ListLoading() {
  return (
    <div aria-busy="true" className="grid gap-2">
      <p className="sr-only" role="status">
        {uiWords.loading}
      </p>
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} className="h-16 rounded-xl" />
      ))}
    </div>
  );
}

export function ListFailed({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="grid justify-items-start gap-3 rounded-xl bg-broken-soft px-4 py-4 text-sm text-broken"
    >
      <p>{text}</p>
      <Button look="secondary" size="small" onClick={onRetry}>
        {uiWords.tryAgain}
      </Button>
    </div>
  );
}
