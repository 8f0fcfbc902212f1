import { Skeleton } from '@/components/ui/skeleton';
import { uiWords } from '@/lib/words/en/ui';

export default function Loading() {
  return (
    <main id="content" aria-busy="true" className="mx-auto grid max-w-5xl gap-6 px-5 pt-28 sm:px-8">
      <p className="sr-only" role="status">
        {uiWords.loading}
      </p>
      <Skeleton className="h-11 w-64" />
      <div className="grid gap-5 md:grid-cols-2">
        <Skeleton className="h-56 rounded-card" />
        <Skeleton className="h-56 rounded-card" />
      </div>
    </main>
  );
}
