import { type Money, type MoneyJson, moneyToDecimal } from '../domain/money';
import type { CountRange, MoneyRange } from '../domain/projection';

/** BCP 47, as saved at sign-up ("en", "pt-PT"). */
export type Locale = string;
export type WordsIn = { locale: Locale; zone: string };

const EN_DASH = '–';
const formatters = new Map<string, Intl.NumberFormat>();
const dateFormatters = new Map<string, Intl.DateTimeFormat>();

/** Building an Intl formatter costs far more than using one, and a report uses dozens. */
function numberFormatter(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, options);
  formatters.set(key, known);
  return known;
}

function dateFormatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = dateFormatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormatters.set(key, known);
  return known;
}

/**
 * Servers and browsers carry different editions of the same locale data, which differ in thin spaces. Pages are written
 * by the one and taken over by the other, so both must come to the same letters.
 */
function plainSpaces(text: string): string {
  return text.replace(/[\u2009\u200a\u2002\u2003]/g, ' ').replace(/\u202f/g, '\u00a0');
}

function asMoney(value: Money | MoneyJson): Money {
  return { minor: BigInt(value.minor), currency: value.currency };
}

/**
 * Money as the owner reads it, exact from the integer ("€17.50"; whole amounts lose their zeros: "€300").
 * Decimal places come from our own table, so that 5000 JPY never reads as 50.00.
 */
export function formatMoney(value: Money | MoneyJson, locale: Locale): string {
  const decimal = moneyToDecimal(asMoney(value));
  const digits = decimal.includes('.') ? decimal.length - decimal.indexOf('.') - 1 : 0;
  const formatter = numberFormatter(locale, {
    style: 'currency',
    currency: value.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  });
  // A decimal string keeps every digit; a number would round above 2^53.
  return plainSpaces(formatter.format(decimal as `${number}`));
}

export function formatNumber(value: number | bigint, locale: Locale): string {
  return plainSpaces(numberFormatter(locale, { maximumFractionDigits: 1 }).format(value));
}

/** A share between 0 and 1 as whole per cent. */
export function formatPercent(share: number, locale: Locale): string {
  return plainSpaces(numberFormatter(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share));
}

/** "5–12", or "7" when both ends are the same. */
export function formatRange(range: CountRange, locale: Locale): string {
  const low = formatNumber(range.low, locale);
  return range.low === range.high ? low : `${low}${EN_DASH}${formatNumber(range.high, locale)}`;
}

/** "€4–€9.50", or one amount when both ends are the same. */
export function formatMoneyRange(range: MoneyRange, locale: Locale): string {
  const low = formatMoney(range.low, locale);
  return range.low.minor === range.high.minor ? low : `${low}${EN_DASH}${formatMoney(range.high, locale)}`;
}

/** A calendar day ("2026-11-21") in words: "Sat 21 Nov", with the year when asked. No zone can move it. */
export function formatDay(day: string, locale: Locale, style: 'short' | 'long' = 'short'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short'
      ? { weekday: 'short', day: 'numeric', month: 'short' }
      : { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  return plainSpaces(dateFormatter(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`)));
}

/** "16–22 Nov" for a span of calendar days. */
export function formatDays(since: string, until: string, locale: Locale): string {
  const formatter = dateFormatter(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return plainSpaces(formatter.formatRange(new Date(`${since}T12:00:00Z`), new Date(`${until}T12:00:00Z`)));
}

/** Time of day of an instant in a zone: "08:00". */
export function formatTime(instant: Date | string, inZone: WordsIn): string {
  return plainSpaces(
    dateFormatter(inZone.locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: inZone.zone,
    }).format(new Date(instant)),
  );
}

/** "Sat 21 Nov, 08:00" in a zone. */
export function formatMoment(instant: Date | string, inZone: WordsIn): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  return plainSpaces(dateFormatter(inZone.locale, { ...options, timeZone: inZone.zone }).format(new Date(instant)));
}
