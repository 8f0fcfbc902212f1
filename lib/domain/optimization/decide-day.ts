import { isStopAction, movesOf, type SuggestedAction } from '../action';
import { daysBetween } from '../time';
import { ADS } from './optimizer/judge-ads';
import { suggestionsOf } from './optimizer/suggestions';
import type { OptimizerDecision } from './optimizer/types';
import { presetDecisions } from './preset-decisions';
import { lowerBudget, pauseCampaign } from './rules/lower-spend';
import { pauseBadAd } from './rules/pause-bad-ad';
import { raiseBudget } from './rules/raise-budget';
import { rescueAd } from './rules/rescue-ad';
import { shiftBudget } from './rules/shift-budget';
import { stopLoss } from './rules/stop-loss';
import { resumeWithReserve, swapReserve } from './rules/swap-reserve';
import { NOTHING, type OptimizationEvidence, type Rule, type Suggestions } from './types';

/** In order of weight. Among those that change running ads the first that speaks ends the day: one change, one effect. */
const RULES: readonly Rule[] = [rescueAd, pauseBadAd, stopLoss, resumeWithReserve, swapReserve, shiftBudget];
/** Cards about the whole campaign; the first that speaks is the one that is asked. */
const CARDS: readonly Rule[] = [pauseCampaign, lowerBudget, raiseBudget];
/** Rows older than this mean that something upstream is broken. */
const MAX_DATA_AGE_DAYS = 1;

/** One account day's decision. Silent on stale numbers, under an alarm, and when the day was decided already. */
export function decideDay(evidence: OptimizationEvidence): Suggestions {
  if (evidence.alarm || evidence.lastDecidedOn === evidence.today) return NOTHING;
  if (daysBetween(evidence.dataThrough, evidence.today) > MAX_DATA_AGE_DAYS) return NOTHING;
  const change = evidence.decisions ? ofStep(evidence.decisions, evidence) : firstOf(RULES, evidence);
  // A card about the total would rest on a campaign that is about to be different.
  const card = change.autonomousActions.length > 0 ? NOTHING : firstOf(CARDS, evidence);
  const isHeld = (one: SuggestedAction) => isUnderTest(one, evidence);
  const supports = (kind: string) => !evidence.supported || evidence.supported.some((one) => one === kind);
  return {
    autonomousActions: change.autonomousActions.filter((one) => supports(one.action.kind) && !isHeld(one)),
    approvalActions: [...change.approvalActions, ...card.approvalActions].filter(
      (one) => supports(one.action.kind) && !movesTestMoney(one, evidence),
    ),
  };
}

/** An ad that is compared, or money of a group that is: left as they are until the comparison is over. */
function isUnderTest(one: SuggestedAction, evidence: OptimizationEvidence): boolean {
  const { action } = one;
  return ('adKey' in action && (evidence.heldAds ?? []).includes(action.adKey)) || movesTestMoney(one, evidence);
}

/** What only lowers spend is asked all the same: a test is no reason to lose money. */
function movesTestMoney({ action }: SuggestedAction, evidence: OptimizationEvidence): boolean {
  return (
    !isStopAction(action) && movesOf(action).some(({ adSetKey }) => (evidence.heldAdSets ?? []).includes(adSetKey))
  );
}

/** What the step decided; before it, what an earlier swap left half done. */
function ofStep(decisions: readonly OptimizerDecision[], evidence: OptimizationEvidence): Suggestions {
  const rest = resumeWithReserve(evidence);
  if (rest.autonomousActions.length > 0) return rest;
  const said = suggestionsOf(withThumb(decisions, evidence), evidence);
  if (said.autonomousActions.length + said.approvalActions.length > 0) return said;
  return firstOf([rescueAd, pauseHardlyClicked], evidence);
}

/**
 * An ad hardly anybody clicks would take months to the clicks the step asks of an ad: it is judged by the clicks an average
 * ad would have had in its place, as the daily rules do, and taken back by them.
 */
function pauseHardlyClicked(evidence: OptimizationEvidence): Suggestions {
  const { autonomousActions } = pauseBadAd(evidence);
  const few = autonomousActions.filter(({ evidence: why, action }) => {
    const own = why.facts.find(
      ({ key, subject }) => key === 'ad_clicks' && 'adKey' in action && subject === action.adKey,
    );
    return Number(own?.value ?? 0) < ADS.minClicks;
  });
  return { autonomousActions: few, approvalActions: [] };
}

/** The owner's rules of thumb beside the engine; an ad the engine speaks of is left to it. */
function withThumb(decisions: readonly OptimizerDecision[], evidence: OptimizationEvidence): OptimizerDecision[] {
  const spoken = new Set(decisions.map(({ action }) => ('adKey' in action ? action.adKey : action.kind)));
  const more = presetDecisions(evidence).filter(
    ({ action }) => !spoken.has('adKey' in action ? action.adKey : action.kind),
  );
  return [...decisions, ...more];
}

function firstOf(rules: readonly Rule[], evidence: OptimizationEvidence): Suggestions {
  for (const rule of rules) {
    const said = rule(evidence);
    if (said.autonomousActions.length + said.approvalActions.length > 0) return said;
  }
  return NOTHING;
}
