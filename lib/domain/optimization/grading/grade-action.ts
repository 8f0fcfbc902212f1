import { normalCdf, Z_80 } from '../../statistics/quantiles';

/** Results and money of one stretch of mature days. */
export type Stretch = { results: number; spendMinor: number };

/** What an action was expected to do to results per money of what it touched, as a ratio (1 = nothing), 80 % range. */
export type Prediction = { low: number; likely: number; high: number };

export type GradeInput = {
  /** Given when it was decided; null for actions decided before predictions were kept. */
  predicted: Prediction | null;
  before: Stretch;
  after: Stretch;
  /** The rest of the account over the same days, which season, prices and shop met as well; null where there is none. */
  control: { before: Stretch; after: Stretch } | null;
};

export type Grade = {
  /** 'kept' and 'missed' are said only where the numbers can tell them apart; otherwise 'cannot_tell'. */
  verdict: 'kept' | 'better' | 'missed' | 'cannot_tell';
  /** Measured ratio of results per money, after against before, set against the control; null with nothing to measure. */
  measured: Prediction | null;
  /** P(the true ratio is below 0.95): did it harm? Null with nothing to measure. */
  chanceHarmed: number | null;
};

/** An ad account's results per money wander by this much between two fortnights without any action. */
const WANDER_ALONE = 0.2;
const WANDER_AGAINST_CONTROL = 0.12;
const SURE = 0.9;
const HARM = 0.95;
/** A measurement this wide (standard deviation of the logarithm) tells nobody anything. */
const TOO_WIDE = 0.5;

/**
 * Judges a past action against its own prediction. No experiment: other things changed as well, so a rest of the account
 * is taken as control where there is one, and ordinary wandering is allowed for.
 */
export function gradeAction({ predicted, before, after, control }: GradeInput): Grade {
  const own = logChange(before, after);
  const other = control ? logChange(control.before, control.after) : null;
  if (!own) return { verdict: 'cannot_tell', measured: null, chanceHarmed: null };
  const wander = other ? WANDER_AGAINST_CONTROL : WANDER_ALONE;
  const mean = own.mean - (other?.mean ?? 0);
  const sd = Math.sqrt(own.variance + (other?.variance ?? 0) + wander * wander);
  const measured = { low: Math.exp(mean - Z_80 * sd), likely: Math.exp(mean), high: Math.exp(mean + Z_80 * sd) };
  const below = (ratio: number) => normalCdf((Math.log(ratio) - mean) / sd);
  const chanceHarmed = below(HARM);
  if (!predicted || sd > TOO_WIDE) return { verdict: 'cannot_tell', measured, chanceHarmed };
  if (below(predicted.low) >= SURE) return { verdict: 'missed', measured, chanceHarmed };
  if (1 - below(predicted.high) >= SURE) return { verdict: 'better', measured, chanceHarmed };
  // The prediction must be more than compatible: "nothing happened" has to be less likely than what was promised.
  const promised = Math.abs(Math.log(predicted.likely)) > 0.02;
  const fits = Math.exp(-((mean - Math.log(predicted.likely)) ** 2) / (2 * sd * sd));
  const nothing = Math.exp(-(mean * mean) / (2 * sd * sd));
  return { verdict: promised && fits < 2 * nothing ? 'cannot_tell' : 'kept', measured, chanceHarmed };
}

function logChange(before: Stretch, after: Stretch): { mean: number; variance: number } | null {
  if (before.spendMinor <= 0 || after.spendMinor <= 0 || before.results + after.results === 0) return null;
  const half = 0.5;
  return {
    mean: Math.log((after.results + half) / after.spendMinor) - Math.log((before.results + half) / before.spendMinor),
    variance: 1 / (after.results + half) + 1 / (before.results + half),
  };
}
