import { sameSecret, sign } from '../../runtime/crypto';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { auditHash, GENESIS } from './record';

export type AuditProblem =
  | 'missing' // a number of the sequence is not there
  | 'unknown' // a row beyond the last number that was given out
  | 'broken_link' // it does not follow the row before it
  | 'changed' // its content is not what its hash covers
  | 'resealed'; // the chain is consistent, but not with the seal of that day
export type AuditVerdict = { rows: number; firstBad: { seq: number; problem: AuditProblem } | null };

const PAGE = 1_000;

/** What a seal signs. The key is the installation's, which the database does not hold. */
export function sealOf(workspaceId: string, seq: number, hash: string): string {
  return sign('audit-seal', `${workspaceId}|${seq}|${hash}`);
}

/**
 * Walks a workspace's chain from its first row and names the first that is not as it was written. Finds rows that were
 * changed, added, removed (at the end, too), reordered, and a chain rewritten from some row on, as far back as its seals.
 */
export async function verifyAudit(ctx: ServiceContext): Promise<AuditVerdict> {
  return transact(ctx, async (tx) => {
    const where = { workspaceId: ctx.workspaceId };
    const stream = await tx.eventStream.findUnique({
      where: { workspaceId_stream: { ...where, stream: 'audit' } },
      select: { lastSeq: true },
    });
    const seals = new Map(
      (await tx.auditSeal.findMany({ where, select: { seq: true, hash: true, signature: true } })).map((seal) => [
        seal.seq,
        seal,
      ]),
    );
    const last = stream?.lastSeq ?? 0;
    let [seq, prevHash] = [0, GENESIS];
    for (;;) {
      const page = await tx.auditEntry.findMany({
        where: { ...where, seq: { gt: seq } },
        orderBy: { seq: 'asc' },
        take: PAGE,
      });
      for (const row of page) {
        const bad = problemOf(row, { seq: seq + 1, prevHash, last, seal: seals.get(row.seq) });
        if (bad) return { rows: seq, firstBad: bad };
        [seq, prevHash] = [row.seq, row.hash];
      }
      if (page.length < PAGE) break;
    }
    const missingSeal = [...seals.keys()].find((sealed) => sealed > seq);
    if (seq < last || missingSeal !== undefined) return { rows: seq, firstBad: { seq: seq + 1, problem: 'missing' } };
    return { rows: seq, firstBad: null };
  });
}

type Row = Awaited<ReturnType<Tx['auditEntry']['findMany']>>[number];
type Expected = { seq: number; prevHash: string; last: number; seal: { hash: string; signature: string } | undefined };

function problemOf(row: Row, expected: Expected): { seq: number; problem: AuditProblem } | null {
  if (row.seq > expected.seq) return { seq: expected.seq, problem: 'missing' };
  if (row.seq > expected.last) return { seq: row.seq, problem: 'unknown' };
  if (row.prevHash !== expected.prevHash) return { seq: row.seq, problem: 'broken_link' };
  if (auditHash(row) !== row.hash) return { seq: row.seq, problem: 'changed' };
  const { seal } = expected;
  if (seal && (seal.hash !== row.hash || !sameSecret(seal.signature, sealOf(row.workspaceId, row.seq, seal.hash))))
    return { seq: row.seq, problem: 'resealed' };
  return null;
}

/** Signs the chain's present end, once per end. Answers the number sealed, null where there is nothing new. */
export async function sealAudit(ctx: ServiceContext): Promise<number | null> {
  return transact(ctx, async (tx) => {
    const end = await tx.auditEntry.findFirst({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { seq: 'desc' },
      select: { seq: true, hash: true },
    });
    if (!end) return null;
    const made = await tx.auditSeal.createMany({
      skipDuplicates: true,
      data: [
        {
          workspaceId: ctx.workspaceId,
          seq: end.seq,
          hash: end.hash,
          signature: sealOf(ctx.workspaceId, end.seq, end.hash),
        },
      ],
    });
    return made.count === 1 ? end.seq : null;
  });
}
