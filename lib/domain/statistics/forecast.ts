import { quantile } from 'simple-statistics';
import { normalQuantile, Z_80 } from './quantiles';

/** A daily series of mature days, oldest first, without gaps: results, spend or value (any positive unit). */
export type ForecastInput = {
  values: readonly number[];
  /** Weekday of the first value, 0 = Monday. */
  firstWeekday: number;
  /** Days ahead. */
  horizon: number;
  /** True for counts: the noise of small numbers is added. */
  counts: boolean;
};

export type Forecast = {
  /** The sum over the horizon. */
  likely: number;
  low: number;
  high: number;
  /** Each day's likely value. */
  daily: number[];
  backtest: Backtest;
};
export type Backtest = {
  /** Past forecasts of the same length that could be checked. */
  checked: number;
  /** Share of them whose truth lay within the 80 % interval; null under five. */
  covered: number | null;
  /** Median absolute error as a share of the truth; null under five. */
  medianError: number | null;
};
export type ForecastAnswer = Forecast | { refused: 'under_14_days' | 'nothing_happened' };

export const MIN_DAYS = 14;
const WEEK = 7;
/** Weight of yesterday against the day before, for the level: an effective memory of about two weeks. */
const KEEP = 0.93;
/** Weekdays are pulled to "all alike" as if so many weeks had said so. */
const WEEKDAY_PRIOR_WEEKS = 3;
/** The level of an ad account wanders by this much a day (spread of the logarithm). */
const LEAST_WANDER = 0.022;

/** Level with weekday factors, carried forward without a trend; the 80 % interval grows with the horizon. */
export function forecast(input: ForecastInput): ForecastAnswer {
  if (input.values.length < MIN_DAYS) return { refused: 'under_14_days' };
  const made = project(input, input.values);
  if (!made) return { refused: 'nothing_happened' };
  return { ...made, backtest: backtestOf(input) };
}

type Projected = Omit<Forecast, 'backtest'>;

function project(input: Omit<ForecastInput, 'values'>, values: readonly number[]): Projected | null {
  const weekdays = weekdayFactors(values, input.firstWeekday);
  const flat = values.map((value, index) => value / (weekdays[(input.firstWeekday + index) % WEEK] ?? 1));
  let [sum, weight, squares] = [0, 0, 0];
  for (const value of flat) {
    sum = KEEP * sum + value;
    weight = KEEP * weight + 1;
    squares = KEEP * KEEP * squares + 1;
  }
  const level = sum / weight;
  if (level <= 0) return null;
  const daily = Array.from(
    { length: input.horizon },
    (_, index) => level * (weekdays[(input.firstWeekday + values.length + index) % WEEK] ?? 1),
  );
  const likely = daily.reduce((a, b) => a + b, 0);
  const dayVariance = noiseOf(flat, level, input.counts);
  const levelVariance = (dayVariance * squares) / weight ** 2;
  const wander = wanderOf(flat, level, dayVariance) ** 2;
  const { horizon } = input;
  // Days' own noise averages out over the horizon; what is not known of the level, and where it wanders to, does not.
  const variance =
    dayVariance / horizon + levelVariance + wander * (horizon / 3 + 1) + (input.counts ? 1 / Math.max(1, likely) : 0);
  const half = Z_80 * Math.sqrt(variance);
  return { likely, low: likely * Math.exp(-half), high: likely * Math.exp(half), daily };
}

function weekdayFactors(values: readonly number[], firstWeekday: number): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const factors = Array.from({ length: WEEK }, (_, weekday) => {
    const same = values.filter((_, index) => (firstWeekday + index) % WEEK === weekday);
    const sum = same.reduce((a, b) => a + b, 0);
    return mean > 0 ? (sum / mean + WEEKDAY_PRIOR_WEEKS) / (same.length + WEEKDAY_PRIOR_WEEKS) : 1;
  });
  const average = factors.reduce((a, b) => a + b, 0) / WEEK;
  return factors.map((factor) => factor / average);
}

/** Variance of a day's value about the level, as a share of it squared; robust against single odd days, never under counting's. */
function noiseOf(flat: readonly number[], level: number, counts: boolean): number {
  const off = flat.map((value) => Math.abs(value / level - 1));
  const robust = (quantile(off, 0.8) / normalQuantile(0.9)) ** 2;
  return counts ? Math.max(0, robust - 1 / level) : Math.max(0.0025, robust);
}

/** How far the level moves a day: what weeks differ beyond their days' noise. */
function wanderOf(flat: readonly number[], level: number, dayVariance: number): number {
  const weeks: number[] = [];
  for (let end = flat.length; end >= WEEK; end -= WEEK)
    weeks.push(flat.slice(end - WEEK, end).reduce((a, b) => a + b, 0) / WEEK / level);
  if (weeks.length < 3) return 2 * LEAST_WANDER;
  const changes = weeks.slice(1).map((week, index) => (week - (weeks[index] ?? week)) ** 2);
  const noise = (2 * (dayVariance + 1 / Math.max(1, level))) / WEEK;
  const excess = changes.reduce((a, b) => a + b, 0) / changes.length - noise;
  return Math.max(LEAST_WANDER, Math.sqrt(Math.max(0, excess) / WEEK));
}

/** The same forecast made at earlier days from what was known then, held against what came. */
function backtestOf(input: ForecastInput): Backtest {
  const { values, horizon } = input;
  let [checked, covered] = [0, 0];
  const errors: number[] = [];
  for (let end = MIN_DAYS; end + horizon <= values.length; end += 1) {
    const made = project(input, values.slice(0, end));
    if (!made) continue;
    const truth = values.slice(end, end + horizon).reduce((a, b) => a + b, 0);
    checked += 1;
    if (truth >= Math.floor(made.low) && truth <= Math.ceil(made.high)) covered += 1;
    if (truth > 0) errors.push(Math.abs(made.likely / truth - 1));
  }
  const enough = checked >= 5;
  return {
    checked,
    covered: enough ? covered / checked : null,
    medianError: enough && errors.length > 0 ? quantile(errors, 0.5) : null,
  };
}
