import { inSystem } from '../../runtime/db';

export type DeletionStatus = {
  kind: 'DEAUTHORISE' | 'DELETE';
  done: boolean;
  receivedAt: Date;
  finishedAt: Date | null;
};

/** What became of a request, by the code Meta was given; null for a code nobody was given. It names no person. */
export async function deletionStatus(code: string): Promise<DeletionStatus | null> {
  if (!/^[\w-]{20,64}$/.test(code)) return null;
  const row = await inSystem((tx) => tx.deletionRequest.findUnique({ where: { code } }));
  if (!row) return null;
  return {
    kind: row.kind === 'DELETE' ? 'DELETE' : 'DEAUTHORISE',
    done: row.state === 'DONE',
    receivedAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
