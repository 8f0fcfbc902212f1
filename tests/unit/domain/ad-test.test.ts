import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CampaignAction, movesOf } from '@/lib/domain/action';
import type { AdTestTerms } from '@/lib/domain/ad-test';
import { decideDay } from '@/lib/domain/optimization/decide-day';
import { areEqualBudgets, planAdTest, standingOfAdTest } from '@/lib/domain/optimization/experiments/ad-test';
import type { AdDay, AdSetState, OptimizationEvidence } from '@/lib/domain/optimization/types';
import { judge, type PolicyInput } from '@/lib/domain/policy';
import { randomFrom } from '@/lib/domain/statistics/random';
import { addDays } from '@/lib/domain/time';
import { inverseOf, undoStateOf } from '@/lib/domain/undo';
import { actionSchema } from '@/lib/services/mutations/action-schema';
import { equalMoves } from '@/lib/services/wishes/equal-budgets';

const eur = (minor: number | bigint) => ({ minor: String(minor), currency: 'EUR' });
const groups: AdTestTerms = {
  id: '0b6d2c1e-6a3f-4c57-9d5e-2f3a4b5c6d7e',
  level: 'adset',
  drawnBy: 'platform',
  arms: ['adset-1', 'adset-2'],
  adSetKey: null,
  measure: 'clicks',
  question: null,
  seesPercent: 30,
  days: 10,
  answerBy: '2026-12-05',
  sizing: { detectableLift: 0.2, baseRate: 0.01, exposurePerDay: 4000 },
  moves: [
    { adSetKey: 'adset-1', from: eur(2500), to: eur(2000) },
    { adSetKey: 'adset-2', from: eur(1500), to: eur(2000) },
  ],
};
const ads: AdTestTerms = { ...groups, level: 'ad', adSetKey: 'adset-1', arms: ['ad-1', 'ad-2'], moves: [] };
const start = (test: AdTestTerms): CampaignAction => ({ kind: 'start_test', test });
const owner = { type: 'owner', role: 'owner' } as const;

function ruling(
  action: CampaignAction,
  {
    actor = { type: 'engine' },
    running = [] as AdTestTerms[],
    stopped = false,
  }: Partial<Pick<PolicyInput, 'actor'>> & { running?: AdTestTerms[]; stopped?: boolean } = {},
) {
  return judge({
    action,
    actor,
    envelope: {
      monthlyCeiling: eur(300_000),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 5,
    },
    today: { changesMade: 0 },
    campaign: {
      dailyBudgetsMinor: { 'adset-1': 2500n, 'adset-2': 1500n },
      monthSpentMinor: 0n,
      daysLeftInMonth: 15,
    },
    facts: {
      confidence: 1,
      deliveringAds: 3,
      alarm: false,
      pausedByUs: false,
      reserveApproved: true,
      dataFresh: true,
      hoursSinceLastChange: null,
      stopped,
      runningTests: running,
    },
  });
}

describe('a comparison before the one judgement', () => {
  it('is never begun without a press, and by a press once at a time', () => {
    for (const test of [ads, groups]) {
      expect(ruling(start(test))).toMatchObject({ answer: 'ask', reasons: ['starts_test'] });
      expect(ruling(start(test), { actor: owner })).toMatchObject({ answer: 'allow' });
      expect(ruling(start(test), { actor: owner, running: [ads] })).toMatchObject({ reasons: ['test_runs'] });
      expect(ruling(start(test), { actor: owner, stopped: true })).toMatchObject({ reasons: ['stopped_by_owner'] });
    }
  });

  it('moves budgets only from where they stand, and never one cent more of them', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 4000n), fc.bigInt(1n, 4000n), (one, other) => {
        const moves = [
          { adSetKey: 'adset-1', from: eur(2500), to: eur(one) },
          { adSetKey: 'adset-2', from: eur(1500), to: eur(other) },
        ];
        const { answer } = ruling(start({ ...groups, moves }), { actor: owner });
        const isSame = one + other === 4000n && one !== 2500n && other !== 1500n;
        expect(answer).toBe(isSame ? 'allow' : 'refuse');
      }),
    );
    const stale = [{ adSetKey: 'adset-1', from: eur(2400), to: eur(2000) }];
    expect(ruling(start({ ...groups, moves: stale }), { actor: owner })).toMatchObject({
      reasons: ['budget_out_of_date'],
    });
  });

  it('keeps the engine from the budgets it holds equal; a person may still move them, and a stop always may', () => {
    const shift: CampaignAction = {
      kind: 'shift_budget',
      moves: [
        { adSetKey: 'adset-1', from: eur(2500), to: eur(2300) },
        { adSetKey: 'adset-2', from: eur(1500), to: eur(1700) },
      ],
    };
    const lower: CampaignAction = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(2500), to: eur(1500) };
    const raise: CampaignAction = { ...lower, to: eur(2600) };
    expect(ruling(shift)).toMatchObject({ answer: 'allow' });
    expect(ruling(shift, { running: [groups] })).toMatchObject({ answer: 'refuse', reasons: ['test_runs'] });
    expect(ruling(raise, { running: [groups] })).toMatchObject({ answer: 'refuse', reasons: ['test_runs'] });
    expect(ruling(shift, { running: [groups], actor: owner })).toMatchObject({ answer: 'allow' });
    expect(ruling(lower, { running: [groups] })).toMatchObject({ answer: 'ask' });
    expect(ruling(shift, { running: [ads] })).toMatchObject({ answer: 'allow' });
  });

  it('is ended by Undo with the budgets as they were, once, and only while it runs', () => {
    const undo = inverseOf(start(groups));
    expect(undo).toMatchObject({ kind: 'end_test', moves: [{ from: eur(2000), to: eur(2500) }, { to: eur(1500) }] });
    expect(undo && inverseOf(undo)).toBeNull();
    const ended = { state: 'DONE', undoOfId: null, executedAt: new Date(0) };
    expect(undoStateOf({ ...ended, kind: 'end_test' }, new Date(1))).toBe('none');
    const end: CampaignAction = { kind: 'end_test', test: ads, moves: [] };
    const by = { type: 'undo', role: 'owner' } as const;
    expect(ruling(end, { actor: by, running: [ads] })).toMatchObject({ answer: 'allow' });
    expect(ruling(end, { actor: by })).toMatchObject({ answer: 'refuse', reasons: ['nothing_changes'] });
    expect(ruling(end, { running: [ads] })).toMatchObject({ answer: 'allow', reasons: ['test_over'] });
  });

  it('the gate knows no test of ads drawn by lot, with budgets, or with an arm twice', () => {
    const takes = (test: object) => actionSchema.safeParse({ kind: 'start_test', test }).success;
    expect([takes(ads), takes(groups)]).toEqual([true, true]);
    expect(takes({ ...ads, drawnBy: 'lot' })).toBe(false);
    expect(takes({ ...ads, moves: groups.moves })).toBe(false);
    expect(takes({ ...groups, arms: ['adset-1', 'adset-1'] })).toBe(false);
    expect(takes({ ...groups, arms: ['adset-1', 'adset-2', 'adset-3'] })).toBe(false);
    expect(takes({ ...groups, moves: [{ adSetKey: 'adset-9', from: eur(1), to: eur(2) }] })).toBe(false);
  });
});

describe('equal budgets', () => {
  it('keep the sum to the cent, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 1_000_000 }), fc.integer({ min: 200, max: 1_000_000 }), (one, other) => {
        const moves = equalMoves({ key: 'a', dailyBudget: eur(one) }, { key: 'b', dailyBudget: eur(other) }) ?? [];
        const [a, b] = moves.map(({ to }) => BigInt(to.minor));
        expect((a ?? 0n) + (b ?? 0n)).toBe(BigInt(one + other));
        expect(areEqualBudgets(a ?? 0n, b ?? 0n)).toBe(true);
        expect(movesOf(start({ ...groups, moves }))).toEqual(moves);
      }),
    );
  });
});

const FIRST = '2026-11-01';
/** Two groups of two ads each for `days` days, the same money each; `rates`: clicks per minor unit of money. */
function market(seed: number, days: number, rates: readonly number[], minor = 2000): OptimizationEvidence {
  const random = randomFrom(seed);
  const adSets = rates.map((rate, group): AdSetState => {
    // A group's day costs a tenth more or less than the other's for no reason of its own.
    const prices = Array.from({ length: days }, () => Math.exp(0.1 * random.normal()));
    const ads = [1, 2].map((ad) => ({
      key: `ad-${group * 2 + ad}`,
      status: 'delivering' as const,
      creativeSince: FIRST,
      pausedOn: null,
      reserveKey: null,
      days: prices.map((price, day): AdDay => {
        const clicks = random.poisson((rate * minor) / 2 / price);
        return {
          day: addDays(FIRST, day),
          spendMinor: BigInt(minor / 2),
          impressions: clicks * 70,
          clicks,
          landingPageViews: null,
          results: null,
          valueMinor: null,
        };
      }),
    }));
    return { key: `adset-${group + 1}`, dailyBudget: eur(minor), ads, reserves: [] };
  });
  return {
    today: addDays(FIRST, days + 1),
    dataThrough: addDays(FIRST, days),
    lastDecidedOn: null,
    seed,
    goal: 'TRAFFIC',
    resultValue: null,
    marginPercent: null,
    projection: null,
    envelope: {
      monthlyCeiling: eur(300_000),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 5,
    },
    adSets,
    pastActions: [],
    minDailyBudget: eur(100),
    alarm: false,
  };
}
const standing = (evidence: OptimizationEvidence, days: number, seed = 1) =>
  standingOfAdTest(evidence, {
    level: 'adset',
    adSetKey: null,
    arms: ['adset-1', 'adset-2'],
    measure: 'clicks',
    startedOn: FIRST,
    endsOn: addDays(FIRST, days),
    seed,
  });

describe('a comparison of groups', () => {
  it('looked at every day, calls a winner among equal groups at most one time in twenty', () => {
    const runs = 150;
    let won = 0;
    for (let seed = 0; seed < runs; seed += 1)
      if (standing(market(seed, 28, [0.02, 0.02]), 28, seed).state === 'WON') won += 1;
    expect(won / runs).toBeLessThanOrEqual(0.05);
  }, 60_000);

  it('sees the difference it was sized for four times out of five', () => {
    const past = market(1, 14, [0.02, 0.02]);
    const answer = planAdTest(past, { level: 'adset' });
    if ('refused' in answer) throw new Error(answer.refused);
    const { days } = answer.plan;
    expect(answer.plan).toMatchObject({
      level: 'adset',
      adSetKey: null,
      arms: ['adset-1', 'adset-2'],
      measure: 'clicks',
    });
    const runs = 150;
    let seen = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      const { state, verdict } = standing(market(seed + 5000, days, [0.02, 0.026]), days, seed);
      if (state === 'WON' && verdict?.leader === 1) seen += 1;
    }
    expect(seen / runs).toBeGreaterThanOrEqual(0.8);
  }, 60_000);

  it('takes two groups that run, and refuses one that could see nothing', () => {
    const one = market(1, 14, [0.02]);
    expect(planAdTest(one, { level: 'adset' })).toEqual({ refused: 'needs_two_groups', days: null });
    const tiny = market(1, 14, [0.0005, 0.0005], 400);
    const refused = planAdTest(tiny, { level: 'adset' });
    expect(refused).toMatchObject({ refused: expect.stringMatching(/too_small_to_see|nothing_comes_in/) });
  });

  it('ends without a conclusion where the budgets are no longer the same or a group is off', () => {
    const fair = market(3, 5, [0.02, 0.02]);
    expect(standing(fair, 10)).toMatchObject({ state: 'RUNNING', cause: null });
    const [one, other] = fair.adSets;
    if (!one || !other) throw new Error('no groups');
    expect(standing({ ...fair, adSets: [one, { ...other, dailyBudget: eur(2600) }] }, 10)).toMatchObject({
      state: 'CANCELLED',
      cause: 'budgets_changed',
    });
    expect(standing({ ...fair, adSets: [one, { ...other, isPaused: true }] }, 10)).toMatchObject({
      state: 'CANCELLED',
      cause: 'arm_gone',
    });
  });

  it('keeps the daily engine from moving the money it holds equal', () => {
    const uneven = market(4, 21, [0.03, 0.006]);
    const withResults: OptimizationEvidence = {
      ...uneven,
      goal: 'LEADS',
      today: addDays(FIRST, 21),
      dataThrough: addDays(FIRST, 20),
      adSets: uneven.adSets.map((adSet) => ({
        ...adSet,
        ads: adSet.ads.map((ad) => ({
          ...ad,
          days: ad.days.map((day) => ({ ...day, results: Math.round(day.clicks / 8) })),
        })),
      })),
    };
    const moved = (given: OptimizationEvidence) => decideDay(given).autonomousActions.map(({ action }) => action.kind);
    expect(moved(withResults)).toContain('shift_budget');
    expect(moved({ ...withResults, heldAdSets: ['adset-2'] })).not.toContain('shift_budget');
  });
});
