import type { CampaignAction, Evidence } from './action';
import type { Prediction } from './optimization/grading/grade-action';

/**
 * What an action promised for results per money of what it touched, as a ratio (1 = nothing), read from the evidence that
 * was stored when it was decided. Null where it promised nothing that can be measured this way.
 * @param share of the touched money that went into the ad before it was paused, 0..1
 */
export function predictionOf(action: CampaignAction, evidence: Evidence, share: number): Prediction | null {
  if (action.kind === 'pause_ad') return pausePrediction(evidence, share);
  if (action.kind === 'shift_budget') return shiftPrediction(action, evidence);
  return null;
}

/** The ad's money goes to the others, which bring what it did not. */
function pausePrediction(evidence: Evidence, share: number): Prediction | null {
  const worth = number(evidence, 'worth_against_best_percent');
  if (worth === null || share <= 0 || share >= 1) return null;
  const low = number(evidence, 'worth_against_best_low_percent') ?? worth;
  const high = number(evidence, 'worth_against_best_high_percent') ?? worth;
  const ratio = (percent: number) => 1 / (1 - share + (share * Math.min(100, percent)) / 100);
  return { low: ratio(high), likely: ratio(worth), high: ratio(low) };
}

/** The moved part brings so much more, at least nothing less and at most twice as much more. */
function shiftPrediction(
  action: Extract<CampaignAction, { kind: 'shift_budget' }>,
  evidence: Evidence,
): Prediction | null {
  const gain = number(evidence, 'expected_gain_percent');
  const total = action.moves.reduce((sum, move) => sum + Number(move.from.minor), 0);
  const moved = action.moves.reduce(
    (sum, move) => sum + Math.max(0, Number(move.to.minor) - Number(move.from.minor)),
    0,
  );
  if (gain === null || total <= 0 || moved <= 0) return null;
  const more = (gain / 100) * (moved / total);
  return { low: 1, likely: 1 + more, high: 1 + 2 * more };
}

function number(evidence: Evidence, key: string): number | null {
  const value = evidence.facts.find((fact) => fact.key === key)?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
