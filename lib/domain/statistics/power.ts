import { normalQuantile } from './quantiles';

/** Events per arm to see a relative lift with 80 % power at 5 % two-sided (rare events, equal exposure). */
export function eventsNeededPerArm(lift: number, power = 0.8, alpha = 0.05): number {
  if (lift <= 0) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return Math.ceil((z / lift) ** 2 * (2 + lift));
}

/** Whole days until then at the present pace; null when nothing comes in. */
export function daysNeeded(lift: number, eventsSoFar: number, eventsPerDay: number): number | null {
  if (eventsPerDay <= 0) return null;
  return Math.max(0, Math.ceil((eventsNeededPerArm(lift) - eventsSoFar) / eventsPerDay));
}
