import { AppError } from '../../domain/errors';
import { money, moneyToJson } from '../../domain/money';
import { limitsOf } from '../../domain/policy-limits';
import { WORST_DAY_PERCENT } from '../../domain/spend-shape';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { currentPolicy } from '../policy/current';
import { dailyRunning } from './daily-running';
import { readMonth } from './month';

/**
 * Refuses to call right what stands above a limit of the owner's: what all of a project's campaigns may cost this month, on
 * a day, in a week. @throws AppError above_month_limit
 */
export async function refuseBeyondLimits(tx: Tx, ctx: ServiceContext, projectId: string): Promise<void> {
  const month = await readMonth(tx, ctx, projectId);
  const policy = await currentPolicy(tx, ctx, projectId);
  if (!month || !policy) return;
  const over = month.committedMinor + month.reservedMinor - month.ceilingMinor;
  if (over > 0n && month.liftMinor > 0n)
    throw new AppError('above_month_limit', {
      free: moneyToJson(money(0n, month.currency)),
      needed: moneyToJson(money(over, month.currency)),
    });
  const { dayCeiling, weekCeiling } = limitsOf(policy.envelope);
  const daily = await dailyRunning(tx, ctx, { projectId });
  if (dayCeiling && daily * WORST_DAY_PERCENT > BigInt(dayCeiling.minor) * 100n)
    throw new AppError('above_month_limit', { reason: 'day' });
  if (weekCeiling && daily * 7n > BigInt(weekCeiling.minor))
    throw new AppError('above_month_limit', { reason: 'week' });
}
