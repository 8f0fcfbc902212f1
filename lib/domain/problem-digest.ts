import type { AppErrorCode } from './errors';

/** One line of the problems page: the same trouble counted once, however often it came. */
export type ProblemDigest = {
  key: string;
  kind: 'launch' | 'action' | 'unclear' | 'answers' | 'background';
  /** Campaign the sentence names, where there is one. */
  subject: string | null;
  projectId: string | null;
  projectName: string | null;
  /** words/errors key; null where the kind says it all. */
  code: AppErrorCode | null;
  count: number;
  /** Real or business time of the last one, ISO. */
  lastAt: string;
  referenceId: string | null;
  /** It waits for somebody: what a press would try again. Null: it is only told. */
  again: { type: 'deployment'; campaignRecordId: string } | { type: 'dead_letter'; ids: string[] } | null;
};

type Occurrence = Omit<ProblemDigest, 'count'>;

/** Counts what is the same; what waits for somebody first, then the newest. */
export function digestProblems(occurrences: readonly Occurrence[]): ProblemDigest[] {
  const groups = new Map<string, ProblemDigest>();
  for (const one of occurrences) {
    const known = groups.get(one.key);
    const newer = !known || one.lastAt > known.lastAt;
    groups.set(one.key, {
      ...(newer ? one : known),
      again: both(known?.again, one.again),
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...groups.values()].sort(
    (a, b) => Number(b.again !== null) - Number(a.again !== null) || b.lastAt.localeCompare(a.lastAt),
  );
}

/** One press settles every letter of the same trouble. */
function both(known: ProblemDigest['again'] | undefined, more: ProblemDigest['again']): ProblemDigest['again'] {
  if (known?.type !== 'dead_letter' || more?.type !== 'dead_letter') return more ?? known ?? null;
  return { type: 'dead_letter', ids: [...known.ids, ...more.ids] };
}
