import { describe, expect, it } from 'vitest';
import { runShop, type ShopAd, type ShopOptions } from './shop';

const GOOD: ShopAd = { ctr: 0.012, cvr: 0.07 };
const BAD: ShopAd = { ctr: 0.0024, cvr: 0.07 };
const THREE_EQUAL = [[GOOD, GOOD, GOOD]];
/** All at full size by `npm run soak equal-shops`. */
const SHOPS = process.env.SOAK ? 1000 : null;
const LONG = { timeout: process.env.SOAK ? 1_800_000 : 60_000 };
const THREE_PAIRS = [
  [GOOD, GOOD],
  [GOOD, GOOD],
  [GOOD, GOOD],
];

function share(
  seeds: number,
  options: Omit<ShopOptions, 'seed'>,
  happened: (run: ReturnType<typeof runShop>) => boolean,
): number {
  let count = 0;
  for (let seed = 0; seed < seeds; seed += 1) if (happened(runShop({ ...options, seed: 9000 + seed }))) count += 1;
  return count / seeds;
}

describe('one ad at a fifth of the others’ click rate, 30 a day', () => {
  it.each(['LEADS', 'TRAFFIC'] as const)(
    '%s: the bad ad is paused within 28 days in at least 80 per cent of shops and a good one in at most 5 per cent',
    (goal) => {
      let [bad, wrong] = [0, 0];
      const shops = 120;
      for (let seed = 0; seed < shops; seed += 1) {
        const { pauses } = runShop({ adSets: [[GOOD, BAD, GOOD]], dailyMinor: 3000, days: 28, seed, goal });
        if (pauses.some((pause) => pause.key === 'ad-1-2')) bad += 1;
        if (pauses.some((pause) => pause.key !== 'ad-1-2')) wrong += 1;
      }
      expect(bad / shops).toBeGreaterThanOrEqual(0.8);
      expect(wrong / shops).toBeLessThanOrEqual(0.05);
    },
  );
});

describe('shops with nothing to find, 14 days', () => {
  const shops = (['LEADS', 'TRAFFIC'] as const).flatMap((goal) =>
    [1000, 3000, 10_000, 50_000].map((dailyMinor) => ({ goal, dailyMinor })),
  );
  it.each(shops)(
    '$goal at $dailyMinor minor units a day: at most 5 per cent see any pause',
    LONG,
    ({ goal, dailyMinor }) => {
      const paused = share(
        SHOPS ?? 100,
        { adSets: THREE_EQUAL, dailyMinor, days: 14, goal },
        (run) => run.pauses.length > 0,
      );
      expect(paused).toBeLessThanOrEqual(0.05);
    },
  );

  it.each([1000, 10_000, 50_000])(
    'at %i minor units a day at most 5 per cent of shops with three equal groups see any move of budget',
    LONG,
    (dailyMinor) => {
      const moved = share(SHOPS ?? 80, { adSets: THREE_PAIRS, dailyMinor, days: 14 }, (run) =>
        run.said.some(({ suggestions }) =>
          suggestions.autonomousActions.some(({ action }) => action.kind === 'shift_budget'),
        ),
      );
      expect(moved).toBeLessThanOrEqual(0.05);
    },
  );
});

describe('two groups, one twice as good', () => {
  it('moves money towards the better one and hardly ever the other way', () => {
    let [right, wrong] = [0, 0];
    for (let seed = 0; seed < 40; seed += 1) {
      const slow = { ctr: 0.012, cvr: 0.04 };
      const quick = { ctr: 0.012, cvr: 0.08 };
      const run = runShop({
        adSets: [
          [slow, slow],
          [quick, quick],
        ],
        dailyMinor: 13_000,
        days: 28,
        seed,
      });
      const moves = run.said
        .flatMap(({ suggestions }) => suggestions.autonomousActions)
        .flatMap(({ action }) => (action.kind === 'shift_budget' ? action.moves : []));
      const gained = moves
        .filter((move) => move.adSetKey === 'adset-2')
        .map((move) => Number(move.to.minor) - Number(move.from.minor));
      if (gained.some((gain) => gain > 0)) right += 1;
      if (gained.some((gain) => gain < 0)) wrong += 1;
    }
    expect(right / 40).toBeGreaterThan(0.85);
    expect(wrong / 40).toBeLessThanOrEqual(0.05);
  });
});
