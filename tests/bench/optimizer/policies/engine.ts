import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import { drawPast } from '../past';
import type { MakePolicy } from './policy';

/** What it is told of a past: nothing, what the account counted (as the product does), or its ad sets' own counts as well. */
export type Told = 'nothing' | 'account' | 'ad sets';

/** Ours; with `mayLowerTotal` false it only moves money. */
export const engine =
  (mayLowerTotal: boolean, told: Told = 'nothing'): MakePolicy =>
  (market, seed) => {
    const { account, adSets } = drawPast(market, seed);
    const past = told === 'nothing' ? {} : { past: told === 'account' ? { account } : { account, adSets } };
    const optimizer = createOptimizer({ seed, margin: market.drawn.margin, mayLowerTotal, ...past });
    return { step: (input) => optimizer.step(input).map(({ action }) => action) };
  };
