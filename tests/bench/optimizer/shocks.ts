import type { Random } from '../../../lib/domain/statistics/random';

export type ShockKind = 'tracking' | 'site' | 'checkout' | 'price' | 'missing' | 'drop' | 'disapproved';
/** From and to in ticks, not whole: things break at any hour. `size`: what the kind makes of it. */
export type Shock = { kind: ShockKind; from: number; to: number; size: number };

const DAY = 6;
/** Chance per run, shortest and longest in ticks. */
const KINDS: Record<ShockKind, [number, number, number]> = {
  tracking: [0.25, 2, 24],
  site: [0.2, 0.75, 9],
  checkout: [0.2, 1.5, 12],
  price: [0.25, 12, 48],
  missing: [0.35, 1, 6],
  drop: [0.2, 999, 999],
  disapproved: [0.25, 999, 999],
};
const FIRST = 8 * DAY;
const LAST = 50 * DAY;

/** Seldom, each for itself; with `only` exactly that one, or none. */
export function drawShocks(random: Random, only: 'none' | ShockKind | null, sets: number): Shock[] {
  return (Object.entries(KINDS) as [ShockKind, [number, number, number]][]).flatMap(([kind, [chance, least, most]]) => {
    const [hit, at, length, size] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
    if (only ? only !== kind : hit > chance) return [];
    const from = FIRST + at * (LAST - FIRST);
    const lasts = kind === 'checkout' && only ? 6 + 3 * length : least * (most / least) ** length;
    return [
      { kind, from: kind === 'missing' ? Math.floor(from) : from, to: from + lasts, size: sizeOf(kind, size, sets) },
    ];
  });
}

function sizeOf(kind: ShockKind, u: number, sets: number): number {
  if (kind === 'price') return 1.5 + 0.5 * u;
  // Half of the lost counts take the page views with them.
  if (kind === 'tracking') return u < 0.5 ? 1 : 0;
  if (kind === 'drop' || kind === 'disapproved') return Math.floor(u * sets);
  return 1;
}

/** Share of one tick a shock covers, 0..1. */
export function coverOf(shock: Shock | undefined, tick: number): number {
  return shock ? Math.max(0, Math.min(shock.to, tick + 1) - Math.max(shock.from, tick)) : 0;
}
