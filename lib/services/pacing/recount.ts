import type { MoneyJson } from '../../domain/money';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { type AccountMonth, accountMonth, accountZone } from './account-month';
import { isAtRest } from './at-rest';
import { lockProject } from './lock';
import type { Share } from './share';
import { shareAfter } from './share-after';
import { type SpentBehind, spentBehind } from './spent-behind';
import { aboveWorkspace } from './workspace-room';

const RUNNING: readonly string[] = ['ACTIVE', 'IN_REVIEW', 'DISAPPROVED'];

/**
 * Counts an open month by what the platform last showed: a campaign at rest gives back what it can no longer spend; one
 * whose budgets somebody raised at the platform, or that somebody switched on there, counts with what it may spend now,
 * whether that fits or not, and nothing new fits until it does. Campaigns with a change of ours on its way are left until
 * it is over. The caller holds the project's lock.
 */
export async function recount(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; at: AccountMonth },
): Promise<void> {
  const { projectId, at } = input;
  const scope = { workspaceId: ctx.workspaceId, projectId, month: at.month };
  const shares = await tx.monthShare.findMany({
    where: scope,
    include: {
      campaign: {
        select: {
          status: true,
          timezone: true,
          remoteObjects: {
            where: { level: { in: ['campaign', 'adset'] } },
            select: { level: true, status: true, state: true },
          },
        },
      },
    },
  });
  if (shares.length === 0) return;
  const onTheirWay = await tx.monthReservation.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, state: { in: ['HELD', 'SPENDING'] } },
    select: { campaignRecordId: true, liftMinor: true },
  });
  let changed = 0n;
  for (const { campaign, ...share } of shares) {
    const { campaignRecordId } = share;
    if (onTheirWay.some((held) => held.campaignRecordId === campaignRecordId)) continue;
    const known = { id: campaignRecordId, projectId, timezone: campaign.timezone };
    const runningMinor = dailyOf(campaign.remoteObjects);
    const rests = isAtRest(campaign);
    const wanted = rests
      ? atRest(share, at, await spentBehind(tx, ctx, { campaign: known, at }))
      : (RUNNING.includes(campaign.status) || campaign.status === 'PAUSED') && runningMinor > share.dailyMinor
        ? dearer(share, at, runningMinor, await spentBehind(tx, ctx, { campaign: known, at }))
        : null;
    if (!wanted || isSame(wanted, share)) continue;
    const { committedMinor, baseMinor, dailyMinor, fromDay } = wanted;
    await tx.monthShare.updateMany({
      where: { ...scope, campaignRecordId },
      data: { committedMinor, baseMinor, dailyMinor, fromDay },
    });
    changed += committedMinor - share.committedMinor;
  }
  await writeDown(tx, ctx, { ...input, changed, isLifted: onTheirWay.some(({ liftMinor }) => liftMinor > 0n) });
}

/** Facts are written down whatever the limits: the lifts are what they are above them, and go as they come down. */
async function writeDown(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; at: AccountMonth; changed: bigint; isLifted: boolean },
): Promise<void> {
  const { projectId, at, changed, isLifted } = input;
  const where = { workspaceId: ctx.workspaceId, projectId, month: at.month };
  const row = await tx.monthBudget.findFirst({ where });
  if (!row) return;
  const committedMinor = row.committedMinor + changed;
  const promisedMinor = committedMinor + row.reservedMinor;
  const above = promisedMinor > row.ceilingMinor ? promisedMinor - row.ceilingMinor : 0n;
  const liftMinor = isLifted && row.liftMinor > above ? row.liftMinor : above;
  // Without a change nothing new stands above the workspace's limit, and nobody has to be waited for.
  const workspaceLiftMinor =
    changed <= 0n && row.workspaceLiftMinor === 0n
      ? 0n
      : await aboveWorkspace(tx, ctx, { projectId, month: at.month, currency: row.currency, promisedMinor });
  if (changed === 0n && liftMinor === row.liftMinor && workspaceLiftMinor === row.workspaceLiftMinor) return;
  await tx.monthBudget.updateMany({ where, data: { committedMinor, liftMinor, workspaceLiftMinor } });
}

/** The same for the month that runs, where it was opened already: asked whenever something was seen or stopped. */
export async function recountRunning(tx: Tx, ctx: ServiceContext, projectId: string): Promise<void> {
  const zone = await accountZone(tx, ctx, projectId);
  if (!zone) return;
  await lockProject(tx, ctx, projectId);
  await recount(tx, ctx, { projectId, at: await accountMonth(tx, ctx, zone) });
}

/** Behind it stays what the days cost; the day it was paused on may still cost its dearest. */
function atRest(share: Share, at: AccountMonth, behind: SpentBehind): Share {
  if (share.dailyMinor === 0n) {
    const known = share.fromDay <= at.today ? behind.sureMinor : null;
    return known === null ? share : { ...share, baseMinor: known, committedMinor: known };
  }
  const after = shareAfter({ share, at, raisedMinor: 0n, dailyMinor: 0n, behind });
  // The cap may hold it below what its days could cost; what was spent was spent.
  const most = share.committedMinor > behind.leastMinor ? share.committedMinor : behind.leastMinor;
  return { ...after, committedMinor: after.committedMinor < most ? after.committedMinor : most };
}

function dearer(share: Share, at: AccountMonth, runningMinor: bigint, behind: SpentBehind): Share {
  // Nobody knows since when: where the days behind are not known for sure, they count with the dearer budgets.
  const since = share.dailyMinor === 0n ? share : { ...share, dailyMinor: runningMinor };
  const raisedMinor = share.fromDay > at.today || share.dailyMinor === 0n ? runningMinor - share.dailyMinor : 0n;
  const after = shareAfter({ share: since, at, raisedMinor, dailyMinor: runningMinor, behind });
  const held = share.capMinor !== null && share.capMinor < after.committedMinor ? share.capMinor : after.committedMinor;
  return { ...after, committedMinor: held > share.committedMinor ? held : share.committedMinor };
}

function isSame(one: Share, other: Share): boolean {
  return (
    one.committedMinor === other.committedMinor &&
    one.baseMinor === other.baseMinor &&
    one.dailyMinor === other.dailyMinor &&
    one.fromDay === other.fromDay
  );
}

function dailyOf(objects: readonly { level: string; status: string | null; state: unknown }[]): bigint {
  return objects
    .filter(({ level, status }) => level === 'adset' && status !== 'PAUSED')
    .reduce(
      (sum, { state }) => sum + BigInt((state as { dailyBudget?: MoneyJson | null }).dailyBudget?.minor ?? 0),
      0n,
    );
}
