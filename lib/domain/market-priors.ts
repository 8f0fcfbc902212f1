import type { Goal } from './brief';
import { exponentOf } from './money';

/** A log-normal belief: its median and the standard deviation of the logarithm. */
export type Prior = { median: number; logSd: number };

/** Price of 1,000 showings in US dollars by market: published medians of 2026, spread so that 5 to 30 holds about 90 %. */
const DEAR = ['US', 'CA', 'AU', 'NZ', 'GB', 'IE', 'CH', 'NO', 'DK', 'SE', 'SG', 'HK', 'IL', 'AE'];
const MIDDLE = [
  'AT',
  'BE',
  'DE',
  'ES',
  'FI',
  'FR',
  'GR',
  'IT',
  'JP',
  'KR',
  'LU',
  'NL',
  'PT',
  'TW',
  'IS',
  'CY',
  'MT',
  'SI',
  'CZ',
  'EE',
];
const PRICE_LOG_SD = 0.45;

/** US dollars for 1,000 showings; the dearest country decides. */
export function pricePrior(countries: readonly string[]): Prior {
  if (countries.some((country) => DEAR.includes(country))) return { median: 17, logSd: PRICE_LOG_SD };
  if (countries.some((country) => MIDDLE.includes(country))) return { median: 14, logSd: PRICE_LOG_SD };
  return { median: 9, logSd: PRICE_LOG_SD + 0.1 };
}

/** Share of showings that lead to a click: 0.5 to 3 %, median about 1.2 %. */
export const CLICK_PRIOR: Prior = { median: 0.012, logSd: 0.5 };

/**
 * Results per click. Published for sales (1 to 8 %) and leads (3 to 15 %) only; null says that nothing sound is known
 * without the account's own numbers.
 */
export function resultPrior(goal: Goal): Prior | null {
  if (goal === 'SALES') return { median: 0.025, logSd: 0.6 };
  if (goal === 'LEADS') return { median: 0.067, logSd: 0.5 };
  return null;
}

/** Times one person sees an ad in a month at small budgets. */
export const FREQUENCY_PRIOR: Prior = { median: 1.7, logSd: 0.3 };

/** Units of a currency for one US dollar, to one or two digits: enough for ranges this wide, never used for money. */
const PER_DOLLAR: Record<string, number> = {
  USD: 1,
  EUR: 0.88,
  GBP: 0.76,
  CHF: 0.82,
  CAD: 1.4,
  AUD: 1.5,
  NZD: 1.7,
  JPY: 150,
  KRW: 1400,
  CNY: 7.1,
  TWD: 31,
  HKD: 7.8,
  SGD: 1.3,
  INR: 87,
  IDR: 16500,
  MYR: 4.2,
  THB: 33,
  PHP: 58,
  VND: 26000,
  PKR: 280,
  BDT: 122,
  LKR: 300,
  AED: 3.67,
  SAR: 3.75,
  QAR: 3.64,
  KWD: 0.31,
  BHD: 0.38,
  OMR: 0.38,
  JOD: 0.71,
  ILS: 3.5,
  TRY: 41,
  EGP: 48,
  NGN: 1500,
  KES: 129,
  ZAR: 17.7,
  MAD: 9.2,
  TND: 2.9,
  SEK: 9.6,
  NOK: 10.2,
  DKK: 6.6,
  PLN: 3.7,
  CZK: 21.5,
  HUF: 345,
  RON: 4.5,
  BGN: 1.7,
  ISK: 123,
  UAH: 41,
  RSD: 103,
  BRL: 5.5,
  MXN: 18.5,
  ARS: 1400,
  CLP: 950,
  COP: 4000,
  PEN: 3.6,
  UYU: 40,
  CRC: 505,
  PYG: 7200,
  GTQ: 7.7,
  DOP: 62,
};

/** Minor units of a currency for one US dollar, with how unsure that is (a currency not listed could be almost anything). */
export function minorPerDollar(currency: string): Prior {
  const rate = PER_DOLLAR[currency];
  const minor = 10 ** exponentOf(currency);
  if (rate === undefined) return { median: minor, logSd: 2.5 };
  return { median: rate * minor, logSd: currency === 'USD' ? 0 : 0.06 };
}
