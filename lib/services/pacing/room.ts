import { type ServiceContext, transact } from '../context';
import { currentPolicy } from '../policy/current';
import { accountMonth } from './account-month';
import { readMonth } from './month';

/**
 * The largest daily budget another campaign of the project may have and still be approved this account month, by the
 * reckoning of its press: what is neither promised nor on its way, over the days left. Whole minor units of the account's
 * currency. Null: nothing was promised yet, or the limits are in another currency.
 * @param ceilingMinor the limit the plan would bring; the higher of it and the one in force counts
 */
export async function largestDaily(
  ctx: ServiceContext,
  input: { projectId: string; timezone: string; ceilingMinor: bigint; currency: string },
): Promise<bigint | null> {
  return transact(ctx, async (tx, inner) => {
    const month = await readMonth(tx, inner, input.projectId);
    if (!month || month.currency !== input.currency) return null;
    const promised = month.committedMinor + month.reservedMinor;
    if (promised === 0n) return null;
    const policy = await currentPolicy(tx, inner, input.projectId);
    const inForce = BigInt(policy?.envelope.monthlyCeiling.minor ?? 0);
    const limit = inForce > input.ceilingMinor ? inForce : input.ceilingMinor;
    const { daysLeft } = await accountMonth(tx, inner, input.timezone);
    return limit > promised ? (limit - promised) / BigInt(daysLeft) : 0n;
  });
}
