import { AppError } from '../../domain/errors';
import { monthGuard } from '../../domain/month-guard';
import type { Envelope, Plan } from '../../domain/plan';
import { limitsOf } from '../../domain/policy-limits';
import { WORST_DAY_PERCENT } from '../../domain/spend-shape';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { currentPolicy } from '../policy/current';
import { accountMonth } from './account-month';
import { dailyRunning } from './daily-running';
import { minCapOf } from './min-cap';
import { takeMonth } from './month';
import { recountRunning } from './recount';
import { reserveMonth } from './reserve';
import type { Share } from './share';

type Launching = {
  deploymentId: string;
  projectId: string;
  campaignRecordId: string;
  plan: Plan;
  approvalId: string;
  /** What of the month is its own already, minor units. */
  ownMinor?: bigint;
  /** The owner set other limits since the card was pressed: a higher ceiling on it no longer counts. */
  withinLimits?: boolean;
};

/**
 * A launch takes its part of the account month at the press: what its daily budgets may cost at most, and never more than
 * is free. The plan's own ceiling counts where it is higher than the one in force; it comes into force with the launch.
 * @throws AppError above_month_limit where not even its plain daily budgets fit beside what already runs
 */
export async function reserveLaunch(tx: Tx, ctx: ServiceContext, input: Launching): Promise<Share> {
  const { plan, projectId, ownMinor = 0n } = input;
  const at = await accountMonth(tx, ctx, plan.account.timezone);
  const policy = await currentPolicy(tx, ctx, projectId);
  await recountRunning(tx, ctx, projectId);
  const dailyMinor = dailyOf(plan);
  if (policy) await refuseDearDays(tx, ctx, { ...input, envelope: policy.envelope, dailyMinor });
  const minCapMinor = await minCapOf(tx, ctx, projectId);
  return reserveMonth(tx, ctx, {
    holderId: input.deploymentId,
    projectId,
    campaignRecordId: input.campaignRecordId,
    at,
    ceiling: policy?.envelope.monthlyCeiling ?? plan.envelope.monthlyCeiling,
    newCeiling: input.withinLimits ? null : plan.envelope.monthlyCeiling,
    approvalId: input.approvalId,
    ownMinor,
    leastMinor: dailyMinor * BigInt(at.daysLeft),
    shareWithin: (mostMinor) => launchShare({ dailyMinor, minCapMinor, mostMinor, today: at.today, end: at.end }),
  });
}

/** The owner's limits on a day and on a week hold for everything that runs together. @throws AppError above_month_limit */
async function refuseDearDays(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; campaignRecordId: string; envelope: Envelope; dailyMinor: bigint },
): Promise<void> {
  const { dayCeiling, weekCeiling } = limitsOf(input.envelope);
  if (!dayCeiling && !weekCeiling) return;
  const others = await dailyRunning(tx, ctx, { projectId: input.projectId, except: input.campaignRecordId });
  const daily = others + input.dailyMinor;
  if (dayCeiling && daily * WORST_DAY_PERCENT > BigInt(dayCeiling.minor) * 100n)
    throw new AppError('above_month_limit', { reason: 'day' });
  if (weekCeiling && daily * 7n > BigInt(weekCeiling.minor))
    throw new AppError('above_month_limit', { reason: 'week' });
}

type Again = {
  deploymentId: string;
  projectId: string;
  campaignRecordId: string;
  planVersionId: string;
  approvalId: string;
  /** Real time of the press. */
  pressedAt: Date;
};

/**
 * A start that came to nothing gave its part of the month back, and one of an earlier month took its part of that one: to
 * be resumed it must fit into this month, by the limits of today.
 */
export async function reserveLaunchAgain(tx: Tx, ctx: ServiceContext, row: Again): Promise<void> {
  const version = await tx.planVersion.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, id: row.planVersionId },
    select: { canonical: true },
  });
  const plan = JSON.parse(version.canonical) as Plan;
  const at = await accountMonth(tx, ctx, plan.account.timezone);
  const held = { workspaceId: ctx.workspaceId, holderId: row.deploymentId };
  const over = await tx.monthReservation.deleteMany({
    where: { ...held, OR: [{ state: 'RELEASED' }, { state: 'COMMITTED', month: { lt: at.month } }] },
  });
  if (over.count === 0) return;
  const policy = await currentPolicy(tx, ctx, row.projectId);
  const { monthlyCeiling } = policy?.envelope ?? plan.envelope;
  const ceiling = { minor: BigInt(monthlyCeiling.minor), currency: monthlyCeiling.currency };
  await takeMonth(tx, ctx, { projectId: row.projectId, at, ceiling });
  const carried = await tx.monthShare.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: row.campaignRecordId, month: at.month },
    select: { committedMinor: true },
  });
  await reserveLaunch(tx, ctx, {
    ...row,
    plan,
    ownMinor: carried?.committedMinor ?? 0n,
    withinLimits: policy !== null && policy.createdAt > row.pressedAt && policy.approvalId !== row.approvalId,
  });
}

type Within = { dailyMinor: bigint; minCapMinor: bigint | null; mostMinor: bigint; today: string; end: string };

/** A new campaign's part of the month, given the most it may be. */
export function launchShare({ dailyMinor, minCapMinor, mostMinor, today, end }: Within): Share {
  const guard = monthGuard({ dailyMinor, fromDay: today, monthEnd: end, baseMinor: 0n, mostMinor, minCapMinor });
  const capMinor = guard.kind === 'cap' ? guard.capMinor : null;
  return {
    committedMinor: guard.committedMinor,
    baseMinor: 0n,
    dailyMinor,
    fromDay: today,
    untilDay: guard.untilDay,
    capMinor,
    lifetimeCapMinor: capMinor,
  };
}

export function dailyOf(plan: Plan): bigint {
  return plan.adSets.reduce((sum, adSet) => sum + BigInt(adSet.dailyBudget.minor), 0n);
}
