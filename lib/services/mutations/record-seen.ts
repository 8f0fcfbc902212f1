import { type CampaignStatus, mayBecome } from '../../domain/campaign-status';
import { moneyToJson } from '../../domain/money';
import { statusFromPlatform } from '../../domain/status-from-platform';
import type { RemoteSeen } from '../../platforms/port';
import type { Prisma, Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { setCampaignStatus } from './set-campaign-status';

type Seen = { campaignRecordId: string; accountId: string; objects: readonly RemoteSeen[] };

/** Parsed state of an object as the mirror keeps it. */
export function stateOfSeen(seen: RemoteSeen): Prisma.InputJsonObject {
  return {
    name: seen.name,
    dailyBudget: seen.dailyBudget ? moneyToJson(seen.dailyBudget) : null,
    creativeId: seen.creativeId,
    reviewFeedback: seen.reviewFeedback,
    ...(seen.fields.targeting === undefined
      ? {}
      : { audience: JSON.parse(JSON.stringify(seen.fields.targeting)) as Prisma.InputJsonValue }),
  };
}

/** Brings the mirror of known objects up to what the platform just showed. Objects we did not make are not mirrored here. */
export async function recordSeen(tx: Tx, ctx: ServiceContext, input: Seen): Promise<void> {
  for (const seen of input.objects) {
    await tx.remoteObject.updateMany({
      where: {
        workspaceId: ctx.workspaceId,
        campaignRecordId: input.campaignRecordId,
        accountId: input.accountId,
        level: seen.level,
        remoteId: seen.remoteId,
      },
      data: {
        status: seen.status,
        effectiveStatus: seen.effectiveStatus,
        state: stateOfSeen(seen),
        seenAt: new Date(),
      },
    });
  }
}

/**
 * The mirror and the campaign's status from a read-back of the whole tree. A transition the status rules do not know
 * (a campaign still being built, say) leaves the status alone. Answers the status that now stands.
 */
export async function recordTree(tx: Tx, ctx: ServiceContext, input: Seen): Promise<CampaignStatus> {
  await recordSeen(tx, ctx, input);
  const campaign = await tx.campaignRecord.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId },
    select: { status: true, launchedAt: true },
  });
  const before = campaign.status as CampaignStatus;
  const after = statusFromPlatform(input.objects);
  if (after === null || after === before || !mayBecome(before, after)) return before;
  await setCampaignStatus(tx, ctx, { campaignRecordId: input.campaignRecordId, to: after, from: [before] });
  return after;
}
