import type { Goal } from './brief';
import type { Counters } from './insight';
import { CLICK_PRIOR, FREQUENCY_PRIOR, minorPerDollar, type Prior, pricePrior, resultPrior } from './market-priors';
import { type Money, money, moneyToJson } from './money';
import type { CountRange, Projection } from './projection';
import { mixedCountQuantile, Z_80 } from './statistics/quantiles';

/** Days of an account's own history before it speaks instead of published ranges. */
export const MIN_HISTORY_DAYS = 14;
const MIN_HISTORY_CLICKS = 60;
/** Doubling the spend buys 1.6 to 1.85 times the results. */
const RESPONSE_EXPONENT = 0.78;
/** Season, competition and wear between then and now. */
const DRIFT_LOG_SD = 0.2;
/** An ad account's results per click differ this much from the account's own mean once known. */
const HISTORY_MONTH_SD = 0.12;

export type ProjectionInput = {
  goal: Goal;
  dailyBudget: Money;
  countries: readonly string[];
  /** Complete account days at least 7 days old, in the same currency, newest last or first. */
  history?: readonly (Counters & { day: string; reach?: number | null })[];
  /** Length of the promise in days; 30 where nothing else is asked. */
  days?: number;
};

type Belief = { impressionsPerMinor: Prior; clickRate: Prior; resultsPerClick: Prior | null; frequency: Prior };

/** An honest 80 % range of what a month of this budget may bring; null where nothing sound can be said. */
export function projectPlan(input: ProjectionInput): Projection {
  const days = input.days ?? 30;
  const spendMinor = Number(input.dailyBudget.minor) * days;
  const history = usableHistory(input.history ?? []);
  const belief = history ? beliefFromHistory(input, history) : beliefFromMarket(input);
  const impressions = times(spendMinor, belief.impressionsPerMinor);
  const clicks = product(impressions, belief.clickRate);
  const results = belief.resultsPerClick ? countRange(product(clicks, belief.resultsPerClick)) : null;
  return {
    days,
    reach: roundedRange(quotient(impressions, belief.frequency)),
    clicks: countRange(clicks),
    results,
    costPerResult: results ? costRange(money(Math.round(spendMinor), input.dailyBudget.currency), results) : null,
    basis: history ? { kind: 'own-history', days: history.length } : { kind: 'similar-shops' },
  };
}

/**
 * The range to hold a shorter stretch against: the same belief with the noise of fewer days. On the square-root scale a
 * count's own noise is a constant 1/2, so the part that is belief can be scaled alone.
 */
export function rangeForDays(range: CountRange, fromDays: number, toDays: number): CountRange {
  if (fromDays <= 0 || toDays <= 0) return { low: 0, high: 0 };
  const share = toDays / fromDays;
  const [low, high] = [Math.sqrt(range.low), Math.sqrt(range.high)];
  const beliefVariance = Math.max(0, ((high - low) / 2 / Z_80) ** 2 - 0.25);
  const half = Z_80 * Math.sqrt(beliefVariance * share + 0.25);
  const centre = ((low + high) / 2) * Math.sqrt(share);
  return { low: Math.floor(Math.max(0, centre - half) ** 2), high: Math.ceil((centre + half) ** 2) };
}

function usableHistory(rows: NonNullable<ProjectionInput['history']>): NonNullable<ProjectionInput['history']> | null {
  const spent = rows.filter((row) => row.spendMinor > 0n && row.impressions > 0);
  const clicks = spent.reduce((sum, row) => sum + row.clicks, 0);
  return spent.length >= MIN_HISTORY_DAYS && clicks >= MIN_HISTORY_CLICKS ? spent : null;
}

function beliefFromMarket(input: ProjectionInput): Belief {
  const price = pricePrior(input.countries);
  const rate = minorPerDollar(input.dailyBudget.currency);
  return {
    impressionsPerMinor: { median: 1000 / (price.median * rate.median), logSd: Math.hypot(price.logSd, rate.logSd) },
    clickRate: CLICK_PRIOR,
    resultsPerClick: resultPrior(input.goal),
    frequency: FREQUENCY_PRIOR,
  };
}

/** Own rates shrunk towards the published ones by how much was seen; the market's part fades with every click. */
function beliefFromHistory(input: ProjectionInput, rows: NonNullable<ProjectionInput['history']>): Belief {
  const spend = rows.reduce((sum, row) => sum + Number(row.spendMinor), 0);
  const impressions = rows.reduce((sum, row) => sum + row.impressions, 0);
  const clicks = rows.reduce((sum, row) => sum + row.clicks, 0);
  const tracked = rows.some((row) => row.results !== null);
  const results = rows.reduce((sum, row) => sum + (row.results ?? 0), 0);
  const growth = (Number(input.dailyBudget.minor) * rows.length) / spend;
  const dearer = growth ** (RESPONSE_EXPONENT - 1);
  const prior = resultPrior(input.goal) ?? { median: Math.max(results, 0.5) / Math.max(clicks, 1), logSd: 1.5 };
  const perClick = shrink(prior, results, clicks);
  return {
    impressionsPerMinor: { median: (impressions / spend) * dearer, logSd: DRIFT_LOG_SD },
    clickRate: withDrift(shrink(CLICK_PRIOR, clicks, impressions), HISTORY_MONTH_SD),
    resultsPerClick: tracked && input.goal !== 'TRAFFIC' ? withDrift(perClick, HISTORY_MONTH_SD) : null,
    frequency: FREQUENCY_PRIOR,
  };
}

/** Gamma-Poisson on the rate: the prior counts as 1/logSd^2 events seen at its median. */
function shrink(prior: Prior, events: number, exposures: number): Prior {
  const weight = 1 / prior.logSd ** 2;
  return { median: (events + weight) / (exposures + weight / prior.median), logSd: 1 / Math.sqrt(events + weight) };
}

function withDrift(prior: Prior, logSd: number): Prior {
  return { median: prior.median, logSd: Math.hypot(prior.logSd, logSd) };
}

function times(factor: number, prior: Prior): Prior {
  return { median: factor * prior.median, logSd: prior.logSd };
}

function product(a: Prior, b: Prior): Prior {
  return { median: a.median * b.median, logSd: Math.hypot(a.logSd, b.logSd) };
}

function quotient(a: Prior, b: Prior): Prior {
  return { median: a.median / b.median, logSd: Math.hypot(a.logSd, b.logSd) };
}

/** Ends pushed outwards to two digits: more digits would claim a precision nobody has. */
function countRange(belief: Prior): CountRange {
  if (belief.median <= 0) return { low: 0, high: 0 };
  return {
    low: twoDigits(mixedCountQuantile(0.1, belief.median, belief.logSd), Math.floor),
    high: twoDigits(mixedCountQuantile(0.9, belief.median, belief.logSd), Math.ceil),
  };
}

function roundedRange(belief: Prior): CountRange {
  return {
    low: twoDigits(Math.floor(belief.median * Math.exp(-Z_80 * belief.logSd)), Math.floor),
    high: twoDigits(Math.ceil(belief.median * Math.exp(Z_80 * belief.logSd)), Math.ceil),
  };
}

function twoDigits(value: number, round: (value: number) => number): number {
  if (value < 100) return value;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return round(value / unit) * unit;
}

/** What each result would cost at both ends; null when none at all is within the range, because then there is no upper end. */
function costRange(spend: Money, results: CountRange): Projection['costPerResult'] {
  if (results.low < 1 || spend.minor <= 0n) return null;
  const per = (count: number) => moneyToJson(money((spend.minor + BigInt(count) / 2n) / BigInt(count), spend.currency));
  return { low: per(results.high), high: per(results.low) };
}
