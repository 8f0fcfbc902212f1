import { describe, expect, it } from 'vitest';
import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import { Market } from '../../../bench/optimizer/market';

/** 1,000 shops in all at full size (npm run soak equal-shops); as many as fit here otherwise. */
const SHOPS = process.env.SOAK ? 1000 : 60;
const BUDGETS = [1000, 3000, 10_000, 25_000, 50_000];
const DAYS = 14;

/** Shops whose ad sets and ads are all alike, with seasons, fatigue, learning and late results: who was changed? */
function changed(shape: number[], mayLowerTotal: boolean) {
  let [paused, moved] = [0, 0];
  for (let shop = 0; shop < SHOPS; shop += 1) {
    const seed = 70_000 + shop;
    const dailyMinor = BUDGETS[shop % BUDGETS.length] ?? 3000;
    const market = new Market({ seed, equal: true, shocks: 'none', shape, dailyMinor });
    const optimizer = createOptimizer({ seed, margin: market.drawn.margin, mayLowerTotal });
    let [anyPause, anyMove] = [false, false];
    for (let tick = 0; tick < 6 * DAYS; tick += 1) {
      const input = market.next();
      const before = new Map(input.adSets.map((adSet) => [adSet.key, adSet.dailyBudgetMinor]));
      let [up, down] = [false, false];
      for (const { action } of optimizer.step(input)) {
        if (action.kind === 'pause_ad') anyPause = true;
        if (action.kind === 'set_budget') {
          if (action.dailyBudgetMinor > (before.get(action.adSetKey) ?? 0)) up = true;
          else down = true;
        }
        market.apply(action);
      }
      // Less for all is a decision about the account; more for one at another's cost says that they differ.
      if (up && down) anyMove = true;
    }
    if (anyPause) paused += 1;
    if (anyMove) moved += 1;
  }
  return { paused: paused / SHOPS, moved: moved / SHOPS };
}

describe('tick engine in shops with nothing to find, 10 to 500 a day, 14 days', () => {
  const long = { timeout: process.env.SOAK ? 1_800_000 : 60_000 };
  it('one ad set of three equal ads: at most 5 per cent see any pause', long, () => {
    expect(changed([3], true).paused).toBeLessThanOrEqual(0.05);
  });

  it.each([true, false])(
    'three equal ad sets of two (total may fall: %s): at most 5 per cent see any pause or any move',
    long,
    (mayLowerTotal) => {
      const { paused, moved } = changed([2, 2, 2], mayLowerTotal);
      expect(paused).toBeLessThanOrEqual(0.05);
      expect(moved).toBeLessThanOrEqual(0.05);
    },
  );
});
