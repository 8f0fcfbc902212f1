import { logGammaBelief } from '../../statistics/log-belief';
import type { Random } from '../../statistics/random';

/** Exposures (showings, clicks or money) and events of one arm. */
export type ArmCounts = { exposure: number; events: number };

/**
 * How unlike the arms of one test are: spreads of the logarithm with their weights. About a third of real tests are
 * practically ties, the others spread by a tenth to two fifths.
 */
const SPREADS = [
  { spread: 0.02, weight: 0.35 },
  { spread: 0.1, weight: 0.25 },
  { spread: 0.2, weight: 0.22 },
  { spread: 0.35, weight: 0.13 },
  { spread: 0.6, weight: 0.05 },
] as const;

type World = { weight: number; means: number[]; sds: number[] };
export type ArmBeliefs = { worlds: World[]; means: number[] };

/** What is believed of every arm's rate (logarithm), pulled together by how unlike the arms prove to be. */
export function armBeliefs(arms: readonly ArmCounts[]): ArmBeliefs {
  const seen = arms.map(({ exposure, events }) => {
    if (exposure <= 0) return { mean: 0, variance: 1e6 };
    return logGammaBelief(events + 0.5, exposure);
  });
  const worlds = SPREADS.map(({ spread, weight }) => worldOf(seen, spread * spread, weight));
  const top = Math.max(...worlds.map(({ log }) => log));
  const weights = worlds.map(({ log }) => Math.exp(log - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  const weighted = worlds.map(({ means, sds }, index) => ({ means, sds, weight: (weights[index] ?? 0) / sum }));
  return {
    worlds: weighted,
    means: arms.map((_, arm) => weighted.reduce((all, { weight, means }) => all + weight * (means[arm] ?? 0), 0)),
  };
}

function worldOf(
  seen: readonly { mean: number; variance: number }[],
  between: number,
  prior: number,
): { log: number; means: number[]; sds: number[] } {
  const weights = seen.map(({ variance }) => 1 / (variance + between));
  const total = weights.reduce((a, b) => a + b, 0);
  const centre = seen.reduce((sum, { mean }, index) => sum + mean * (weights[index] ?? 0), 0) / total;
  const fit = seen.reduce((sum, { mean }, index) => sum + (weights[index] ?? 0) * (mean - centre) ** 2, 0);
  const volume = weights.reduce((sum, weight) => sum + Math.log(weight), 0) - Math.log(total);
  return {
    log: Math.log(prior) + 0.5 * (volume - fit),
    means: seen.map(({ mean, variance }) => (mean * between + centre * variance) / (between + variance)),
    sds: seen.map(({ variance }) => Math.sqrt((between * variance) / (between + variance))),
  };
}

export type Standing = {
  leader: number;
  /** P(each arm is best). */
  chanceBest: number[];
  /** What the leader is expected to lack against the true best, as a share of its own rate. */
  expectedLoss: number;
  /** P(no two arms differ by more than 5 %). */
  chanceAlike: number;
};

const ALIKE = 1.05;

export function standingOf(beliefs: ArmBeliefs, random: Random, draws = 240): Standing {
  const leader = beliefs.means.reduce((best, mean, arm) => (mean > (beliefs.means[best] ?? -Infinity) ? arm : best), 0);
  const wins = beliefs.means.map(() => 0);
  let [loss, own, alike] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw += 1) {
    const world = drawnWorld(beliefs, (draw + 0.5) / draws);
    const rates = world.means.map((mean, arm) => Math.exp(mean + (world.sds[arm] ?? 0) * random.normal()));
    const best = Math.max(...rates);
    wins[rates.indexOf(best)] = (wins[rates.indexOf(best)] ?? 0) + 1;
    loss += best - (rates[leader] ?? 0);
    own += rates[leader] ?? 0;
    if (best <= ALIKE * Math.min(...rates)) alike += 1;
  }
  return {
    leader,
    chanceBest: wins.map((count) => count / draws),
    expectedLoss: own > 0 ? loss / own : 0,
    chanceAlike: alike / draws,
  };
}

function drawnWorld({ worlds }: ArmBeliefs, u: number): World {
  let sum = 0;
  for (const world of worlds) {
    sum += world.weight;
    if (u < sum) return world;
  }
  return worlds.at(-1) ?? { weight: 1, means: [], sds: [] };
}
