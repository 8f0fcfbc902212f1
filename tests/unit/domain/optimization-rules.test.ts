import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SuggestedAction } from '../../../lib/domain/action';
import { wholeMoves, withinSteps } from '../../../lib/domain/optimization/best-split';
import {
  EVIDENCE_ALTERNATIVE_KEYS,
  EVIDENCE_FACT_KEYS,
  EVIDENCE_WOULD_CHANGE_KEYS,
  RULE_IDS,
} from '../../../lib/domain/optimization/evidence-keys';
import type {
  AdDay,
  AdSetState,
  AdState,
  OptimizationEvidence,
  Suggestions,
} from '../../../lib/domain/optimization/types';
import { addDays } from '../../../lib/domain/time';
import { evaluatePerformance } from '../../../lib/optimization';

const TODAY = '2026-11-02';
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const snapshot = {
  day: '2026-11-01',
  currency: 'EUR',
  spendMinor: 1n,
  impressions: 1,
  clicks: 0,
  landingPageViews: null,
  results: 0,
  valueMinor: null,
};
const campaign = { id: 'c', status: 'ACTIVE', currency: 'EUR' } as const;

/** An ad that did the same every day for `days` days up to yesterday. */
function ad(key: string, daily: Partial<AdDay>, days = 28, change: Partial<AdState> = {}): AdState {
  const since = addDays(TODAY, -days);
  const rows = Array.from(
    { length: days },
    (_, index): AdDay => ({
      day: addDays(since, index),
      spendMinor: 1000n,
      impressions: 800,
      clicks: 10,
      landingPageViews: null,
      results: 1,
      valueMinor: null,
      ...daily,
    }),
  );
  return { key, status: 'delivering', creativeSince: since, pausedOn: null, reserveKey: null, days: rows, ...change };
}

function evidence(
  ads: AdState[],
  change: Partial<OptimizationEvidence> = {},
  adSet: Partial<AdSetState> = {},
): OptimizationEvidence {
  return {
    today: TODAY,
    dataThrough: addDays(TODAY, -1),
    lastDecidedOn: null,
    seed: 7,
    goal: 'LEADS',
    resultValue: null,
    marginPercent: null,
    projection: null,
    minDailyBudget: eur(100),
    alarm: false,
    pastActions: [],
    envelope: {
      monthlyCeiling: eur(200_000),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 2,
    },
    adSets: [{ key: 'adset-1', dailyBudget: eur(3000), ads, reserves: ['reserve-1'], ...adSet }],
    ...change,
  };
}

const decide = (given: OptimizationEvidence) => evaluatePerformance(snapshot, null, campaign, given);
const kinds = (said: Suggestions) =>
  [...said.autonomousActions, ...said.approvalActions].map(({ action }) => action.kind);
const fact = (said: SuggestedAction, key: string) => said.evidence.facts.find((one) => one.key === key)?.value;

const good = (key: string, days?: number) => ad(key, {}, days);
const bad = (key: string, days?: number, change?: Partial<AdState>) => ad(key, { clicks: 2, results: 0 }, days, change);
const promise = (low: number, high: number) => ({
  days: 30,
  reach: { low: 1, high: 2 },
  clicks: { low: 1, high: 2 },
  results: { low: 1, high: 9 },
  costPerResult: { low: eur(low), high: eur(high) },
  basis: { kind: 'similar-shops' as const },
});

describe('evaluatePerformance', () => {
  it('does nothing with three arguments, whatever the numbers', () => {
    expect(evaluatePerformance(snapshot, snapshot, campaign)).toEqual({ autonomousActions: [], approvalActions: [] });
  });

  it('does nothing for a campaign that is not live, on stale numbers, under an alarm, or twice a day', () => {
    const given = evidence([good('ad-1'), bad('ad-2'), good('ad-3')]);
    expect(kinds(decide(given))).toEqual(['pause_ad']);
    expect(kinds(evaluatePerformance(snapshot, null, { ...campaign, status: 'PAUSED' }, given))).toEqual([]);
    expect(kinds(decide({ ...given, dataThrough: addDays(TODAY, -2) }))).toEqual([]);
    expect(kinds(decide({ ...given, alarm: true }))).toEqual([]);
    expect(kinds(decide({ ...given, lastDecidedOn: TODAY }))).toEqual([]);
    expect(kinds(decide({ ...given, supported: ['swap_creative'] }))).toEqual([]);
  });

  it('is a pure function: same evidence and seed, same answer', () => {
    const given = evidence([good('ad-1'), bad('ad-2')]);
    expect(decide(given)).toEqual(decide(structuredClone(given)));
  });
});

describe('pause-bad-ad', () => {
  it('pauses the bad one of three and stores the numbers it saw', () => {
    const [said] = decide(evidence([good('ad-1'), bad('ad-2'), good('ad-3')])).autonomousActions;
    expect(said!.action).toEqual({ kind: 'pause_ad', adKey: 'ad-2' });
    expect(fact(said!, 'ad_clicks')).toBe(56);
    expect(fact(said!, 'best_ad_clicks')).toBe(280);
    expect(fact(said!, 'ad_spend')).toEqual(eur(28_000));
    expect(said!.evidence.confidence).toBeGreaterThanOrEqual(0.95);
    expect(said!.evidence).toMatchObject({ rule: 'pause-bad-ad', until: '2026-11-01' });
  });

  it('never pauses the last delivering ad, nor leaves a group dark', () => {
    expect(kinds(decide(evidence([bad('ad-1')])))).toEqual([]);
    expect(kinds(decide(evidence([bad('ad-1'), ad('ad-2', {}, 28, { status: 'paused' })])))).toEqual([]);
  });

  it('waits until two days and enough clicks were bought', () => {
    const day = { impressions: 8000, clicks: 100, results: 10 };
    const worse = { impressions: 8000, clicks: 15, results: 0 };
    expect(kinds(decide(evidence([ad('ad-1', day, 1), ad('ad-2', worse, 1)])))).toEqual([]);
    expect(kinds(decide(evidence([ad('ad-1', day, 3), ad('ad-2', worse, 3)])))).toEqual(['pause_ad']);
    expect(
      kinds(decide(evidence([ad('ad-1', { clicks: 2, results: 0 }, 5), ad('ad-2', { clicks: 0, results: 0 }, 5)]))),
    ).toEqual([]);
  });

  it('spares an ad with few clicks that brings the results', () => {
    const quiet = ad('ad-2', { clicks: 4, results: 3 });
    expect(kinds(decide(evidence([good('ad-1'), quiet, good('ad-3')])))).not.toContain('pause_ad');
  });

  it('does not take results that are not yet reported for results that failed', () => {
    const young = (clicks: number) => ad('ad-2', { clicks, results: 0 }, 3);
    expect(kinds(decide(evidence([ad('ad-1', { clicks: 10, results: 0 }, 3), young(9)])))).toEqual([]);
  });

  it('does not repeat itself within the cooldown, nor for four weeks after the owner took it back', () => {
    const given = (outcome: 'done' | 'undone' | 'declined' | 'open', age: number) =>
      evidence([good('ad-1'), bad('ad-2', 40), good('ad-3')], {
        pastActions: [{ kind: 'pause_ad', subjects: ['ad-2'], day: addDays(TODAY, -age), outcome }],
      });
    expect(kinds(decide(given('done', 1)))).toEqual([]);
    expect(kinds(decide(given('done', 2)))).toEqual(['pause_ad']);
    expect(kinds(decide(given('undone', 27)))).toEqual([]);
    expect(kinds(decide(given('undone', 28)))).toEqual(['pause_ad']);
    expect(kinds(decide(given('open', 20)))).toEqual([]);
  });

  it('decides by clicks alone where nothing is counted, and says so', () => {
    const [said] = decide(
      evidence([ad('ad-1', { results: null }), ad('ad-2', { clicks: 2, results: null })], { goal: 'TRAFFIC' }),
    ).autonomousActions;
    expect(fact(said!, 'clicks_only')).toBe(1);
    expect(fact(said!, 'ad_results')).toBeUndefined();
  });
});

describe('after a pause', () => {
  const paused = (change: Partial<AdState> = {}) =>
    bad('ad-2', 28, { status: 'paused_by_us', pausedOn: addDays(TODAY, -2), ...change });

  it('puts in the first reserve a day later, then switches the ad on the day after', () => {
    const [swap] = decide(evidence([good('ad-1'), paused(), good('ad-3')])).autonomousActions;
    expect(swap!.action).toEqual({ kind: 'swap_creative', adKey: 'ad-2', reserveKey: 'reserve-1' });
    const swapped = paused({ reserveKey: 'reserve-1', creativeSince: addDays(TODAY, -1) });
    const [resume] = decide(evidence([good('ad-1'), swapped, good('ad-3')], {}, { reserves: [] })).autonomousActions;
    expect(resume!.action).toEqual({ kind: 'resume_ad', adKey: 'ad-2' });
    expect(resume!.evidence.rule).toBe('resume-with-reserve');
  });

  it('swaps nothing on the day of the pause, without a reserve, without permission, or after a failure', () => {
    const ads = [good('ad-1'), paused(), good('ad-3')];
    expect(kinds(decide(evidence([good('ad-1'), paused({ pausedOn: TODAY }), good('ad-3')])))).toEqual([]);
    expect(kinds(decide(evidence(ads, {}, { reserves: [] })))).toEqual([]);
    expect(kinds(decide(evidence(ads, { envelope: { ...evidence([]).envelope, maySwapInReserves: false } })))).toEqual(
      [],
    );
    expect(
      kinds(
        decide(
          evidence(ads, {
            pastActions: [{ kind: 'swap_creative', subjects: ['ad-2'], day: addDays(TODAY, -1), outcome: 'failed' }],
          }),
        ),
      ),
    ).toEqual([]);
  });

  it('takes the pause back, once, when late results speak for the ad; never what the owner paused', () => {
    const rescued = ad('ad-2', { results: 2 }, 28, { status: 'paused_by_us', pausedOn: addDays(TODAY, -4) });
    const given = evidence([good('ad-1'), rescued, good('ad-3')]);
    const [said] = decide(given).autonomousActions;
    expect(said!.evidence.rule).toBe('rescue-ad');
    expect(
      kinds(decide(evidence([good('ad-1'), { ...rescued, status: 'paused', pausedOn: null }, good('ad-3')]))),
    ).toEqual([]);
    const again = {
      ...given,
      pastActions: [
        { kind: 'resume_ad' as const, subjects: ['ad-2'], day: addDays(TODAY, -3), outcome: 'done' as const },
      ],
    };
    expect(decide(again).autonomousActions[0]?.evidence.rule).not.toBe('rescue-ad');
  });
});

describe('raise-budget', () => {
  const ads = [good('ad-1'), good('ad-2'), good('ad-3')];

  it('asks for a fifth more after 14 mature days within the promised cost, never does it alone', () => {
    const said = decide(evidence(ads, { projection: promise(500, 2000) }));
    expect(said.autonomousActions).toEqual([]);
    expect(said.approvalActions[0]!.action).toEqual({
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(3000),
      to: eur(3600),
    });
    expect(fact(said.approvalActions[0]!, 'results_looked_at')).toBe(42);
    expect(said.approvalActions[0]!.evidence.wouldChange).toContain('owner_names_value');
  });

  it('is silent when dearer than promised, too young, without a promise, or when the budget is not even used', () => {
    expect(kinds(decide(evidence(ads, { projection: promise(300, 700) })))).not.toContain('set_ad_set_budget');
    expect(
      kinds(
        decide(
          evidence(
            [good('ad-1', 19), good('ad-2', 19)],
            { projection: promise(500, 2000) },
            { dailyBudget: eur(2000) },
          ),
        ),
      ),
    ).toEqual([]);
    expect(kinds(decide(evidence(ads)))).toEqual([]);
    expect(kinds(decide(evidence(ads, { projection: promise(500, 2000) }, { dailyBudget: eur(4000) })))).toEqual([]);
  });

  it('with value and margin asks only where one more euro brings back more than itself', () => {
    const worth = (minor: number) =>
      decide(evidence(ads, { goal: 'SALES', resultValue: eur(minor), marginPercent: 50 }));
    expect(kinds(worth(5000))).toEqual(['set_ad_set_budget']);
    expect(worth(5000).approvalActions[0]!.evidence.facts.map((one) => one.key)).toContain('break_even_cost');
    expect(kinds(worth(2200))).toEqual([]);
  });

  it('does not take a lead for a customer', () => {
    expect(kinds(decide(evidence(ads, { resultValue: eur(5000), marginPercent: 50 })))).toEqual([]);
  });

  it('says which monthly limit the raise needs, and leaves it out where the limit holds it', () => {
    const envelope = { ...evidence([]).envelope, monthlyCeiling: eur(93_000) };
    const [said] = decide(evidence(ads, { projection: promise(500, 2000), envelope })).approvalActions;
    expect(said!.action).toMatchObject({ newMonthlyCeiling: eur(111_600) });
  });

  it('does not ask again while a card waits, nor for four weeks after a no', () => {
    const asked = (outcome: 'open' | 'declined', age: number) =>
      decide(
        evidence(ads, {
          projection: promise(500, 2000),
          pastActions: [{ kind: 'set_ad_set_budget', subjects: ['adset-1'], day: addDays(TODAY, -age), outcome }],
        }),
      );
    expect(kinds(asked('open', 1))).toEqual([]);
    expect(kinds(asked('declined', 27))).toEqual([]);
    expect(kinds(asked('declined', 28))).toEqual(['set_ad_set_budget']);
  });
});

describe('spending less', () => {
  const dear = [ad('ad-1', { results: 0, clicks: 10 }), ad('ad-2', { results: 0, clicks: 10 })];

  it('asks to pause the campaign only when far outside, and to spend less when it merely loses', () => {
    expect(kinds(decide(evidence(dear, { projection: promise(500, 2000) }, { dailyBudget: eur(2000) })))).toEqual([
      'pause_campaign',
    ]);
    // 10.00 a result with 8.00 at break-even loses money, but not twice over.
    const losing = decide(
      evidence([good('ad-1'), good('ad-2'), good('ad-3')], {
        goal: 'SALES',
        resultValue: eur(1400),
        marginPercent: 50,
      }),
    );
    expect(losing.approvalActions[0]!.action).toMatchObject({ kind: 'set_ad_set_budget', to: eur(2400) });
    expect(losing.approvalActions[0]!.evidence.rule).toBe('lower-budget');
  });

  it('stays silent on a promise that is merely missed', () => {
    expect(
      kinds(
        decide(evidence([good('ad-1'), good('ad-2')], { projection: promise(400, 900) }, { dailyBudget: eur(2000) })),
      ),
    ).toEqual([]);
  });
});

describe('stop-loss', () => {
  it('pauses an ad without one result once its money should have brought 3.9, if it is also worse than its group', () => {
    const empty = ad('ad-2', { clicks: 7, results: 0 }, 28);
    const given = (value: number) =>
      evidence([good('ad-1'), empty, good('ad-3')], { goal: 'SALES', resultValue: eur(value), marginPercent: 100 });
    expect(decide(given(1500)).autonomousActions[0]?.action).toEqual({ kind: 'pause_ad', adKey: 'ad-2' });
    expect(
      kinds(
        decide(evidence([good('ad-1'), good('ad-2')], { goal: 'SALES', resultValue: eur(1500), marginPercent: 100 })),
      ),
    ).not.toContain('pause_ad');
  });
});

describe('moves between groups', () => {
  it('conserves the sum to the unit, keeps steps and floors, whatever is wanted', () => {
    const budgets = fc.array(
      fc.tuple(fc.integer({ min: 300, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true })),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(budgets, (parts) => {
        const now = parts.map(([minor]) => minor);
        const total = now.reduce((sum, minor) => sum + minor, 0);
        const weight = parts.reduce((sum, [, share]) => sum + share, 0.001);
        const next = withinSteps(
          now,
          parts.map(([, share]) => (total * share) / weight),
          0.2,
          300,
        );
        const moves = wholeMoves(now.map(BigInt), next);
        expect(moves.reduce((sum, move) => sum + move, 0n)).toBe(0n);
        for (const [index, move] of moves.entries()) {
          expect(Math.abs(Number(move)) * 100).toBeLessThanOrEqual(now[index]! * 20 + 0.001);
          expect(now[index]! + Number(move)).toBeGreaterThanOrEqual(300);
        }
      }),
    );
  });
});

describe('evidence', () => {
  it('uses only keys that words can say, for every rule and any numbers', () => {
    const anyAd = fc.record({
      clicks: fc.nat(30),
      results: fc.option(fc.nat(6)),
      days: fc.integer({ min: 1, max: 40 }),
      paused: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(anyAd, { minLength: 1, maxLength: 4 }),
        fc.option(fc.integer({ min: 100, max: 20_000 })),
        (ads, value) => {
          const made = ads.map((one, index) =>
            ad(
              `ad-${index}`,
              { clicks: one.clicks, results: one.results },
              one.days,
              one.paused ? { status: 'paused_by_us', pausedOn: addDays(TODAY, -3) } : {},
            ),
          );
          const said = decide(
            evidence(made, {
              goal: value ? 'SALES' : 'LEADS',
              projection: promise(500, 2000),
              resultValue: value ? eur(value) : null,
              marginPercent: value ? 60 : null,
            }),
          );
          const delivering = made.filter((one) => one.status === 'delivering').length;
          expect(said.autonomousActions.filter(({ action }) => action.kind === 'pause_ad').length).toBeLessThan(
            Math.max(1, delivering),
          );
          for (const { evidence: why } of [...said.autonomousActions, ...said.approvalActions]) {
            expect(RULE_IDS).toContain(why.rule);
            for (const { key } of why.facts) expect(EVIDENCE_FACT_KEYS).toContain(key);
            for (const key of why.alternatives) expect(EVIDENCE_ALTERNATIVE_KEYS).toContain(key);
            for (const key of why.wouldChange) expect(EVIDENCE_WOULD_CHANGE_KEYS).toContain(key);
            expect(why.since <= why.until).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
