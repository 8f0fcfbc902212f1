import type { ActionState } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { ActionView } from '../../domain/message';
import { dayIn } from '../../domain/time';
import type { ActivityDay } from '../../domain/views';
import { loadActionCards } from '../actions/card';
import { type ServiceContext, transact } from '../context';

/** What really was done or tried; suggestions that wait or were refused are not activity. */
const SHOWN: ActionState[] = ['DONE', 'FAILED', 'UNDONE'];
const NEWEST = 200;

/** What was done for a project, grouped by the ad account's day, newest first. */
export async function listActivity(ctx: ServiceContext, input: { projectId: string }): Promise<ActivityDay[]> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const rows = await tx.campaignActionRecord.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, state: { in: SHOWN } },
      orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
      take: NEWEST,
      select: { id: true, occurredAt: true, campaign: { select: { timezone: true } } },
    });
    const cards = await loadActionCards(
      tx,
      inner,
      rows.map((row) => row.id),
    );
    const days = new Map<string, ActionView[]>();
    for (const row of rows) {
      const card = cards.get(row.id);
      if (card?.kind !== 'AGENT_ACTION') continue;
      const day = dayIn(row.campaign.timezone, row.occurredAt);
      days.set(day, [...(days.get(day) ?? []), card]);
    }
    return [...days].map(([day, actions]) => ({ day, actions }));
  });
}
