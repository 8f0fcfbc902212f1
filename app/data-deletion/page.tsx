import type { Metadata } from 'next';
import { Wordmark } from '@/components/shell/logo';
import { deletionStatus } from '@/lib/services/connections/deletion-status';
import { deletionWords as words } from '@/lib/words/en/deletion';
import { uiWords } from '@/lib/words/en/ui';

export const metadata: Metadata = { title: words.title, robots: { index: false }, referrer: 'no-referrer' };

type Props = { searchParams: Promise<{ code?: string | string[] }> };

/** Where Meta sends a person who asked for their data to be deleted. Open to everybody; it tells of the request alone. */
export default async function DataDeletion({ searchParams }: Props) {
  const { code } = await searchParams;
  const status = typeof code === 'string' ? await deletionStatus(code) : null;
  const { title, body } = words.of(status);
  return (
    <div className="mx-auto max-w-2xl px-5 pb-24">
      <header className="py-5">
        <a href="/" aria-label={uiWords.home} className="target inline-flex items-center rounded-control">
          <Wordmark />
        </a>
      </header>
      <main id="content" className="pt-8">
        <h1 className="text-headline font-semibold tracking-[-0.025em]">{title}</h1>
        <p className="mt-3 text-lg text-ink-soft">{body}</p>
        {status ? <p className="mt-6 text-sm text-ink-faint">{words.when(status.receivedAt)}</p> : null}
      </main>
    </div>
  );
}
