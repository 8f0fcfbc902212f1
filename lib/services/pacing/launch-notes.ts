import { money, moneyToJson } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import { worstDay } from '../../domain/spend-shape';
import type { Tx } from '../../runtime/db';
import { launchMonthNotes } from '../../words/en/policy';
import { formatDay } from '../../words/format';
import type { ServiceContext } from '../context';
import { currentPolicy } from '../policy/current';
import { accountMonth } from './account-month';
import { minCapOf } from './min-cap';
import { readMonth } from './month';
import { dailyOf, launchShare } from './reserve-launch';

/** What a waiting plan would take of the month, by the same reckoning as its press. */
export async function launchNotes(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; plan: Plan; locale: string },
): Promise<string[]> {
  const { plan, projectId, locale } = input;
  const at = await accountMonth(tx, ctx, plan.account.timezone);
  const month = await readMonth(tx, ctx, projectId);
  const policy = await currentPolicy(tx, ctx, projectId);
  const { currency } = plan.envelope.monthlyCeiling;
  const wanted = BigInt(plan.envelope.monthlyCeiling.minor);
  const inForce = policy ? BigInt(policy.envelope.monthlyCeiling.minor) : null;
  const limit = inForce !== null && inForce > wanted ? inForce : wanted;
  const left = limit - (month ? month.committedMinor + month.reservedMinor : 0n);
  const free = left > 0n ? left : 0n;
  const dailyMinor = dailyOf(plan);
  const minCapMinor = await minCapOf(tx, ctx, projectId);
  const share = launchShare({ dailyMinor, minCapMinor, mostMinor: free, today: at.today, end: at.end });
  const json = (minor: bigint) => moneyToJson(money(minor, currency));
  return launchMonthNotes(
    {
      free: json(free),
      fits: dailyMinor * BigInt(at.daysLeft) <= free,
      raisesFrom: inForce !== null && wanted > inForce ? json(inForce) : null,
      raisesTo: json(wanted),
      cap: share.capMinor === null ? null : json(share.capMinor),
      until: share.capMinor === null ? formatDay(share.untilDay, locale, 'long') : null,
      perDay: moneyToJson(worstDay(money(dailyMinor, currency))),
    },
    locale,
  );
}
