import { type CampaignStatus, mayBecome, WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { statusFromPlatform } from '../../domain/status-from-platform';
import type { RemoteSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { stateOfSeen } from '../mutations/record-seen';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { recountRunning } from '../pacing/recount';

type ReadBack = {
  campaignRecordId: string;
  tree: RemoteSeen[];
  /** Real time at which the platform was asked. */
  askedAt: Date;
};

/**
 * Writes what the platform shows now into our mirror and moves the campaign's status after it. While a campaign is
 * watched this is where it becomes live or refused. A write of our own that wins the race stands until the next look.
 */
export async function readBackCampaign(ctx: ServiceContext, input: ReadBack): Promise<void> {
  const { status, projectId } = await transact(ctx, (tx, inner) => mirror(tx, inner, input));
  if (status !== null) await follow(ctx, input, status);
  // Somebody may have raised a budget or switched something at the platform: the month counts what runs.
  await transact(ctx, (tx, inner) => recountRunning(tx, inner, projectId));
}

async function follow(ctx: ServiceContext, input: ReadBack, status: CampaignStatus): Promise<void> {
  const reason = input.tree.flatMap((object) => object.reviewFeedback)[0];
  const payload: Record<string, string> =
    status === 'DISAPPROVED' && reason ? { seenAt: 'platform', reason } : { seenAt: 'platform' };
  try {
    await transact(ctx, (tx, inner) =>
      setCampaignStatus(tx, inner, {
        campaignRecordId: input.campaignRecordId,
        to: status,
        from: [...WATCHED_STATUSES],
        payload,
      }),
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    log.info({ campaign: input.campaignRecordId, to: status }, 'status changed meanwhile');
  }
}

type Mirrored = { status: CampaignStatus | null; projectId: string };

/** Updates the mirrored objects; answers the status the campaign should take by the platform, null when it stays. */
async function mirror(tx: Tx, ctx: ServiceContext, input: ReadBack): Promise<Mirrored> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId },
    select: { status: true, projectId: true },
  });
  if (!campaign) throw new AppError('not_found', { campaign: input.campaignRecordId });
  const known = await tx.remoteObject.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: input.campaignRecordId },
    select: { id: true, remoteId: true, level: true, effectiveStatus: true, seenAt: true },
  });
  // The gate wrote and read back after we asked: our answer is the older one.
  if (known.some((object) => object.seenAt > input.askedAt)) return { status: null, projectId: campaign.projectId };
  const status = statusFromPlatform(input.tree);
  const rows = input.tree.flatMap((seen) => {
    const row = known.find((object) => object.level === seen.level && object.remoteId === seen.remoteId);
    return row ? [{ row, seen }] : [];
  });
  await storeSeen(tx, ctx, { askedAt: input.askedAt, rows: rows.map(({ row, seen }) => ({ id: row.id, seen })) });
  const where = { campaignId: input.campaignRecordId, projectId: campaign.projectId };
  for (const { row, seen } of rows) {
    const newlyRefused =
      seen.level === 'ad' && seen.effectiveStatus === 'DISAPPROVED' && row.effectiveStatus !== 'DISAPPROVED';
    // One refused ad is news of its own only while others go on; all of them refused is told by the campaign's status.
    if (newlyRefused && status !== 'DISAPPROVED') await recordTrouble(tx, ctx, { event: 'ad.refused', ...where, seen });
  }
  const hindered = rows.filter(({ row, seen }) => isHindered(seen) && row.effectiveStatus !== seen.effectiveStatus);
  // A problem of the account shows at every level: the smallest part it stands at is told, once.
  const [told] = [...hindered].sort((a, b) => LEVELS.indexOf(b.seen.level) - LEVELS.indexOf(a.seen.level));
  if (told && status !== 'DISAPPROVED')
    await recordTrouble(tx, ctx, { event: 'ad.hindered', ...where, seen: told.seen });
  if (status === 'ACTIVE') {
    await tx.campaignRecord.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId, launchedAt: null },
      data: { launchedAt: await workspaceNow(ctx, tx) },
    });
  }
  const moves = status !== null && status !== campaign.status && mayBecome(campaign.status as CampaignStatus, status);
  return { status: moves ? status : null, projectId: campaign.projectId };
}

async function storeSeen(
  tx: Tx,
  ctx: ServiceContext,
  input: { askedAt: Date; rows: { id: string; seen: RemoteSeen }[] },
): Promise<void> {
  const rows = input.rows.map(({ id, seen }) => ({
    id,
    status: seen.status,
    effectiveStatus: seen.effectiveStatus,
    state: stateOfSeen(seen),
  }));
  await tx.$executeRaw`
    UPDATE "RemoteObject" o SET "status" = r."status", "effectiveStatus" = r."effectiveStatus", "state" = r."state", "seenAt" = ${input.askedAt.toISOString()}::timestamp(3)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("id" text, "status" text, "effectiveStatus" text, "state" jsonb)
    WHERE o."id" = r."id" AND o."workspaceId" = ${ctx.workspaceId}`;
}

const LEVELS = ['campaign', 'adset', 'ad'];

/** Something keeps it from running although it is on and was not refused: money, a form that is gone, a rule of the platform. */
function isHindered({ effectiveStatus }: RemoteSeen): boolean {
  return effectiveStatus === 'WITH_ISSUES' || effectiveStatus === 'PENDING_BILLING_INFO';
}

async function recordTrouble(
  tx: Tx,
  ctx: ServiceContext,
  input: { event: 'ad.refused' | 'ad.hindered'; campaignId: string; projectId: string; seen: RemoteSeen },
): Promise<void> {
  await record(tx, ctx, {
    event: input.event,
    subject: { type: 'ad', id: input.seen.remoteId },
    projectId: input.projectId,
    payload: {
      campaignId: input.campaignId,
      ad: input.seen.level === 'ad' ? input.seen.name : null,
      reason: input.seen.reviewFeedback[0] ?? null,
    },
  });
}
