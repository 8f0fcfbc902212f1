import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { type AccountMonth, spentBetween } from './account-month';

/** What the days of the month before today cost, minor units. */
export type SpentBehind = {
  /** Known for sure: numbers of today came in already, so those of yesterday are whole. Null: not known yet. */
  sureMinor: bigint | null;
  /** As far as numbers came in: it was no less. */
  leastMinor: bigint;
};

export async function spentBehind(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaign: { id: string; projectId: string; timezone: string }; at: AccountMonth },
): Promise<SpentBehind> {
  const { campaign, at } = input;
  const where = { campaignRecordId: campaign.id, since: `${at.month}-01`, before: at.today };
  const leastMinor = await spentBetween(tx, ctx, where);
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaign.projectId },
    select: { adAccountId: true },
  });
  const newest = await tx.monitorRun.findFirst({
    where: { workspaceId: ctx.workspaceId, adAccountId: project?.adAccountId ?? '', state: 'DONE' },
    orderBy: { slot: 'desc' },
    select: { slot: true },
  });
  const sure = newest !== null && dayIn(campaign.timezone, newest.slot) >= at.today;
  return { sureMinor: sure ? leastMinor : null, leastMinor };
}
