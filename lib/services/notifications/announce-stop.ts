import { type ServiceContext, transact } from '../context';
import { tellProject } from './tell-project';

/** Says in each project it touched that the stop is confirmed. */
export async function announceStop(ctx: ServiceContext, input: { stopId: string; eventId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const targets = await tx.stopTarget.groupBy({
      by: ['projectId'],
      where: { workspaceId: ctx.workspaceId, stopId: input.stopId },
      _count: { _all: true },
    });
    for (const [index, { projectId, _count }] of targets.entries())
      await tellProject(inner, {
        projectId,
        key: 'stop_confirmed',
        params: { campaigns: _count._all },
        tone: 'good',
        // One bell for the whole stop, however many projects it touched.
        ...(index === 0 ? { bell: 'ALERT' as const } : {}),
        eventId: input.eventId,
      });
  });
}
