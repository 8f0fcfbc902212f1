import { dayIn, daysBetween } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { tellCampaign } from '../notifications/tell-campaign';

/** Whole account days without a single showing before the owner is told. */
const SILENT_DAYS = 2;

/**
 * Tells the owner once per outage that a campaign which is on is shown to nobody. To be called right after a pull that
 * brought everything: then a day the platform has no row for is a day on which it showed nothing.
 */
export async function tellStoppedDelivery(
  ctx: ServiceContext,
  input: { campaignIds: string[]; today: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const campaigns = await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        id: { in: input.campaignIds },
        status: 'ACTIVE',
        launchedAt: { not: null },
      },
      select: {
        id: true,
        launchedAt: true,
        timezone: true,
        snapshots: { where: { impressions: { gt: 0 } }, orderBy: { day: 'desc' }, take: 1, select: { day: true } },
      },
    });
    for (const { id, launchedAt, timezone, snapshots } of campaigns) {
      const last = snapshots[0]?.day.toISOString().slice(0, 10) ?? dayIn(timezone, launchedAt as Date);
      if (
        daysBetween(last, input.today) <= SILENT_DAYS ||
        (await switchedOnLately(tx, ctx, { id, timezone, today: input.today }))
      )
        continue;
      const first = await tx.sighting.createMany({
        data: [{ workspaceId: ctx.workspaceId, subject: `delivery-stopped:${id}:${last}` }],
        skipDuplicates: true,
      });
      if (first.count > 0)
        await tellCampaign(inner, {
          campaignRecordId: id,
          key: 'delivery_stopped',
          params: { day: last },
          tone: 'warning',
          bell: 'ALERT',
        });
    }
  });
}

/** Just back from a pause or a review: the silence before it is explained. */
async function switchedOnLately(
  tx: Tx,
  ctx: ServiceContext,
  input: { id: string; timezone: string; today: string },
): Promise<boolean> {
  const change = await tx.event.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      type: 'campaign.status_changed',
      payload: { path: ['subject'], equals: input.id },
    },
    orderBy: { seq: 'desc' },
    select: { occurredAt: true },
  });
  return change !== null && daysBetween(dayIn(input.timezone, change.occurredAt), input.today) <= SILENT_DAYS;
}
