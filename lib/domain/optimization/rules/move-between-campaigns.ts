import type { SuggestedAction } from '../../action';
import type { BudgetMove } from '../../ad-test';
import type { MoneyJson } from '../../money';
import { randomFrom } from '../../statistics/random';
import { chanceOfTie } from '../../statistics/tie';
import { daysBetween } from '../../time';
import { countsResults } from '../ad-worth';
import { bestSplit, resultsAt } from '../best-split';
import { minorJson } from '../budget-facts';
import { lastDays, type Numbers, runningAdSets, usesItsBudget } from '../campaign-numbers';
import {
  BUDGET_COOLDOWN_DAYS,
  DECLINED_DAYS,
  SHIFT_CHANCE,
  SHIFT_MIN_GAIN,
  SHIFT_MIN_RESULTS,
  STEP_PERCENT,
} from '../constants';
import { rounded, suggest } from '../evidence-of';
import type { OptimizationEvidence, PastAction } from '../types';
import { GROUP_SPREAD, rateBelief, rawRate, TIE_PRIOR } from './shift-budget';

export type CampaignEvidence = { campaignId: string; name: string; evidence: OptimizationEvidence };
/** `campaignId`: the one that gives, to which the action belongs. */
export type CampaignMoveSuggested = { campaignId: string; suggestion: SuggestedAction };

const WINDOW_DAYS = 28;
const DRAWS = 200;
/** Days a platform needs to find its feet after a launch, other people or another picture: nothing is moved meanwhile. */
export const LEARNING_DAYS = 7;
const RELEARNS: readonly PastAction['kind'][] = ['swap_creative', 'set_audience', 'add_ad'];
/** A move below this share of the smaller of the two is not worth its disturbance, whole per cent. */
const LEAST_PERCENT = 5n;

type Part = CampaignEvidence & { numbers: Numbers; dailyMinor: number };

/**
 * Moves daily budget from the campaign whose last money brings least to the one whose next money brings most, the sum
 * unchanged; null where that is not likely to pay. Diminishing returns are part of it: what counts is the next unit of
 * money, not the average one. One pair, one step of at most 20 %, and only between campaigns of the same goal that are past
 * their learning and have rested.
 */
export function moveBetweenCampaigns(campaigns: readonly CampaignEvidence[]): CampaignMoveSuggested | null {
  const sorted = [...campaigns].sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
  // An open card or an alarm anywhere: the whole is about to be different.
  if (sorted.some(({ evidence }) => evidence.alarm || isUnderDiscussion(evidence))) return null;
  const parts = sorted.filter(mayTakePart).map(
    (one): Part => ({
      ...one,
      numbers: lastDays(one.evidence, runningAdSets(one.evidence), WINDOW_DAYS),
      dailyMinor: runningAdSets(one.evidence).reduce((sum, adSet) => sum + Number(adSet.dailyBudget.minor), 0),
    }),
  );
  for (const group of alike(parts)) {
    const move = bestMove(group);
    if (move) return move;
  }
  return null;
}

/** Results are only ever compared with results of the same kind, in the same money. */
function alike(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const name = `${part.evidence.goal} ${part.evidence.envelope.monthlyCeiling.currency}`;
    groups.set(name, [...(groups.get(name) ?? []), part]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function isUnderDiscussion({ pastActions, today }: OptimizationEvidence): boolean {
  return pastActions.some(({ kind, outcome, day }) => {
    if (kind !== 'shift_campaigns') return false;
    const unwanted = outcome === 'declined' || outcome === 'undone';
    return outcome === 'open' || (unwanted && daysBetween(day, today) < DECLINED_DAYS);
  });
}

function mayTakePart({ evidence }: CampaignEvidence): boolean {
  const { today, dataThrough, pastActions, heldAds = [], heldAdSets = [] } = evidence;
  const compares = heldAds.length + heldAdSets.length > 0;
  if (daysBetween(dataThrough, today) > 1 || compares || !countsResults(evidence)) return false;
  const running = runningAdSets(evidence);
  if (running.length === 0) return false;
  const changed = pastActions.filter(({ outcome }) => outcome === 'done' || outcome === 'undone');
  const rested = changed.every(({ day }) => daysBetween(day, today) >= BUDGET_COOLDOWN_DAYS);
  const learnt = changed.every(({ kind, day }) => !RELEARNS.includes(kind) || daysBetween(day, today) >= LEARNING_DAYS);
  return rested && learnt && lastDays(evidence, running, WINDOW_DAYS).days >= LEARNING_DAYS;
}

function bestMove(group: readonly Part[]): CampaignMoveSuggested | null {
  const all = group.map(({ numbers }) => numbers);
  const results = all.reduce((sum, one) => sum + one.results, 0);
  if (results < SHIFT_MIN_RESULTS) return null;
  const tie = chanceOfTie(all.map(rawRate), GROUP_SPREAD, TIE_PRIOR);
  if (tie > 1 - SHIFT_CHANCE) return null;
  const random = randomFrom(group.reduce((seed, { evidence }) => (seed * 31 + evidence.seed) % 2_147_483_647, 7));
  const beliefs = all.map((one) => rateBelief(one, all));
  const worlds = Array.from({ length: DRAWS }, () =>
    beliefs.map((belief) => Math.exp(belief.mean + Math.sqrt(belief.variance) * random.normal())),
  );
  const now = group.map(({ dailyMinor }) => dailyMinor);
  const splits = worlds.map((rates) => bestSplit(rates, now));
  const wishes = now.map((spend, at) => splits.reduce((sum, split) => sum + (split[at] ?? 0), 0) / DRAWS - spend);
  const giver = pick(group, wishes, (wish) => -wish);
  // What does not spend what it has would not spend more either.
  const taker = pick(group, wishes, (wish, part) =>
    usesItsBudget(part.evidence, runningAdSets(part.evidence)) ? wish : 0,
  );
  if (giver === null || taker === null) return null;
  const [from, to] = [group[giver], group[taker]];
  if (!from || !to) return null;
  const moves = movesBetween(from, to, Math.min(-(wishes[giver] ?? 0), wishes[taker] ?? 0));
  if (!moves) return null;
  const next = now.map((spend, at) => spend + (at === taker ? moves.minor : at === giver ? -moves.minor : 0));
  const total = now.reduce((sum, spend) => sum + spend, 0);
  // How much more the moved money brings than money brings on average in that world.
  const gains = worlds.map((rates) => {
    const before = resultsAt(rates, now, now);
    return ((resultsAt(rates, now, next) - before) / before) * (total / moves.minor);
  });
  const chance = ((1 - tie) * gains.filter((gain) => gain > SHIFT_MIN_GAIN).length) / DRAWS;
  if (chance < SHIFT_CHANCE) return null;
  const gain = gains.reduce((sum, one) => sum + one, 0) / DRAWS;
  return {
    campaignId: from.campaignId,
    suggestion: suggest(
      {
        kind: 'shift_campaigns',
        moves: moves.given,
        other: { campaignId: to.campaignId, name: to.name, moves: moves.taken },
      },
      {
        rule: 'move-between-campaigns',
        facts: [
          { key: 'results_looked_at', value: results },
          {
            key: 'spend_looked_at',
            value: minorJson(
              from.evidence,
              all.reduce((sum, one) => sum + one.spendMinor, 0),
            ),
          },
          ...costOf('giver_cost_per_result', from),
          ...costOf('taker_cost_per_result', to),
          { key: 'money_moved', value: minorJson(from.evidence, moves.minor) },
          { key: 'chance_move_pays', value: rounded(chance, 3) },
          { key: 'expected_gain_percent', value: Math.round(gain * 100) },
        ],
        confidence: chance,
        alternatives: ['split_as_it_is', 'wait_longer'],
        wouldChange: ['campaigns_become_equal', 'late_results_arrive'],
        since: all.map(({ since }) => since).sort()[0] ?? from.evidence.dataThrough,
        until: from.evidence.dataThrough,
      },
    ),
  };
}

function costOf(key: 'giver_cost_per_result' | 'taker_cost_per_result', { evidence, numbers }: Part) {
  if (numbers.results === 0) return [];
  return [{ key, value: minorJson(evidence, numbers.spendMinor / numbers.results) }];
}

/** The part with the greatest wish above nothing; null where none has one. */
function pick(
  group: readonly Part[],
  wishes: readonly number[],
  weight: (wish: number, part: Part) => number,
): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [at, part] of group.entries()) {
    const wish = weight(wishes[at] ?? 0, part);
    if (wish > most) [best, most] = [at, wish];
  }
  return best;
}

type Moves = { minor: number; given: BudgetMove[]; taken: BudgetMove[] };

/** As much of a wish as one step of either allows, floors kept, spread over the ad sets of each to the minor unit. */
function movesBetween(from: Part, to: Part, wish: number): Moves | null {
  const given = slacksOf(from, true);
  const taken = slacksOf(to, false);
  const room = (slacks: readonly Slack[]) => slacks.reduce((sum, { minor }) => sum + minor, 0n);
  const minor = [room(given), room(taken), BigInt(Math.trunc(wish))].reduce((least, one) =>
    one < least ? one : least,
  );
  const least = (BigInt(Math.trunc(Math.min(from.dailyMinor, to.dailyMinor))) * LEAST_PERCENT + 99n) / 100n;
  if (minor <= 0n || minor < least) return null;
  return { minor: Number(minor), given: spread(given, minor, -1n), taken: spread(taken, minor, 1n) };
}

type Slack = { adSetKey: string; budget: MoneyJson; minor: bigint };

/** How far each running ad set may go in one step: 20 % or what the owner allows, and never below the account's minimum. */
function slacksOf({ evidence }: Part, lowers: boolean): Slack[] {
  const allowed = BigInt(evidence.envelope.maxShiftPercent);
  const percent = allowed > 0n && allowed < STEP_PERCENT ? allowed : STEP_PERCENT;
  const floor = BigInt(evidence.minDailyBudget?.minor ?? 1);
  return runningAdSets(evidence).flatMap(({ key, dailyBudget }) => {
    const budget = BigInt(dailyBudget.minor);
    const step = (budget * percent) / 100n;
    const minor = lowers && budget - floor < step ? budget - floor : step;
    return minor > 0n ? [{ adSetKey: key, budget: dailyBudget, minor }] : [];
  });
}

/** In proportion to what each may go; what rounding leaves goes where there is still room. */
function spread(slacks: readonly Slack[], amount: bigint, sign: 1n | -1n): BudgetMove[] {
  const room = slacks.reduce((sum, { minor }) => sum + minor, 0n);
  const parts = slacks.map(({ minor }) => (amount * minor) / room);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  for (const [at, { minor }] of slacks.entries()) {
    const part = parts[at] ?? 0n;
    const more = left < minor - part ? left : minor - part;
    parts[at] = part + more;
    left -= more;
  }
  return slacks.flatMap(({ adSetKey, budget }, at) => {
    const part = parts[at] ?? 0n;
    if (part === 0n) return [];
    const to = (BigInt(budget.minor) + sign * part).toString();
    return [{ adSetKey, from: budget, to: { minor: to, currency: budget.currency } }];
  });
}
