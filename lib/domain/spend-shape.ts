import { type Money, money, moneyToJson, scaleMoney } from './money';
import type { SpendShape } from './plan';

/** A platform day may take up to 175 % of the daily budget (Marketing API, since v24). */
export const WORST_DAY_PERCENT = 175n;
/** Days of the longest calendar month: the divisor that can never overspend one. */
export const LONGEST_MONTH_DAYS = 31n;

/**
 * What a daily budget means in money an owner recognises: the day, the dearest day the platform may make of it, seven
 * days, and an average month (30.4 days). The dearest day is rounded up, so that the card never understates it.
 */
export function spendShape(daily: Money): SpendShape {
  const worst = worstDay(daily);
  return {
    day: moneyToJson(daily),
    worstDay: moneyToJson(worst),
    week: moneyToJson(scaleMoney(daily, 7n, 1n)),
    month: moneyToJson(scaleMoney(daily, 304n, 10n)),
  };
}

/** The dearest day the platform may make of a daily budget, rounded up. */
export function worstDay(daily: Money): Money {
  return money((daily.minor * WORST_DAY_PERCENT + 99n) / 100n, daily.currency);
}

/** The largest daily budget that stays within a monthly one in every calendar month, in whole minor units. */
export function dailyFromMonthly(monthly: Money): Money {
  if (monthly.minor < 0n) throw new RangeError('a budget cannot be negative');
  return money(monthly.minor / LONGEST_MONTH_DAYS, monthly.currency);
}
