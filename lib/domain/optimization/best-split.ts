import { MARGINAL_SHARE } from './constants';

/** What a whole split of the budget is expected to bring, in results, when each part follows a power law. */
export function resultsAt(rates: readonly number[], now: readonly number[], next: readonly number[]): number {
  return rates.reduce((sum, rate, index) => {
    const [spend, wanted] = [now[index] ?? 0, next[index] ?? 0];
    return spend > 0 ? sum + rate * spend * (wanted / spend) ** MARGINAL_SHARE : sum;
  }, 0);
}

/** The split of the same total that brings most: parts in proportion to spend times rate to the power 1 / (1 - exponent). */
export function bestSplit(rates: readonly number[], now: readonly number[]): number[] {
  const total = now.reduce((sum, spend) => sum + spend, 0);
  const weights = rates.map((rate, index) => (now[index] ?? 0) * rate ** (1 / (1 - MARGINAL_SHARE)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return all > 0 ? weights.map((weight) => (total * weight) / all) : [...now];
}

/**
 * Nearest split to `wanted` with the same total that moves each part by at most `step` (a share of it) and keeps it at
 * or above `floor`. What clamping one part frees goes to the others; nothing leaks.
 */
export function withinSteps(now: readonly number[], wanted: readonly number[], step: number, floor: number): number[] {
  const total = now.reduce((sum, spend) => sum + spend, 0);
  const low = now.map((spend) => Math.min(spend, Math.max(floor, spend * (1 - step))));
  const high = now.map((spend) => spend * (1 + step));
  // Adding one number to every part and clamping is monotone in that number: bisect it until the total fits.
  let [from, to] = [-total, total];
  const at = (offset: number) =>
    wanted.map((part, index) => Math.min(high[index] ?? 0, Math.max(low[index] ?? 0, part + offset)));
  for (let step_ = 0; step_ < 60; step_ += 1) {
    const middle = (from + to) / 2;
    if (at(middle).reduce((sum, part) => sum + part, 0) < total) from = middle;
    else to = middle;
  }
  return at((from + to) / 2);
}

/** Whole minor units with the sum exactly unchanged and no step longer than asked. */
export function wholeMoves(now: readonly bigint[], next: readonly number[]): bigint[] {
  const moves = now.map((minor, index) => BigInt(Math.trunc((next[index] ?? Number(minor)) - Number(minor))));
  let surplus = moves.reduce((sum, move) => sum + move, 0n);
  while (surplus !== 0n) {
    // Shorten the longest move on the side that is too long.
    const index = moves.reduce((longest, move, at) => {
      const [a, b] = [surplus > 0n ? move : -move, surplus > 0n ? (moves[longest] ?? 0n) : -(moves[longest] ?? 0n)];
      return a > b ? at : longest;
    }, 0);
    const move = moves[index] ?? 0n;
    const cut = surplus > 0n ? (move < surplus ? move : surplus) : move > surplus ? move : surplus;
    if (cut === 0n) break;
    moves[index] = move - cut;
    surplus -= cut;
  }
  return moves;
}
