import type { LogBelief } from './log-belief';
import type { Random } from './random';

export type Settlement = { leader: number; expectedLossShare: number; chanceBest: number[] };

/**
 * Who leads, how likely each is best, and what choosing the leader is expected to cost as a share of its own rate.
 * A verdict to act on ("probably better"), never a claim.
 */
export function settle(beliefs: readonly LogBelief[], random: Random, draws = 400): Settlement {
  const leader = beliefs.reduce(
    (best, belief, index) => (belief.mean > (beliefs[best]?.mean ?? -Infinity) ? index : best),
    0,
  );
  const wins = beliefs.map(() => 0);
  let loss = 0;
  let own = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const rates = beliefs.map((belief) => Math.exp(belief.mean + Math.sqrt(belief.variance) * random.normal()));
    const best = Math.max(...rates);
    wins[rates.indexOf(best)] = (wins[rates.indexOf(best)] ?? 0) + 1;
    loss += best - (rates[leader] ?? 0);
    own += rates[leader] ?? 0;
  }
  return { leader, expectedLossShare: own > 0 ? loss / own : 0, chanceBest: wins.map((count) => count / draws) };
}
