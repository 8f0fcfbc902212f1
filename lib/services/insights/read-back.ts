import { type CampaignStatus, mayBecome, WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { moneyToJson } from '../../domain/money';
import { statusFromTree } from '../../domain/read-back';
import type { RemoteSeen } from '../../platforms/port';
import type { Prisma, Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { setCampaignStatus } from '../mutations/set-campaign-status';

type ReadBack = {
  campaignRecordId: string;
  tree: RemoteSeen[];
  /** Real time at which the platform was asked. */
  askedAt: Date;
};

/**
 * Writes what the platform shows now into our mirror and moves the campaign's status after it: this is the only place
 * from which a campaign becomes live or refused. A write of our own that wins the race is left alone until the next look.
 */
export async function readBackCampaign(ctx: ServiceContext, input: ReadBack): Promise<void> {
  const status = await transact(ctx, (tx, inner) => mirror(tx, inner, input));
  if (status === null) return;
  const reason = input.tree.flatMap((object) => object.reviewFeedback)[0];
  try {
    await transact(ctx, async (tx, inner) => {
      const seen: Record<string, string> = status === 'DISAPPROVED' && reason ? { seenAt: 'platform', reason } : { seenAt: 'platform' };
      const changed = await setCampaignStatus(tx, inner, { campaignRecordId: input.campaignRecordId, to: status, from: [...WATCHED_STATUSES], payload: seen });
      if (!changed || status !== 'ACTIVE') return;
      await tx.campaignRecord.updateMany({
        where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId, launchedAt: null }, data: { launchedAt: await workspaceNow(inner, tx) },
      });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    log.info({ campaign: input.campaignRecordId, to: status }, 'status changed meanwhile');
  }
}

/** Updates the mirrored objects; answers the campaign's status by the platform, null when nothing is to change. */
async function mirror(tx: Tx, ctx: ServiceContext, input: ReadBack): Promise<CampaignStatus | null> {
  const campaign = await tx.campaignRecord.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId }, select: { status: true, projectId: true } });
  if (!campaign) throw new AppError('not_found', { campaign: input.campaignRecordId });
  const known = await tx.remoteObject.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: input.campaignRecordId }, select: { id: true, remoteId: true, level: true, effectiveStatus: true, seenAt: true },
  });
  // The gate wrote and read back after we asked: our answer is the older one.
  if (known.some((object) => object.seenAt > input.askedAt)) return null;
  for (const seen of input.tree) {
    const row = known.find((object) => object.level === seen.level && object.remoteId === seen.remoteId);
    if (!row) continue;
    await tx.remoteObject.update({
      where: { id: row.id }, data: { status: seen.status, effectiveStatus: seen.effectiveStatus, state: stateOf(seen), seenAt: input.askedAt },
    });
    if (seen.level === 'ad' && seen.effectiveStatus === 'DISAPPROVED' && row.effectiveStatus !== 'DISAPPROVED') await recordRefusal(tx, ctx, { ...input, projectId: campaign.projectId, seen });
  }
  const status = statusFromTree(input.tree);
  return status !== null && status !== campaign.status && mayBecome(campaign.status as CampaignStatus, status) ? status : null;
}

/** Money is stored as its JSON form; `fields` are what drift checks compare. */
function stateOf(seen: RemoteSeen): Prisma.InputJsonObject {
  return {
    name: seen.name, dailyBudget: seen.dailyBudget ? moneyToJson(seen.dailyBudget) : null, creativeId: seen.creativeId, reviewFeedback: seen.reviewFeedback,
    fields: JSON.parse(JSON.stringify(seen.fields)) as Prisma.InputJsonObject,
  };
}

/** One refused ad is news of its own only while the others go on; the whole campaign refused is told by its status. */
async function recordRefusal(tx: Tx, ctx: ServiceContext, input: { campaignRecordId: string; projectId: string; tree: RemoteSeen[]; seen: RemoteSeen }): Promise<void> {
  if (statusFromTree(input.tree) === 'DISAPPROVED') return;
  await record(tx, ctx, {
    event: 'ad.refused', subject: { type: 'ad', id: input.seen.remoteId }, projectId: input.projectId,
    payload: { campaignId: input.campaignRecordId, ad: input.seen.name, reason: input.seen.reviewFeedback[0] ?? null },
  });
}
