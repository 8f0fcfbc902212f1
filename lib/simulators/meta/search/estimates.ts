import type { JsonObject } from '../world/types';

function rounded(people: number): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(Math.max(1, people))) - 1);
  return Math.round(people / step) * step;
}

const LAST_WITH_CURVE = 25;

/** A delivery estimate: monthly people as a range. Up to v25 also daily people and a curve of outcomes. */
export function estimateBody(people: number, version: string): JsonObject {
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? LAST_WITH_CURVE + 1);
  const daily = rounded(people * 0.62);
  const curve = [0, 500, 2000, 8000].map((spend) => ({
    spend,
    reach: Math.min(daily, Math.round(spend / 0.9)),
    impressions: Math.min(2 * daily, Math.round(spend / 0.8)),
    actions: Math.round(spend / 65),
  }));
  return {
    ...(major <= LAST_WITH_CURVE ? { estimate_dau: daily, daily_outcomes_curve: curve } : {}),
    estimate_ready: true,
    estimate_mau_lower_bound: rounded(people * 0.85),
    estimate_mau_upper_bound: rounded(people * 1.1),
    targeting_optimization_types: [],
  };
}

export function reachBody(people: number): JsonObject {
  return { users_lower_bound: rounded(people * 0.85), users_upper_bound: rounded(people * 1.1), estimate_ready: true };
}
