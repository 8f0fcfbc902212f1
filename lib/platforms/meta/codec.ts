import { exponentOf, type Money, money } from '../../domain/money';

/**
 * Meta counts these currencies in whole units and every other one in hundredths, whatever ISO 4217 says: COP, HUF, IDR and
 * TWD have decimals there but none here, BHD and JOD have three there but two here. The table is Meta's own.
 */
const WHOLE_UNIT_CURRENCIES = new Set(['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND']);

/** Meta's decimals of a currency: 0 or 2. */
export function metaExponent(currency: string): number {
  return WHOLE_UNIT_CURRENCIES.has(currency) ? 0 : 2;
}

const power = (exponent: number) => 10n ** BigInt(exponent);

/** Meta's integer (as read: a decimal string) as Money; what our minor unit cannot hold is rounded to the nearest, ties away from zero. */
export function moneyFromMeta(amount: string | number | bigint, currency: string): Money {
  return money(rescale(BigInt(amount), metaExponent(currency), exponentOf(currency), 'nearest'), currency);
}

/** Money as Meta's integer. Rounds towards zero where Meta's unit is coarser: never more than was approved. */
export function moneyToMeta(value: Money): bigint {
  return rescale(value.minor, exponentOf(value.currency), metaExponent(value.currency), 'down');
}

/** As moneyToMeta, for a JSON body. @throws RangeError beyond 2^53. */
export function moneyToMetaNumber(value: Money): number {
  const amount = Number(moneyToMeta(value));
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`amount too large for Meta: ${value.minor} ${value.currency}`);
  return amount;
}

/** Money as the decimal text of major units ("123.45"), for the one write that wants it so. Rounds towards zero. */
export function moneyToMetaMajor(value: Money): string {
  const [minor, exponent] = [moneyToMeta(value), metaExponent(value.currency)];
  if (exponent === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The amount Meta can hold: what a budget will read back as. */
export function asMetaHoldsIt(value: Money): Money {
  return moneyFromMeta(moneyToMeta(value), value.currency);
}

function rescale(amount: bigint, from: number, to: number, rounding: 'nearest' | 'down'): bigint {
  if (to >= from) return amount * power(to - from);
  const divisor = power(from - to);
  if (rounding === 'down') return amount / divisor;
  const half = amount < 0n ? -divisor / 2n : divisor / 2n;
  return (amount + half) / divisor;
}

/**
 * Insights speak in major units as decimal text ("8.96"), with as many decimals as they like; rounded to our minor unit.
 * @throws RangeError on anything that is not a decimal number.
 */
export function moneyFromMetaMajor(decimal: string, currency: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim());
  if (!match) throw new RangeError(`not a decimal amount: ${decimal}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const exact = BigInt(`${sign}${whole}${fraction}`);
  return money(rescale(exact, fraction.length, exponentOf(currency), 'nearest'), currency);
}
