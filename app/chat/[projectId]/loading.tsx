import { Skeleton } from '@/components/ui/skeleton';
import { uiWords } from '@/lib/words/en/ui';

export default function Loading() {
  return (
    <main id="content" aria-busy="true" className="mx-auto grid max-w-[46rem] content-start gap-6 px-4 pt-28 sm:px-6">
      <p className="sr-only" role="status">
        {uiWords.loading}
      </p>
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-20 max-w-lg" />
      <Skeleton className="ms-auto h-12 w-64 rounded-3xl" />
      <Skeleton className="h-56 rounded-card" />
    </main>
  );
}
