/**
 * Money as an integer of minor units and its currency. Floats never touch it.
 *
 * The exponent table is ISO 4217's. A platform's own offset (Meta's differs for some currencies) lives in that
 * platform's codec and must not be derived from this table.
 */
export type Money = { minor: bigint; currency: string };

/** Money as it travels through JSON (plans, cards, events): the integer as a decimal string. */
export type MoneyJson = { minor: string; currency: string };

const EXPONENTS: Record<string, number> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Decimal places of a currency's minor unit (ISO 4217); 2 where the table names no other. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** @throws RangeError when the currency is not three capital letters. */
export function money(minor: bigint | number | string, currency: string): Money {
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`not a currency code: ${currency}`);
  return { minor: BigInt(minor), currency };
}

export function moneyFromJson(json: MoneyJson): Money {
  return money(json.minor, json.currency);
}

export function moneyToJson(value: Money): MoneyJson {
  return { minor: value.minor.toString(), currency: value.currency };
}

/** Reads a decimal string in major units ("12.34") exactly. @throws RangeError on anything else or too many decimals. */
export function moneyFromDecimal(decimal: string, currency: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim());
  if (!match) throw new RangeError(`not a decimal amount: ${decimal}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) throw new RangeError(`too many decimals for ${currency}: ${decimal}`);
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return money(sign ? -minor : minor, currency);
}

/** Major units as an exact decimal string, e.g. 1234 EUR minor -> "12.34". */
export function moneyToDecimal(value: Money): string {
  const exponent = exponentOf(value.currency);
  const negative = value.minor < 0n;
  const digits = (negative ? -value.minor : value.minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`cannot mix ${a.currency} and ${b.currency}`);
}

/** @throws RangeError when the currencies differ (as do subtract and compare). */
export function addMoney(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { minor: a.minor + b.minor, currency: a.currency };
}

export function subtractMoney(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { minor: a.minor - b.minor, currency: a.currency };
}

/** Negative when a < b, zero when equal, positive when a > b. */
export function compareMoney(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
}

/** Multiplies by an exact ratio and rounds towards zero, e.g. scaleMoney(x, 175n, 100n) for +75 %. */
export function scaleMoney(value: Money, numerator: bigint, denominator: bigint): Money {
  if (denominator === 0n) throw new RangeError('division by zero');
  return { minor: (value.minor * numerator) / denominator, currency: value.currency };
}

/**
 * Splits an amount by weights so that the parts sum to it exactly (largest remainder, ties to the earlier part).
 * @throws RangeError when there are no weights, one is negative, or all are zero.
 */
export function splitMoney(value: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (weights.some((weight) => weight < 0n) || total === 0n) throw new RangeError('weights must be positive');
  const sign = value.minor < 0n ? -1n : 1n;
  const amount = value.minor * sign;
  const parts = weights.map((weight) => (amount * weight) / total);
  const remainders = weights.map((weight, index) => ({ index, rest: (amount * weight) % total }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => ({ minor: part * sign, currency: value.currency }));
}
