import type { LogBelief } from '../../statistics/log-belief';
import type { Random } from '../../statistics/random';
import { withinSteps } from '../best-split';

/** Settings of the budget decision; docs/optimizer.md says what each was measured to do. */
export const ALLOCATION = {
  draws: 120,
  /** Exponents of the returns, from steep to flat: doubling the spend buys 1.6 to 1.85 times the results. */
  exponentLow: 0.68,
  exponentHigh: 0.88,
  /** 1: walk to the split that suits the average world; 0: to the average of all worlds' best splits. */
  boldness: 0.5,
  /** Marginal return a unit of money must bring to be spent: what looks just worth it is more often luck than not. */
  hurdle: 1.1,
  /** Share of the whole total that is spent in any case: to go below is the owner's decision. */
  leastTotal: 0.5,
  gate: 0.85,
  minGain: 0.05,
  step: 0.2,
  leastChange: 0.06,
} as const;

/** `gain`: how much more the moved money is expected to bring than it does where it is, as a share. */
export type Allocation = { budgets: number[]; chance: number; gain: number };
/** What an ad set may spend now, what it has usually spent, and what is believed of its results per money at that. */
export type Part = { now: number; usual: number; belief: LogBelief; mayEdit: boolean };
export type Terms = {
  /** What one result leaves over, minor units; null = unknown, then results are counted and the total is kept. */
  worth: number | null;
  /** Belief about how far the account's counted return is from its true one: shift and spread of the logarithm. */
  level: LogBelief;
  most: number;
  least: number;
  mayLowerTotal: boolean;
  /** How likely all ad sets are alike, and what each brings then. */
  alike: { chance: number; belief: LogBelief };
};

type World = { returns: number[]; exponent: number };

/**
 * New daily budgets, or null when too few of the plausible worlds gain enough to pay for the disturbance. In each world
 * the ad sets' returns follow a power law; the best split of each is averaged and approached by limited steps.
 */
export function allocate(parts: readonly Part[], terms: Terms, random: Random): Allocation | null {
  const now = parts.map((part) => part.now);
  const free = terms.worth !== null && terms.mayLowerTotal;
  const worlds = Array.from({ length: ALLOCATION.draws }, (_, index) => drawWorld(parts, terms, random, index));
  const best = wantedBudgets(worlds, now, terms.most, free);
  // While the ad sets may well be alike none is raised at another's cost: the gain of a lower total must not carry a move.
  const wanted = free && terms.alike.chance > 1 - ALLOCATION.gate ? oneWay(now, best) : best;
  const budgets = editsOf(parts, wanted, terms, free);
  const moved = movedBetween(now, budgets);
  if (moved <= 0 || total(budgets) > Math.max(terms.most, total(now)) + 0.5) return null;
  let wins = 0;
  let gained = 0;
  for (const world of worlds) {
    const gain = profitAt(world, now, budgets, free) - profitAt(world, now, now, free);
    gained += gain / (moved * Math.max(1e-12, mean(world.returns)));
    if (gain > ALLOCATION.minGain * moved * (free ? 1 : mean(world.returns))) wins += 1;
  }
  const chance = wins / worlds.length;
  return chance >= ALLOCATION.gate ? { budgets, chance, gain: gained / worlds.length } : null;
}

/**
 * The split to walk to. Expected profit is linear in the returns, so the split that suits the average world brings most;
 * the average of every world's own best split hedges.
 */
function wantedBudgets(worlds: readonly World[], now: readonly number[], most: number, free: boolean): number[] {
  const wanted = now.map(() => 0);
  const average = now.map((_, at) => worlds.reduce((sum, world) => sum + (world.returns[at] ?? 0), 0) / worlds.length);
  for (const world of worlds) {
    const own = bestBudgets(world, now, most, free);
    const middle = bestBudgets({ returns: average, exponent: world.exponent }, now, most, free);
    for (let at = 0; at < wanted.length; at += 1)
      wanted[at] =
        (wanted[at] ?? 0) +
        (ALLOCATION.boldness * (middle[at] ?? 0) + (1 - ALLOCATION.boldness) * (own[at] ?? 0)) / worlds.length;
  }
  return wanted;
}

/** The whole total's way alone: where it falls nothing rises, where it rises nothing falls. */
function oneWay(now: readonly number[], wanted: readonly number[]): number[] {
  const falls = total(wanted) < total(now);
  return wanted.map((one, index) => (falls ? Math.min : Math.max)(one, now[index] ?? 0));
}

/** Published returns: the median account gets twice its money back in sales, most between once and four times. */
export const USUAL_RETURN = { logReturn: Math.log(2), variance: 0.3 };
/** Order values spread by 0.7 on the logarithm; each result brings that noise beside its own. */
const NOISE_PER_RESULT = 1.6;

/** The account's counted return pulled towards what accounts usually get, by how few results it rests on. */
export function levelBelief(countedReturn: number, results: number, usual = USUAL_RETURN): LogBelief {
  const noise = NOISE_PER_RESULT / Math.max(1, results);
  const trust = usual.variance / (usual.variance + noise);
  return {
    mean: countedReturn > 0 ? (1 - trust) * (usual.logReturn - Math.log(countedReturn)) : 0,
    variance: trust * noise,
  };
}

/** One plausible world: what the average unit of money returns in each ad set at its present budget. */
function drawWorld(parts: readonly Part[], terms: Terms, random: Random, index: number): World {
  const { exponentLow, exponentHigh, draws } = ALLOCATION;
  const exponent = exponentLow + ((exponentHigh - exponentLow) * ((index * 7) % draws)) / draws;
  const level =
    terms.worth === null
      ? 1
      : terms.worth * Math.exp(terms.level.mean + Math.sqrt(terms.level.variance) * random.normal());
  const { alike } = terms;
  const common =
    (index + 0.5) / draws < alike.chance
      ? Math.exp(alike.belief.mean + Math.sqrt(alike.belief.variance) * random.normal())
      : null;
  const returns = parts.map(({ now, usual, belief }) => {
    const rate = common ?? Math.exp(belief.mean + Math.sqrt(belief.variance) * random.normal());
    return level * rate * (now / Math.max(1, usual)) ** (exponent - 1);
  });
  return { returns, exponent };
}

/** Budgets that equalise the marginal return; between the least total and `most` as much as pays when the total is free. */
function bestBudgets({ returns, exponent }: World, now: readonly number[], most: number, free: boolean): number[] {
  const power = 1 / (1 - exponent);
  const at = returns.map(
    (one, index) => (now[index] ?? 0) * ((exponent * one) / (free ? ALLOCATION.hurdle : 1)) ** power,
  );
  const sum = total(at);
  const target = free ? Math.min(most, Math.max(ALLOCATION.leastTotal * most, sum)) : total(now);
  return sum > 0 ? at.map((one) => (one * target) / sum) : [...now];
}

/** What is reached towards `wanted` by one step of each part that may be edited; too small steps are left out. */
function editsOf(parts: readonly Part[], wanted: readonly number[], terms: Terms, free: boolean): number[] {
  const now = parts.map((part) => part.now);
  let editable = parts.map((part) => part.mayEdit);
  for (let round = 0; round < parts.length; round += 1) {
    const at = now.flatMap((_, index) => (editable[index] ? [index] : []));
    const pick = (values: readonly number[]) => at.map((index) => values[index] ?? 0);
    const fixed = total(now) - total(pick(now));
    const bounds = { ...terms, most: terms.most - fixed, leastTotal: ALLOCATION.leastTotal * terms.most - fixed };
    const reached = reachable(pick(now), pick(wanted), bounds, free);
    const budgets = [...now];
    for (const [order, index] of at.entries()) budgets[index] = Math.floor(reached[order] ?? 0);
    const tiny = at.filter((index) => {
      const change = Math.abs((budgets[index] ?? 0) / (now[index] ?? 1) - 1);
      return change > 0 && change < ALLOCATION.leastChange;
    });
    if (tiny.length === 0) return free ? budgets : conserved(now, budgets);
    // The smallest change gives way first; what it would have moved is shared out anew.
    const smallest = tiny.reduce((a, b) =>
      Math.abs((budgets[a] ?? 0) - (now[a] ?? 0)) <= Math.abs((budgets[b] ?? 0) - (now[b] ?? 0)) ? a : b,
    );
    editable = editable.map((may, index) => may && index !== smallest);
  }
  return now;
}

/** Gives what rounding down left over to the part that is cut most: the sum stays the same to the minor unit. */
function conserved(now: readonly number[], budgets: readonly number[]): number[] {
  const cuts = budgets.map((budget, index) => (now[index] ?? 0) - budget);
  const most = cuts.indexOf(Math.max(...cuts));
  const left = total(now) - total(budgets);
  return budgets.map((budget, index) => (index === most ? budget + left : budget));
}

function reachable(
  now: readonly number[],
  wanted: readonly number[],
  terms: Terms & { leastTotal: number },
  free: boolean,
): number[] {
  if (now.length === 0) return [];
  if (!free) {
    // Wishes add up to the parts' own total, so that a step is taken towards a split and not towards more.
    const scale = total(now) / Math.max(1, total(wanted));
    return withinSteps(
      now,
      wanted.map((one) => one * scale),
      ALLOCATION.step,
      terms.least,
    );
  }
  const clamped = now.map((spend, index) =>
    Math.max(
      Math.min(spend, terms.least),
      Math.min(spend * (1 + ALLOCATION.step), Math.max(spend * (1 - ALLOCATION.step), wanted[index] ?? spend)),
    ),
  );
  // Too much together: the raises give way in proportion; too little: the cuts do.
  const over = total(clamped) - terms.most;
  if (over > 0) return giveWay(now, clamped, over, 1);
  const under = terms.leastTotal - total(clamped);
  return under > 0 ? giveWay(now, clamped, under, -1) : clamped;
}

/** Takes `amount` back from the raises (`sign` 1) or the cuts (-1), as far as there are any. */
function giveWay(now: readonly number[], next: readonly number[], amount: number, sign: 1 | -1): number[] {
  const changes = next.map((budget, index) => Math.max(0, sign * (budget - (now[index] ?? 0))));
  const all = total(changes);
  const share = all > 0 ? Math.min(1, amount / all) : 0;
  return next.map((budget, index) => budget - sign * share * (changes[index] ?? 0));
}

function profitAt(
  { returns, exponent }: World,
  now: readonly number[],
  budgets: readonly number[],
  free: boolean,
): number {
  let sum = 0;
  for (let index = 0; index < returns.length; index += 1) {
    const [spend, next] = [now[index] ?? 0, budgets[index] ?? 0];
    if (spend > 0)
      sum += (returns[index] ?? 0) * spend * (next / spend) ** exponent - (free ? ALLOCATION.hurdle * next : 0);
  }
  return sum;
}

function movedBetween(now: readonly number[], next: readonly number[]): number {
  let [up, down] = [0, 0];
  for (const [index, spend] of now.entries()) {
    const change = (next[index] ?? 0) - spend;
    if (change > 0) up += change;
    else down -= change;
  }
  return Math.max(up, down);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? total(values) / values.length : 0;
}
