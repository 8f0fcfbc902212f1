import { canonicalJson } from '../../domain/canonical';
import type { EventType } from '../../domain/events';
import type { Prisma, Tx } from '../../runtime/db';
import { businessNow } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { enqueue } from '../../runtime/ports';
import type { ServiceContext } from '../context';

type Fields = Record<string, string | number | boolean | null>;

export type Recorded = {
  event: EventType;
  subject: { type: string; id: string };
  projectId?: string | null;
  /** What listeners need to find the rows: ids and small words only. */
  payload?: Fields;
  /** Leave out for events that change nothing worth an audit row (a message, a turn). */
  audit?: { before?: Fields; after?: Fields; reason?: Fields; approvalId?: string };
  causeId?: string;
  /** No reaction follows from it: the browser is told and nothing else. */
  quiet?: boolean;
};

/** What the first row of a workspace follows. */
export const GENESIS = '0'.repeat(64);

/**
 * Writes the audit row and the outbox event in the caller's transaction and wakes the reactions: state, audit and event
 * commit together or not at all. Returns the event's id.
 */
export async function record(tx: Tx, ctx: ServiceContext, entry: Recorded): Promise<string> {
  const [id] = await recordAll(tx, ctx, [entry]);
  return id ?? '';
}

/** As `record`, for many at once and in this order: the number of round trips does not grow with their number. */
export async function recordAll(tx: Tx, ctx: ServiceContext, entries: readonly Recorded[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const occurredAt = await businessNow(tx, ctx.workspaceId);
  const first = await takeSeqs(tx, ctx.workspaceId, 'main', entries.length);
  const events = await tx.event.createManyAndReturn({
    data: entries.map((entry, index) => ({
      workspaceId: ctx.workspaceId,
      stream: 'main',
      seq: first + index,
      type: entry.event,
      projectId: entry.projectId ?? null,
      actor: ctx.actor,
      causeId: entry.causeId ?? null,
      requestId: ctx.requestId,
      occurredAt,
      payload: { subject: entry.subject.id, ...entry.payload },
    })),
    select: { id: true },
  });
  const audited = entries.filter((entry) => entry.audit !== undefined);
  if (audited.length > 0) await appendAudit(tx, ctx, audited, occurredAt);
  await tx.$executeRaw`SELECT pg_notify('aigency_events', ${ctx.workspaceId})`;
  for (const [index, { id }] of events.entries()) {
    if (entries[index]?.quiet) continue;
    await enqueue(tx, {
      kind: 'react',
      workspaceId: ctx.workspaceId,
      data: { eventId: id },
      id,
      requestId: ctx.requestId,
    });
  }
  return events.map(({ id }) => id);
}

/** Takes that many numbers of a stream and answers the first. The row stays locked until commit, so order is commit order. */
async function takeSeqs(tx: Tx, workspaceId: string, stream: string, count: number): Promise<number> {
  const rows = await tx.$queryRaw<{ lastSeq: number }[]>`
    INSERT INTO "EventStream" ("workspaceId", "stream", "lastSeq") VALUES (${workspaceId}, ${stream}, ${count})
    ON CONFLICT ("workspaceId", "stream") DO UPDATE SET "lastSeq" = "EventStream"."lastSeq" + ${count}
    RETURNING "lastSeq"`;
  return (rows[0]?.lastSeq ?? count) - count + 1;
}

async function appendAudit(tx: Tx, ctx: ServiceContext, entries: readonly Recorded[], occurredAt: Date): Promise<void> {
  const first = await takeSeqs(tx, ctx.workspaceId, 'audit', entries.length);
  const last = await tx.auditEntry.findUnique({
    where: { workspaceId_seq: { workspaceId: ctx.workspaceId, seq: first - 1 } },
    select: { hash: true },
  });
  const clock = await tx.$queryRaw<{ at: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS at`;
  const at = clock[0]?.at ?? occurredAt;
  let prevHash = last?.hash ?? GENESIS;
  const rows = entries.map((entry, index) => {
    const row = {
      workspaceId: ctx.workspaceId,
      seq: first + index,
      at,
      occurredAt,
      actor: ctx.actor as Prisma.InputJsonValue,
      action: entry.event,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      projectId: entry.projectId ?? null,
      before: entry.audit?.before,
      after: entry.audit?.after,
      reason: entry.audit?.reason,
      approvalId: entry.audit?.approvalId ?? null,
      requestId: ctx.requestId,
      prevHash,
    };
    prevHash = auditHash(row);
    return { ...row, hash: prevHash };
  });
  await tx.auditEntry.createMany({ data: rows as Prisma.AuditEntryCreateManyInput[] });
}

/** SHA-256 over the canonical row with its predecessor's hash: changing, dropping or reordering a row breaks the chain. */
export function auditHash(row: Record<string, unknown>): string {
  const { hash: _hash, ...covered } = row;
  return sha256Hex(
    canonicalJson(JSON.parse(JSON.stringify(covered, (_key, value) => (value === undefined ? null : value)))),
  );
}
