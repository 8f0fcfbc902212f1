import { accountClock } from '../../market/market';
import type { Context, FieldValue } from '../graph/context';
import { zoneOf } from '../world/live-world';
import type { GraphObject } from '../world/types';

/** What is left of today's or of the lifetime budget, in minor units as a string. */
export function budgetRemaining(context: Context, holder: GraphObject): FieldValue {
  const budget = context.world.markets[holder.account]?.budgets[holder.id];
  const daily = Number(holder.data.daily_budget ?? 0);
  if (daily > 0) {
    const today = accountClock(zoneOf(context.world, holder)).dayAt(context.nowMs);
    const spent = budget?.day === today ? budget.daySpentMinor : 0;
    return String(Math.max(0, daily - spent));
  }
  const lifetime = Number(holder.data.lifetime_budget ?? 0);
  if (lifetime > 0) return String(Math.max(0, lifetime - (budget?.spentMinor ?? 0)));
  return '0';
}
