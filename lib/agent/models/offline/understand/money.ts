import type { BudgetPeriod } from '../../../../domain/brief-budget';
import { exponentOf } from '../../../../domain/money';
import { numberWordsToDigits } from './number-words';

/** An amount as it stands in a sentence; `currency` and `period` only where the words say so. */
export type SaidAmount = {
  amount: string;
  currency: string | null;
  dollarSign: boolean;
  period: BudgetPeriod | null;
  index: number;
  end: number;
  clause: string;
};

/** Signs and words of currencies. "$" and "kr" are shared by several countries and are settled by the country. */
const SIGNS: readonly [RegExp, string][] = [
  [/^(us\$|usd|us dollars?)$/, 'USD'],
  [/^(r\$|brl|reais|real)$/, 'BRL'],
  [/^(c\$|ca\$|cad|canadian dollars?)$/, 'CAD'],
  [/^(a\$|au\$|aud|australian dollars?)$/, 'AUD'],
  [/^(nz\$|nzd|new zealand dollars?)$/, 'NZD'],
  [/^(s\$|sgd|singapore dollars?)$/, 'SGD'],
  [/^(mx\$|mxn|mexican pesos?)$/, 'MXN'],
  [/^(hk\$|hkd)$/, 'HKD'],
  [/^(€|eur|euros?)$/, 'EUR'],
  [/^(£|gbp|pounds?|quid)$/, 'GBP'],
  [/^(¥|jpy|yen|円)$/, 'JPY'],
  [/^(cny|rmb|yuan)$/, 'CNY'],
  [/^(₹|inr|rs\.?|rupees?)$/, 'INR'],
  [/^(chf|swiss francs?|francs?)$/, 'CHF'],
  [/^(zł|zl|pln|zloty|złoty)$/, 'PLN'],
  [/^(sek|swedish kron(or|a))$/, 'SEK'],
  [/^(nok|norwegian kroner?)$/, 'NOK'],
  [/^(dkk|danish kroner?)$/, 'DKK'],
  [/^(kč|czk|koruna)$/, 'CZK'],
  [/^(zar|rand)$/, 'ZAR'],
  [/^(₩|krw|won)$/, 'KRW'],
  [/^(₺|try|lira)$/, 'TRY'],
  [/^(₪|ils|shekels?)$/, 'ILS'],
  [/^(aed|dirhams?)$/, 'AED'],
  [/^(₦|ngn|naira)$/, 'NGN'],
  [/^(kes|ksh|shillings?)$/, 'KES'],
  [/^(₱|php)$/, 'PHP'],
  [/^(thb|baht|฿)$/, 'THB'],
  [/^(huf|ft|forints?)$/, 'HUF'],
  [/^(ron|lei)$/, 'RON'],
  [/^(usd|\$|dollars?|bucks)$/, '$'],
  [/^(kr|kroner|kronor)$/, 'kr'],
  [/^pesos?$/, 'peso'],
];
const CURRENCY_WORDS = [
  'us dollars?',
  'canadian dollars?',
  'australian dollars?',
  'new zealand dollars?',
  'singapore dollars?',
  'mexican pesos?',
  'swiss francs?',
  'swedish kron(?:or|a)',
  'norwegian kroner?',
  'danish kroner?',
  'us\\$',
  'ca\\$',
  'au\\$',
  'nz\\$',
  'mx\\$',
  'hk\\$',
  'r\\$',
  'c\\$',
  'a\\$',
  's\\$',
  '€',
  '£',
  '¥',
  '円',
  '₹',
  '₩',
  '₺',
  '₪',
  '₦',
  '₱',
  '฿',
  '\\$',
  'zł',
  'kč',
  'usd',
  'eur',
  'euros?',
  'gbp',
  'pounds?',
  'quid',
  'jpy',
  'yen',
  'cny',
  'rmb',
  'yuan',
  'inr',
  'rs\\.?',
  'rupees?',
  'chf',
  'francs?',
  'pln',
  'zl',
  'zloty',
  'złoty',
  'sek',
  'nok',
  'dkk',
  'czk',
  'koruna',
  'zar',
  'rand',
  'krw',
  'won',
  'try',
  'lira',
  'ils',
  'shekels?',
  'aed',
  'dirhams?',
  'ngn',
  'naira',
  'kes',
  'ksh',
  'shillings?',
  'php',
  'thb',
  'baht',
  'huf',
  'ft',
  'forints?',
  'ron',
  'lei',
  'brl',
  'reais',
  'real',
  'cad',
  'aud',
  'nzd',
  'sgd',
  'mxn',
  'hkd',
  'dollars?',
  'bucks',
  'kroner',
  'kronor',
  'kr',
  'pesos?',
].join('|');
const NUMBER = "\\d{1,3}(?:[.,' \\u00a0]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?";
const AMOUNT = new RegExp(
  `(?:(?<![\\p{L}])(?<before>${CURRENCY_WORDS})\\s?)?(?<![\\p{L}\\d.,])(?<number>${NUMBER})(?![.,]?\\d)\\s?(?<scale>k\\b|thousand\\b|grand\\b|mil\\b|m\\b(?=\\s*(?:${CURRENCY_WORDS})))?\\s?(?<after>(?:${CURRENCY_WORDS})(?![\\p{L}]))?`,
  'giu',
);
const PERIODS: readonly [BudgetPeriod, RegExp][] = [
  ['day', /^\s*(?:[-–]\s*)?(?:(?:a|per|each|every|\/|the)\s*day\b|\/\s?d\b|daily\b|p\.?\s?d\.?\b)/i],
  ['week', /^\s*(?:(?:a|per|each|every|\/|the)\s*week\b|\/\s?w(?:k|eek)?\b|weekly\b)/i],
  ['month', /^\s*(?:(?:a|per|each|every|\/|the)\s*months?\b|\/\s?mo?(?:nth)?\b|monthly\b|p\.?\s?m\.?\b)/i],
];

/** Every amount in a text, in order. Years, opening hours, ages, percentages and distances are left out. */
export function findAmounts(written: string): SaidAmount[] {
  const text = numberWordsToDigits(written);
  const found: SaidAmount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const { before, number, scale, after } = match.groups as Record<string, string | undefined>;
    if (!number) continue;
    const end = match.index + match[0].trimEnd().length;
    const rest = text.slice(end);
    const currency = currencyOf(before ?? after ?? '');
    if (!currency && notMoney(text, match.index, rest, number, Boolean(scale))) continue;
    const amount = decimalOf(number, scale, currency);
    if (!amount) continue;
    found.push({
      amount,
      currency: currency === '$' || currency === 'kr' || currency === 'peso' ? null : currency,
      dollarSign: currency === '$',
      period: periodNear(text, match.index, rest),
      index: match.index,
      end,
      clause: clauseAround(text, match.index, end),
    });
  }
  return shareWithinRanges(text, found);
}

/** "between 200 and 300 euros a month": what is said of one end holds for the other. */
function shareWithinRanges(text: string, found: SaidAmount[]): SaidAmount[] {
  return found.map((amount, index) => {
    const next = found[index + 1];
    if (!next || !/^\s*(?:-|–|to|and|or)\s*[^\d\s]{0,3}$/i.test(text.slice(amount.end, next.index))) return amount;
    return {
      ...amount,
      currency: amount.currency ?? next.currency,
      dollarSign: amount.dollarSign || next.dollarSign,
      period: amount.period ?? next.period,
    };
  });
}

/** A currency named without an amount ("in euros please"). */
export function findCurrency(text: string): string | null {
  const match = new RegExp(`(?<![\\p{L}\\d])(${CURRENCY_WORDS})(?![\\p{L}])`, 'iu').exec(text);
  const code = match?.[1] ? currencyOf(match[1]) : null;
  return code === 'kr' || code === 'peso' ? null : code;
}

function currencyOf(word: string): string | null {
  const clean = word.trim().toLowerCase();
  return clean === '' ? null : (SIGNS.find(([shape]) => shape.test(clean))?.[1] ?? null);
}

function notMoney(text: string, index: number, rest: string, number: string, scaled: boolean): boolean {
  const before = text.slice(0, index);
  if (scaled) return false;
  // "ad 2", "version 3", "#1"; "2 weeks", "3 ads".
  if (/(?:\b(?:ads?|version|number|nr|option|picture|photo|image|headline|text)\s*#?|#)\s*$/i.test(before)) return true;
  if (/^\s?(?:weeks?|days?|ads?|adverts?|texts?|pictures?|photos?|times?)\b/i.test(rest)) return true;
  if (
    /^\s?(%|percent|per cent|km|kilomet|miles?\b|min\b|minutes?|hours?\b|h\b|am\b|pm\b|years?\b|yrs?\b|th\b|st\b|nd\b|rd\b|people|staff|employees|chairs?|tables?|rooms?|locations?|shops?\b|stores?\b|reviews?|stars?|customers?|clients?|orders?|cakes?|members?|seats?|kinds?|types?|flavou?rs?)/i.test(
      rest,
    )
  )
    return true;
  if (
    /^\s?(?:[-–/:]|to)\s?\d/.test(rest) &&
    !/^\s?(?:[-–]|to)\s?\d+[\d.,]*\s*(?:€|£|\$|¥|eur|usd|gbp|dollars?|euros?|pounds?|(?:a|per)\s+(?:day|week|month))/i.test(
      rest,
    )
  )
    return true;
  if (
    /(?:\d\s?(?:[-–/:]|to|and)\s*|\b(?:age[ds]?|since|from|under|over|between|aged)\s*)$/i.test(before) &&
    !/budget|spend|month|day|week/i.test(before + rest)
  )
    return true;
  if (/(?:since|in|est\.?|established|founded)\s*$/i.test(before) && /^(19|20)\d\d$/.test(number)) return true;
  return /\+?\d[\d\s-]{8,}$/.test(before + number);
}

function decimalOf(number: string, scale: string | undefined, currency: string | null): string | null {
  const grouped = number.replace(/[' \u00a0]/g, '');
  const last = Math.max(grouped.lastIndexOf('.'), grouped.lastIndexOf(','));
  const decimals = last < 0 ? 0 : grouped.length - last - 1;
  // Three digits after a mark are thousands ("1.200", "50,000"); one or two are decimals ("12,50").
  const isFraction = last >= 0 && decimals > 0 && decimals < 3;
  const whole = (isFraction ? grouped.slice(0, last) : grouped).replace(/[.,]/g, '');
  const fraction = isFraction ? grouped.slice(last + 1) : '';
  const thousand = scale ? 3 : 0;
  const shifted = `${whole}${fraction.slice(0, thousand).padEnd(thousand, '0')}`;
  const remaining = fraction.slice(thousand);
  const places = currency && /^[A-Z]{3}$/.test(currency) ? exponentOf(currency) : 2;
  const kept = remaining.slice(0, places);
  const digits = shifted.replace(/^0+(?=\d)/, '');
  return digits.length > 12
    ? null
    : `${digits}${/[1-9]/.test(kept) ? `.${kept.padEnd(Math.min(2, places), '0')}` : ''}`;
}

function periodNear(text: string, index: number, rest: string): BudgetPeriod | null {
  for (const [period, shape] of PERIODS) if (shape.test(rest)) return period;
  const clause = clauseAround(text, index, index + 1).toLowerCase();
  if (/\b(a|per|each|every|the|this) day\b|\bdaily\b/.test(clause)) return 'day';
  if (/\b(a|per|each|every) week\b|\bweekly\b/.test(clause)) return 'week';
  return /\b(a|per|each|every|the) month\b|\bmonthly\b/.test(clause) ? 'month' : null;
}

/** The part of the sentence an amount stands in; a mark between digits does not end it. */
function clauseAround(text: string, index: number, end: number): string {
  const before =
    text
      .slice(0, index)
      .split(/[.;!?\n](?!\d)|,(?!\d)|\b(?:and|but)\b/i)
      .at(-1) ?? '';
  const after = text.slice(end).split(/[.;!?\n](?!\d)|,(?!\d)|\b(?:and|but)\b/i)[0] ?? '';
  return `${before}${text.slice(index, end)}${after}`;
}
