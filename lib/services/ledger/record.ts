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
};

const GENESIS = '0'.repeat(64);

/**
 * Writes the audit row and the outbox event in the caller's transaction and wakes the reactions: state, audit and event
 * commit together or not at all. Returns the event's id.
 */
export async function record(tx: Tx, ctx: ServiceContext, entry: Recorded): Promise<string> {
  const occurredAt = await businessNow(tx, ctx.workspaceId);
  const seq = await nextSeq(tx, ctx.workspaceId, 'main');
  const event = await tx.event.create({
    data: {
      workspaceId: ctx.workspaceId,
      stream: 'main',
      seq,
      type: entry.event,
      projectId: entry.projectId ?? null,
      actor: ctx.actor,
      causeId: entry.causeId ?? null,
      requestId: ctx.requestId,
      occurredAt,
      payload: { subject: entry.subject.id, ...entry.payload },
    },
    select: { id: true },
  });
  if (entry.audit) await appendAudit(tx, ctx, entry, occurredAt);
  await tx.$executeRaw`SELECT pg_notify('aigency_events', ${ctx.workspaceId})`;
  await enqueue(tx, {
    kind: 'react',
    workspaceId: ctx.workspaceId,
    data: { eventId: event.id },
    id: event.id,
    requestId: ctx.requestId,
  });
  return event.id;
}

async function nextSeq(tx: Tx, workspaceId: string, stream: string): Promise<number> {
  const rows = await tx.$queryRaw<{ lastSeq: number }[]>`
    INSERT INTO "EventStream" ("workspaceId", "stream", "lastSeq") VALUES (${workspaceId}, ${stream}, 1)
    ON CONFLICT ("workspaceId", "stream") DO UPDATE SET "lastSeq" = "EventStream"."lastSeq" + 1
    RETURNING "lastSeq"`;
  return rows[0]?.lastSeq ?? 1;
}

async function appendAudit(tx: Tx, ctx: ServiceContext, entry: Recorded, occurredAt: Date): Promise<void> {
  const seq = await nextSeq(tx, ctx.workspaceId, 'audit');
  const last = await tx.auditEntry.findUnique({
    where: { workspaceId_seq: { workspaceId: ctx.workspaceId, seq: seq - 1 } },
    select: { hash: true },
  });
  const prevHash = last?.hash ?? GENESIS;
  const row = {
    workspaceId: ctx.workspaceId,
    seq,
    at: new Date(0),
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
  const at =
    (await tx.$queryRaw<{ at: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS at`)[0]?.at ??
    occurredAt;
  await tx.auditEntry.create({ data: { ...row, at, hash: auditHash({ ...row, at }) } });
}

/** SHA-256 over the canonical row with its predecessor's hash: changing, dropping or reordering a row breaks the chain. */
export function auditHash(row: Record<string, unknown>): string {
  const { hash: _hash, ...covered } = row;
  return sha256Hex(
    canonicalJson(JSON.parse(JSON.stringify(covered, (_key, value) => (value === undefined ? null : value)))),
  );
}
