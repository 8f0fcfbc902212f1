import { decideDay } from './domain/optimization/decide-day';
import {
  type CampaignState,
  NOTHING,
  type OptimizationEvidence,
  type Snapshot,
  type Suggestions,
} from './domain/optimization/types';

export type { CampaignState, OptimizationEvidence, Snapshot, Suggestions } from './domain/optimization/types';

/**
 * The rule engine's one entry: what should be done with a campaign today. Pure: the same arguments give the same
 * answer. `evidence` carries time, seed, policy and the ad-level past; without it there is nothing to decide on and no
 * action is returned. The split is a suggestion that policy may only tighten.
 */
export function evaluatePerformance(
  snapshot: Snapshot,
  _previousSnapshot: Snapshot | null,
  campaignRecord: CampaignState,
  evidence?: OptimizationEvidence,
): Suggestions {
  if (!evidence || campaignRecord.status !== 'ACTIVE' || snapshot.currency !== campaignRecord.currency) return NOTHING;
  return decideDay(evidence);
}
