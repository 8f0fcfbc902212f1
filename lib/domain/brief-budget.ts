import { type Money, money, moneyFromDecimal, moneyToDecimal } from './money';

export const BUDGET_PERIODS = ['day', 'week', 'month'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/**
 * A budget as the owner said it, as money per month: 30 days, or 52 weeks over 12 months. A week's share is rounded down
 * to whole major units, so that the month never costs more than was said.
 * @param amount decimal in major units, e.g. "12.50". @throws RangeError when it is not one.
 */
export function monthlyBudgetOf(amount: string, currency: string, period: BudgetPeriod): Money {
  const given = moneyFromDecimal(amount, currency);
  if (period === 'month') return given;
  if (period === 'day') return money(given.minor * 30n, currency);
  const monthly = money((given.minor * 52n) / 12n, currency);
  const whole = moneyFromDecimal(moneyToDecimal(monthly).split('.')[0] ?? '0', currency);
  return whole.minor > 0n ? whole : monthly;
}
