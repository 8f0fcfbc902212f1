import type { Actor, EventType } from '../../domain/events';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';

/** An event as reactions read it. `subject` is the id of the row it is about. */
export type StoredEvent = {
  id: string;
  seq: number;
  type: EventType;
  subject: string;
  projectId: string | null;
  payload: Record<string, string | number | boolean | null>;
  actor: Actor;
  occurredAt: Date;
};

type Row = NonNullable<Awaited<ReturnType<Tx['event']['findFirst']>>>;

/** One event of the workspace, or null. */
export async function readEvent(ctx: ServiceContext, input: { eventId: string }): Promise<StoredEvent | null> {
  return transact(ctx, async (tx) => {
    const row = await tx.event.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.eventId } });
    return row ? toStored(row) : null;
  });
}

/** Events read at once. */
export const MOST_EVENTS = 500;

/** Events after a number, in the order they were committed, at most so many at once. */
export async function eventsAfter(ctx: ServiceContext, input: { seq: number }): Promise<StoredEvent[]> {
  return transact(ctx, async (tx) => {
    const rows = await tx.event.findMany({
      where: { workspaceId: ctx.workspaceId, stream: 'main', seq: { gt: input.seq } },
      orderBy: { seq: 'asc' },
      take: MOST_EVENTS,
    });
    return rows.map(toStored);
  });
}

function toStored(row: Row): StoredEvent {
  const payload = (row.payload ?? {}) as StoredEvent['payload'];
  return {
    id: row.id,
    seq: row.seq,
    type: row.type as EventType,
    subject: String(payload.subject ?? ''),
    projectId: row.projectId,
    payload,
    actor: row.actor as Actor,
    occurredAt: row.occurredAt,
  };
}
