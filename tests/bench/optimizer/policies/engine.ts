import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import type { MakePolicy } from './policy';

/** Ours; with `mayLowerTotal` false it only moves money. */
export const engine =
  (mayLowerTotal: boolean): MakePolicy =>
  (market, seed) => {
    const optimizer = createOptimizer({ seed, margin: market.drawn.margin, mayLowerTotal });
    return { step: (input) => optimizer.step(input).map(({ action }) => action) };
  };
