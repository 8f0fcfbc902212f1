import type { JsonObject } from '../world/types';

function rounded(people: number): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(Math.max(1, people))) - 1);
  return Math.round(people / step) * step;
}

/** A delivery estimate: monthly people as a range. There is no curve any more. */
export function estimateBody(people: number): JsonObject {
  return {
    estimate_ready: true,
    estimate_mau_lower_bound: rounded(people * 0.85),
    estimate_mau_upper_bound: rounded(people * 1.1),
    targeting_optimization_types: [],
  };
}

export function reachBody(people: number): JsonObject {
  return { users_lower_bound: rounded(people * 0.85), users_upper_bound: rounded(people * 1.1), estimate_ready: true };
}
