import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { accountMonth } from './account-month';
import { freeOf } from './reserve';
import type { Share } from './share';
import { shareAfter } from './share-after';
import { spentBehind } from './spent-behind';

type Kept = {
  campaign: { id: string; projectId: string; timezone: string };
  /** What stands at the platform over the campaign's life, minor units; null: no cap at all. */
  theirsMinor: bigint | null;
};
type Keeping = { share: Share; month: string; growsMinor: bigint };

/**
 * What a campaign's part of the month would be with the cap somebody set at the platform: as much as that lets through of
 * what its days may cost. Less than was promised is never taken back here. Null where the month knows no cap of ours, or
 * where none stands there: then its days alone bound it, and nothing at the platform says when they end.
 */
export async function withTheirCap(
  tx: Tx,
  ctx: ServiceContext,
  { campaign, theirsMinor }: Kept,
): Promise<Keeping | null> {
  const at = await accountMonth(tx, ctx, campaign.timezone);
  const where = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, month: at.month };
  const stands = await tx.monthShare.findFirst({ where });
  if (!stands || stands.capMinor === null || stands.lifetimeCapMinor === null || theirsMinor === null) return null;
  const behind = await spentBehind(tx, ctx, { campaign, at });
  const byDays = shareAfter({ share: stands, at, raisedMinor: 0n, dailyMinor: stands.dailyMinor, behind });
  const moved = stands.capMinor + theirsMinor - stands.lifetimeCapMinor;
  const capMinor = moved > 0n ? moved : 0n;
  const atMost = byDays.committedMinor < capMinor ? byDays.committedMinor : capMinor;
  const committedMinor = atMost > stands.committedMinor ? atMost : stands.committedMinor;
  return {
    month: at.month,
    share: { ...stands, capMinor, lifetimeCapMinor: theirsMinor, committedMinor },
    growsMinor: committedMinor - stands.committedMinor,
  };
}

/**
 * "Keep yours" on a cap: the month's promise grows by what it lets through, or it is refused. A cap is what bounds the
 * promise wherever days could cost more, so calling a higher one right without counting it would let the month cost more
 * than the owner approved: committed, reserved and spent together never exceed the ceiling. For the same reason a cap that
 * was taken away is never kept: the envelope has one at the platform. The caller holds the project's lock.
 * @throws AppError guard_beyond_month, conflict while another change of the campaign is on its way
 */
export async function keepTheirCap(tx: Tx, ctx: ServiceContext, kept: Kept): Promise<{ growsMinor: bigint }> {
  const { campaign } = kept;
  const scope = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id };
  const known = await tx.monthShare.count({ where: scope });
  // From before months were kept: there is no promise that could grow.
  if (known === 0) return { growsMinor: 0n };
  const onItsWay = await tx.monthReservation.count({ where: { ...scope, state: { in: ['HELD', 'SPENDING'] } } });
  if (onItsWay > 0) throw new AppError('conflict', { campaign: campaign.id, reason: 'another change is on its way' });
  const keeping = await withTheirCap(tx, ctx, kept);
  if (!keeping) throw new AppError('guard_beyond_month', { campaign: campaign.id });
  const { share, month, growsMinor } = keeping;
  const where = { workspaceId: ctx.workspaceId, projectId: campaign.projectId, month };
  const row = await tx.monthBudget.findFirst({ where });
  if (!row) throw new AppError('guard_beyond_month', { campaign: campaign.id });
  if (growsMinor > 0n) {
    const of = { projectId: campaign.projectId, row, limit: row.ceilingMinor, currency: row.currency };
    if (growsMinor > (await freeOf(tx, ctx, of))) throw new AppError('guard_beyond_month', { campaign: campaign.id });
    await tx.monthBudget.updateMany({ where, data: { committedMinor: { increment: growsMinor } } });
  }
  const { capMinor, lifetimeCapMinor, committedMinor } = share;
  await tx.monthShare.updateMany({ where: { ...scope, month }, data: { capMinor, lifetimeCapMinor, committedMinor } });
  return { growsMinor };
}
