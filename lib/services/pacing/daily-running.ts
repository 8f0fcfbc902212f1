import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import type { StoredShare } from './share';

/**
 * Daily budgets of everything of a project that runs or is on its way to run, minor units: what its limits on a day and on
 * a week are held against. What is paused counts nothing, once the month was recounted. A change that was approved counts from its press on.
 * @param input.except a campaign that is left out
 */
export async function dailyRunning(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; except?: string },
): Promise<bigint> {
  const scope = {
    workspaceId: ctx.workspaceId,
    projectId: input.projectId,
    ...(input.except === undefined ? {} : { campaignRecordId: { not: input.except } }),
  };
  const shares = await tx.monthShare.findMany({
    where: {
      ...scope,
      campaign: { status: { in: ['ACTIVE', 'IN_REVIEW', 'DISAPPROVED', 'DEPLOYING', 'DEPLOY_FAILED', 'PAUSED'] } },
    },
    orderBy: { month: 'desc' },
    distinct: ['campaignRecordId'],
    select: { campaignRecordId: true, dailyMinor: true },
  });
  const onTheirWay = await tx.monthReservation.findMany({
    where: { ...scope, state: { in: ['HELD', 'SPENDING'] } },
    select: { campaignRecordId: true, share: true },
  });
  const daily = new Map(shares.map((share) => [share.campaignRecordId, share.dailyMinor]));
  for (const { campaignRecordId, share } of onTheirWay) {
    const wanted = BigInt((share as StoredShare).dailyMinor);
    if (wanted > (daily.get(campaignRecordId) ?? 0n)) daily.set(campaignRecordId, wanted);
  }
  return [...daily.values()].reduce((sum, minor) => sum + minor, 0n);
}
