import type { AppErrorCode } from '@/lib/domain/errors';
import { errorWords } from '@/lib/words/en/errors';
import { ProblemNote } from './problem-note';

/** What went wrong on the way back from another site, told on the page we came back to. */
export function QueryProblem({
  code,
  referenceId = '',
}: {
  code?: string | undefined;
  referenceId?: string | undefined;
}) {
  if (!code || !(code in errorWords)) return null;
  const words = errorWords[code as AppErrorCode];
  const shown = /^[\w-]{1,40}$/.test(referenceId) ? referenceId : '';
  return (
    <ProblemNote
      className="mb-5"
      problem={{ type: 'about:blank', status: 500, code, detail: words.title, referenceId: shown, ...words }}
    />
  );
}
