import type { EventType, EventView } from '../../domain/events';
import { type ServiceContext, transact } from '../context';

const PAGE = 200;

/** Events of the workspace's main stream after a number, oldest first, at most 200. Sequence order is commit order. */
export async function readEvents(ctx: ServiceContext, input: { afterSeq: number }): Promise<EventView[]> {
  return transact(ctx, async (tx) => {
    const rows = await tx.event.findMany({
      where: { workspaceId: ctx.workspaceId, stream: 'main', seq: { gt: input.afterSeq } },
      orderBy: { seq: 'asc' },
      take: PAGE,
    });
    return rows.map((row) => ({
      stream: row.stream,
      seq: row.seq,
      type: row.type as EventType,
      projectId: row.projectId,
      payload: (row.payload ?? {}) as EventView['payload'],
    }));
  });
}

export async function latestEventSeq(ctx: ServiceContext): Promise<number> {
  return transact(ctx, async (tx) => {
    const row = await tx.eventStream.findUnique({
      where: { workspaceId_stream: { workspaceId: ctx.workspaceId, stream: 'main' } },
    });
    return row?.lastSeq ?? 0;
  });
}
