import type { SuggestedAction } from '../../action';
import type { MoneyJson } from '../../money';
import { type AdWorth, adWorths } from '../ad-worth';
import { minorJson } from '../budget-facts';
import { lastDays, runningAdSets } from '../campaign-numbers';
import { DECLINED_DAYS } from '../constants';
import type { RuleId } from '../evidence-keys';
import { daysSinceUnwanted, isAsked, rounded, suggest } from '../evidence-of';
import type { PresetId } from '../presets';
import { pause } from '../rules/pause-bad-ad';
import type { AdSetState, AdState, OptimizationEvidence, Suggestions } from '../types';
import type { OptimizerDecision } from './types';

const PRESET_RULES: Record<PresetId, RuleId> = {
  pause_low_click_rate: 'thumb-click-rate',
  shift_every_four_hours: 'thumb-shift',
  rotate_at_frequency_three: 'thumb-frequency',
};

/** Days of numbers a move of money is explained with. */
const SHOWN_DAYS = 28;

/**
 * What the step decided, as actions of the plan with the numbers an owner is shown. Alarms act by themselves: what the step
 * says about stopping is left out here. What waits on a card, or was declined lately, is not said again.
 */
export function suggestionsOf(decisions: readonly OptimizerDecision[], evidence: OptimizationEvidence): Suggestions {
  const alone = decisions.flatMap((decision) => adSuggestion(decision, evidence) ?? []);
  const shift = shiftOf(decisions, evidence);
  if (!shift) return { autonomousActions: alone, approvalActions: [] };
  return evidence.envelope.maxShiftPercent > 0
    ? { autonomousActions: [...alone, shift], approvalActions: [] }
    : { autonomousActions: alone, approvalActions: [shift] };
}

function adSuggestion(decision: OptimizerDecision, evidence: OptimizationEvidence): SuggestedAction | null {
  const { action } = decision;
  if (!('adKey' in action)) return null;
  const home = evidence.adSets.find((adSet) => adSet.ads.some((ad) => ad.key === action.adKey));
  const ad = home?.ads.find((one) => one.key === action.adKey);
  if (!home || !ad) return null;
  if (action.kind === 'pause_ad') return pauseOf(decision, ad, home, evidence);
  if (action.kind === 'resume_ad') return rescueOf(decision, ad, evidence);
  return swapOf(decision, ad, home, evidence);
}

function isUnwanted(evidence: OptimizationEvidence, kind: SuggestedAction['action']['kind'], keys: string[]): boolean {
  const unwanted = daysSinceUnwanted(evidence, kind, keys);
  return isAsked(evidence, kind, keys) || (unwanted !== null && unwanted < DECLINED_DAYS);
}

function pauseOf(
  { chance, reason }: OptimizerDecision,
  ad: AdState,
  home: AdSetState,
  evidence: OptimizationEvidence,
): SuggestedAction | null {
  if (ad.status !== 'delivering' || isUnwanted(evidence, 'pause_ad', [ad.key])) return null;
  const worths = adWorths(
    evidence,
    home.ads.filter((one) => one.status === 'delivering'),
  );
  const one = worths.find((worth) => worth.ad === ad);
  const best = bestOf(worths.filter((worth) => worth.ad !== ad));
  if (!one || !best) return null;
  const said = pause(evidence, { one, best, chance: chance ?? 0 });
  if (reason === 'pause-bad-ad') return said;
  // A threshold is met or it is not: the owner's own rule has no doubt to state.
  if (reason === 'pause_low_click_rate') return byThumb(said, evidence, reason);
  return { ...said, evidence: { ...said.evidence, rule: 'stop-loss' } };
}

function bestOf(worths: readonly AdWorth[]): AdWorth | null {
  return worths.reduce<AdWorth | null>((top, one) => (!top || one.worth.mean > top.worth.mean ? one : top), null);
}

function rescueOf({ chance }: OptimizerDecision, ad: AdState, evidence: OptimizationEvidence): SuggestedAction | null {
  if (ad.status !== 'paused_by_us' || isUnwanted(evidence, 'resume_ad', [ad.key])) return null;
  return suggest(
    { kind: 'resume_ad', adKey: ad.key },
    {
      rule: 'rescue-ad',
      facts: [
        { key: 'paused_on', value: ad.pausedOn ?? evidence.today, subject: ad.key },
        { key: 'chance_clearly_worse', value: rounded(1 - (chance ?? 0), 3), subject: ad.key },
      ],
      confidence: chance,
      alternatives: ['keep_paused'],
      wouldChange: ['best_ad_drops', 'too_little_data'],
      since: ad.creativeSince,
      until: evidence.dataThrough,
    },
  );
}

/** An owner's rule of thumb: what was counted, without the chances the engine would state. */
function byThumb(said: SuggestedAction, { dataThrough }: OptimizationEvidence, rule: PresetId): SuggestedAction {
  const facts = said.evidence.facts.filter(
    ({ key }) => !key.startsWith('chance_') && !key.startsWith('worth_') && key !== 'expected_gain_percent',
  );
  return {
    ...said,
    evidence: {
      ...said.evidence,
      rule: PRESET_RULES[rule],
      facts,
      confidence: 1,
      wouldChange: ['owner_says_keep'],
      until: dataThrough,
    },
  };
}

function swapOf(
  { chance, reason }: OptimizerDecision,
  ad: AdState,
  home: AdSetState,
  evidence: OptimizationEvidence,
): SuggestedAction | null {
  const [reserveKey] = home.reserves;
  if (!reserveKey || ad.status !== 'delivering' || isUnwanted(evidence, 'swap_creative', [ad.key])) return null;
  const [one] = adWorths(evidence, [ad]);
  const said = suggest(
    { kind: 'swap_creative', adKey: ad.key, reserveKey },
    {
      rule: 'tired-creative',
      facts: [
        { key: 'ad_shown_times', value: one?.impressions ?? 0, subject: ad.key },
        { key: 'ad_clicks', value: one?.clicks ?? 0, subject: ad.key },
        { key: 'ad_days_running', value: one?.daysRunning ?? 0, subject: ad.key },
        { key: 'chance_tired', value: rounded(chance ?? 0, 3), subject: ad.key },
        { key: 'reserve_key', value: reserveKey, subject: ad.key },
      ],
      confidence: chance,
      alternatives: ['keep_running', 'new_ads_instead'],
      wouldChange: ['ad_catches_up', 'owner_says_keep'],
      since: ad.creativeSince,
      until: evidence.dataThrough,
    },
  );
  return reason === 'rotate_at_frequency_three' ? byThumb(said, evidence, reason) : said;
}

/** All budgets of a day as one move with the sum unchanged: what rounding left over goes to the largest raise. */
function shiftOf(decisions: readonly OptimizerDecision[], evidence: OptimizationEvidence): SuggestedAction | null {
  const wanted = new Map<string, bigint>();
  for (const { action } of decisions)
    if (action.kind === 'set_budget') wanted.set(action.adSetKey, BigInt(Math.round(action.dailyBudgetMinor)));
  const moves = evidence.adSets.flatMap((adSet) => {
    const to = wanted.get(adSet.key);
    return to === undefined ? [] : [{ adSetKey: adSet.key, from: adSet.dailyBudget, to }];
  });
  const up = moves.filter((move) => move.to > BigInt(move.from.minor));
  const most = up.reduce<(typeof moves)[number] | null>((top, one) => (!top || one.to > top.to ? one : top), null);
  if (!most || up.length === moves.length) return null;
  most.to -= moves.reduce((sum, move) => sum + move.to - BigInt(move.from.minor), 0n);
  if (most.to <= BigInt(most.from.minor)) return null;
  const keys = moves.map((move) => move.adSetKey);
  if (isUnwanted(evidence, 'shift_budget', keys)) return null;
  const first = decisions.find(({ action }) => action.kind === 'set_budget');
  const numbers = lastDays(evidence, runningAdSets(evidence), SHOWN_DAYS);
  const moved = moves.reduce((sum, move) => {
    const change = move.to - BigInt(move.from.minor);
    return change > 0n ? sum + Number(change) : sum;
  }, 0);
  const said = suggest(
    { kind: 'shift_budget', moves: moves.map((move) => ({ ...move, to: minor(move.to, move.from) })) },
    {
      rule: 'shift-budget',
      facts: [
        { key: 'results_looked_at', value: numbers.results },
        { key: 'spend_looked_at', value: minorJson(evidence, numbers.spendMinor) },
        { key: 'money_moved', value: minorJson(evidence, moved) },
        { key: 'chance_move_pays', value: rounded(first?.chance ?? 0, 3) },
        { key: 'expected_gain_percent', value: Math.round((first?.gain ?? 0) * 100) },
      ],
      confidence: first?.chance ?? null,
      alternatives: ['split_as_it_is', 'wait_longer'],
      wouldChange: ['groups_become_equal', 'late_results_arrive'],
      since: numbers.since,
      until: evidence.dataThrough,
    },
  );
  const thumb = decisions.find(({ reason }) => reason === 'shift_every_four_hours');
  return thumb ? byThumb(said, evidence, 'shift_every_four_hours') : said;
}

function minor(value: bigint, like: MoneyJson): MoneyJson {
  return { minor: value.toString(), currency: like.currency };
}
