import type { Goal } from '../../domain/brief';
import { formatMoney, formatNumber, formatRange, type Locale } from '../format';
import { resultWords } from './cards';

type Range = { low: number; likely: number; high: number };
export type ForecastSaid =
  | {
      days: number;
      currency: string;
      goal: Goal;
      spend: Range;
      clicks: Range;
      results: Range | null;
      backtest: { checked: number; covered: number | null };
    }
  | { refused: 'not_running' | 'under_14_days' | 'nothing_happened'; daysSoFar: number; moreDays: number };

/** What the next days bring, or why nothing is said about them. Whole numbers, rounded outwards. */
export function forecastSentence(said: ForecastSaid, locale: Locale): string {
  if ('refused' in said) return refusal(said, locale);
  const { spend, clicks, results, goal, currency, days } = said;
  const span = days === 7 ? 'In the next 7 days' : `In the next ${formatNumber(days, locale)} days`;
  const cost = formatMoney({ minor: String(Math.round(spend.likely)), currency }, locale);
  const whole = ({ low, high }: Range) => formatRange({ low: Math.floor(low), high: Math.ceil(high) }, locale);
  const brings = results ? `${whole(results)} ${resultWords[goal].many}` : `${whole(clicks)} clicks`;
  return `${span} the ads should cost about ${cost} and bring ${brings}, if nothing is changed. Eight times out of ten it ends up in that range, two times it does not. ${held(said.backtest, locale)}`.trim();
}

function held({ checked, covered }: { checked: number; covered: number | null }, locale: Locale): string {
  if (covered === null) return '';
  return `I checked: of ${formatNumber(checked, locale)} earlier weeks judged the same way, ${formatNumber(Math.round(covered * checked), locale)} were inside.`;
}

function refusal(said: Extract<ForecastSaid, { refused: string }>, locale: Locale): string {
  if (said.refused === 'not_running') return 'The ads are not running now, so there is nothing to look ahead to.';
  if (said.refused === 'nothing_happened') return 'Hardly anything has been counted yet, so I cannot look ahead.';
  const days = (count: number) => `${formatNumber(count, locale)} ${count === 1 ? 'day' : 'days'}`;
  return `It is too early to look ahead. I need 14 days in which every customer has been counted; that takes about ${days(said.moreDays)} more.`;
}
