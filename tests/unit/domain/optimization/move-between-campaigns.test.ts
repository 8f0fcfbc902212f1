import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, movedMinor, sidesOf } from '@/lib/domain/campaign-move';
import { type CampaignEvidence, moveBetweenCampaigns } from '@/lib/domain/optimization/rules/move-between-campaigns';
import type { AdDay, OptimizationEvidence, PastAction } from '@/lib/domain/optimization/types';
import { randomFrom } from '@/lib/domain/statistics/random';
import { addDays } from '@/lib/domain/time';

const TODAY = '2026-11-21';
const DAYS = 28;
type Shop = {
  id: string;
  /** Daily budget of each ad set, minor units. */
  budgets: number[];
  /** What one result costs on average, minor units. */
  cost: number;
  seed?: number;
  days?: number;
  /** Share of its budget that is really spent. */
  used?: number;
  evidence?: Partial<OptimizationEvidence>;
};

/** A campaign with results that arrive by chance, as often as their cost says. */
function shop({ id, budgets, cost, seed = 1, days = DAYS, used = 1, evidence = {} }: Shop): CampaignEvidence {
  const random = randomFrom(seed);
  const rows = (budget: number): AdDay[] =>
    Array.from({ length: days }, (_, index) => {
      const spend = Math.round(budget * used);
      return {
        day: addDays(TODAY, index - days),
        spendMinor: BigInt(spend),
        impressions: 4_000,
        clicks: random.poisson(spend / 25),
        landingPageViews: null,
        results: random.poisson(spend / cost),
        valueMinor: null,
      };
    });
  return {
    campaignId: id,
    name: id,
    evidence: {
      today: TODAY,
      dataThrough: addDays(TODAY, -1),
      lastDecidedOn: null,
      seed,
      goal: 'LEADS',
      resultValue: null,
      marginPercent: null,
      projection: null,
      minDailyBudget: { minor: '100', currency: 'EUR' },
      alarm: false,
      pastActions: [],
      envelope: {
        monthlyCeiling: { minor: '900000', currency: 'EUR' },
        mayPauseBadAds: true,
        maySwapInReserves: true,
        maxShiftPercent: 20,
        maxChangesPerDay: 2,
      },
      adSets: budgets.map((budget, index) => ({
        key: `adset-${index + 1}`,
        dailyBudget: { minor: String(budget), currency: 'EUR' },
        reserves: [],
        ads: [
          {
            key: `ad-${index + 1}`,
            status: 'delivering',
            creativeSince: addDays(TODAY, -days),
            pausedOn: null,
            reserveKey: null,
            days: rows(budget),
          },
        ],
      })),
      ...evidence,
    },
  };
}
const dear = (more: Partial<Shop> = {}) => shop({ id: 'dear', budgets: [3_000], cost: 3_000, seed: 3, ...more });
const cheap = (more: Partial<Shop> = {}) => shop({ id: 'cheap', budgets: [3_000], cost: 750, seed: 4, ...more });
const past = (kind: PastAction['kind'], daysAgo: number, outcome: PastAction['outcome'] = 'done'): PastAction => ({
  kind,
  subjects: [],
  day: addDays(TODAY, -daysAgo),
  outcome,
});

describe('money between campaigns', () => {
  it('goes from where a result is dear to where it is cheap, one step, and says why', () => {
    const said = moveBetweenCampaigns([dear(), cheap()]);
    expect(said?.campaignId).toBe('dear');
    const { action, evidence } = said?.suggestion ?? {};
    if (action?.kind !== 'shift_campaigns') throw new Error('no move');
    expect(sidesOf(action, 'dear')?.taker.campaignId).toBe('cheap');
    expect(movedMinor(action)).toBe(600n);
    expect(evidence).toMatchObject({ rule: 'move-between-campaigns', alternatives: ['split_as_it_is', 'wait_longer'] });
    expect(evidence?.confidence).toBeGreaterThanOrEqual(0.85);
    expect(evidence?.facts.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['giver_cost_per_result', 'taker_cost_per_result', 'money_moved', 'chance_move_pays']),
    );
    // The order in which they are named decides nothing.
    expect(moveBetweenCampaigns([cheap(), dear()])).toEqual(said);
  });

  it('conserves the sum, keeps floors and steps, and never touches a third, whatever the campaigns are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            budgets: fc.array(fc.integer({ min: 100, max: 50_000 }), { minLength: 1, maxLength: 3 }),
            cost: fc.integer({ min: 200, max: 9_000 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 1, max: 100_000 }),
        (shops, seed) => {
          const campaigns = shops.map((one, at) => shop({ ...one, id: `c${at}`, seed: seed + at }));
          const said = moveBetweenCampaigns(campaigns);
          if (!said) return;
          const { action } = said.suggestion;
          if (action.kind !== 'shift_campaigns') throw new Error('another kind');
          expect(campaigns.length).toBeGreaterThan(1);
          expect(changeOf(action.moves) + changeOf(action.other.moves)).toBe(0n);
          expect(sidesOf(action, said.campaignId)?.giver.campaignId).toBe(said.campaignId);
          for (const { from, to } of [...action.moves, ...action.other.moves]) {
            const [was, is] = [BigInt(from.minor), BigInt(to.minor)];
            expect((is > was ? is - was : was - is) * 100n).toBeLessThanOrEqual(was * 20n);
            expect(is).toBeGreaterThanOrEqual(100n);
          }
        },
      ),
      { numRuns: 150, seed: 20_261_121 },
    );
  });

  it('is silent with one campaign, however good or bad it is', () => {
    expect(moveBetweenCampaigns([dear()])).toBeNull();
    expect(moveBetweenCampaigns([cheap()])).toBeNull();
  });

  it.each([
    ['one of them is still learning', dear(), cheap({ days: 6 })],
    ['one of them was changed a moment ago', dear(), cheap({ evidence: { pastActions: [past('shift_budget', 2)] } })],
    ['one of them learns anew', dear({ evidence: { pastActions: [past('set_audience', 6)] } }), cheap()],
    ['an alarm is open', dear({ evidence: { alarm: true } }), cheap()],
    ['ads are being compared', dear(), cheap({ evidence: { heldAds: ['ad-1'] } })],
    ['the numbers are old', dear({ evidence: { dataThrough: addDays(TODAY, -3) } }), cheap()],
    ['they do not want the same', dear({ evidence: { goal: 'SALES' } }), cheap()],
    ['a card about it waits', dear({ evidence: { pastActions: [past('shift_campaigns', 1, 'open')] } }), cheap()],
    [
      'the owner said no lately',
      dear(),
      cheap({ evidence: { pastActions: [past('shift_campaigns', 20, 'declined')] } }),
    ],
    [
      'the owner took one back lately',
      dear({ evidence: { pastActions: [past('shift_campaigns', 20, 'undone')] } }),
      cheap(),
    ],
    ['the cheap one does not spend what it has', dear(), cheap({ used: 0.6 })],
    ['the dear one is at the least it may have', dear({ budgets: [100] }), cheap()],
    ['hardly anything was counted', dear({ cost: 60_000 }), cheap({ cost: 60_000 })],
  ])('is silent while %s', (_why, one: CampaignEvidence, other: CampaignEvidence) => {
    expect(moveBetweenCampaigns([one, other])).toBeNull();
  });

  it('moves again once the rest is over', () => {
    const rested = {
      evidence: {
        pastActions: [past('shift_budget', 3), past('set_audience', 7), past('shift_campaigns', 28, 'declined')],
      },
    };
    expect(moveBetweenCampaigns([dear(), cheap(rested)])).not.toBeNull();
  });

  it('counts the next money, not the average: a large campaign that is a little better takes from no small one', () => {
    // At the average both are the same; the large one has nothing cheap left to buy.
    const large = shop({ id: 'large', budgets: [40_000], cost: 1_000, seed: 5 });
    const small = shop({ id: 'small', budgets: [2_000], cost: 1_000, seed: 6 });
    expect(moveBetweenCampaigns([large, small])).toBeNull();
  });

  it('on equal campaigns at most 5 % of shops see a move', () => {
    let moved = 0;
    const shops = 400;
    for (let at = 0; at < shops; at += 1) {
      const same = (id: string, seed: number) => shop({ id, budgets: [2_000], cost: 1_200, seed });
      if (moveBetweenCampaigns([same('a', at * 2 + 1), same('b', at * 2 + 2)])) moved += 1;
    }
    expect(moved / shops).toBeLessThanOrEqual(0.05);
  });
});
