import { moneyFromDecimal, moneyToJson } from '../../../../domain/money';
import { formatMoney } from '../../../../words/format';

export type Amount = { amount: string; currency: string };

/** An amount of the prompt as an owner reads it; as written where it cannot be read. */
export function moneyText(value: Amount, locale = 'en'): string {
  try {
    return formatMoney(moneyToJson(moneyFromDecimal(value.amount, value.currency)), locale);
  } catch {
    return `${value.amount} ${value.currency}`;
  }
}

export function isAmount(value: unknown): value is Amount {
  return Boolean(value && typeof value === 'object' && 'amount' in value && 'currency' in value);
}
