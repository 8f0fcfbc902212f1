import { Skeleton } from '@/components/ui/skeleton';
import { uiWords } from '@/lib/words/en/ui';

export default function Loading() {
  return (
    <div aria-busy="true" className="grid gap-6">
      <p className="sr-only" role="status">
        {uiWords.loading}
      </p>
      <Skeleton className="h-11 w-64" />
      <div className="grid gap-5 md:grid-cols-2">
        <Skeleton className="h-56 rounded-card" />
        <Skeleton className="h-56 rounded-card" />
      </div>
    </div>
  );
}
