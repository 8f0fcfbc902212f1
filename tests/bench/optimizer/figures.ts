import { randomFrom } from '../../../lib/domain/statistics/random';
import type { Measured } from './measure';

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
export const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

export function quantileOf(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
}

const RESAMPLES = 400;

/** A figure over markets with its 95 % interval: markets are drawn anew with replacement. */
export function withInterval<T>(
  items: readonly T[],
  figure: (items: readonly T[]) => number,
): [number, number, number] {
  const random = randomFrom(items.length);
  const again = Array.from({ length: RESAMPLES }, () =>
    figure(items.map((_, index) => items[Math.floor(random.uniform() * items.length)] ?? (items[index] as T))),
  );
  return [figure(items), quantileOf(again, 0.025), quantileOf(again, 0.975)];
}

export type Pair = { run: Measured; nothing: Measured; best: Measured };
const gain = ({ run, nothing }: Pair) => run.profit - nothing.profit;
const share = (pairs: readonly Pair[], part: (run: Measured) => number, of: (run: Measured) => number) =>
  mean(pairs.map(({ run }) => part(run))) / Math.max(1e-9, mean(pairs.map(({ run }) => of(run))));

/** Every figure of the table: name, how it is made from the markets, how it is written. */
export const FIGURES: readonly [string, (pairs: readonly Pair[]) => number, (value: number) => string][] = [
  ['uplift', (pairs) => mean(pairs.map(gain)), percent],
  [
    'captured',
    (pairs) => mean(pairs.map(gain)) / mean(pairs.map(({ best, nothing }) => best.profit - nothing.profit)),
    percent,
  ],
  ['spent', (pairs) => mean(pairs.map(({ run }) => run.spend)), percent],
  ['worse', (pairs) => mean(pairs.map((pair) => (gain(pair) < -0.005 ? 1 : 0))), percent],
  ['p10', (pairs) => quantileOf(pairs.map(gain), 0.1), percent],
  [
    'return',
    (pairs) =>
      quantileOf(
        pairs.map(({ run, nothing }) => run.trueReturn / nothing.trueReturn - 1),
        0.5,
      ),
    percent,
  ],
  ['pauses', (pairs) => mean(pairs.map(({ run }) => run.pauses)), (value) => value.toFixed(2)],
  [
    'wrong pauses',
    (pairs) =>
      share(
        pairs,
        (run) => run.wrongPauses,
        (run) => run.pauses,
      ),
    percent,
  ],
  [
    'wrong moves',
    (pairs) =>
      share(
        pairs,
        (run) => run.wrongMoves,
        (run) => run.moves,
      ),
    percent,
  ],
  ['actions/day', (pairs) => mean(pairs.map(({ run }) => run.actions)) / 56, (value) => value.toFixed(2)],
  ['asks', (pairs) => mean(pairs.map(({ run }) => run.asks)), (value) => value.toFixed(2)],
];

export function lineOf(pairs: readonly Pair[]): string {
  return FIGURES.map(([name, figure, written]) => {
    const [value, low, high] = withInterval(pairs, figure);
    return `${name} ${written(value)} [${written(low)}..${written(high)}]`;
  }).join(', ');
}
