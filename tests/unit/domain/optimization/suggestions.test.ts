import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptimizerDecision } from '../../../../lib/domain/optimization/optimizer/types';
import { presetDecisions } from '../../../../lib/domain/optimization/preset-decisions';
import type { AdDay, AdSetState, AdState, OptimizationEvidence } from '../../../../lib/domain/optimization/types';
import { addDays } from '../../../../lib/domain/time';
import { evaluatePerformance } from '../../../../lib/optimization';
import { explainEvidence } from '../../../../lib/words/en/evidence';

const TODAY = '2026-11-20';
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const DAY = { spendMinor: 1000n, impressions: 2000, clicks: 40, landingPageViews: null, results: 2, valueMinor: null };

function ad(key: string, daily: Partial<AdDay> = {}, change: Partial<AdState> = {}): AdState {
  const days = Array.from({ length: 12 }, (_, at) => ({ ...DAY, day: addDays(TODAY, at - 12), ...daily }));
  return {
    key,
    status: 'delivering',
    creativeSince: days[0]?.day ?? TODAY,
    pausedOn: null,
    reserveKey: null,
    days,
    ...change,
  };
}
const group = (key: string, ads: AdState[], minor = 3000): AdSetState => ({
  key,
  dailyBudget: eur(minor),
  ads,
  reserves: [`${key}-reserve`],
});

function evidence(adSets: AdSetState[], change: Partial<OptimizationEvidence> = {}): OptimizationEvidence {
  return {
    today: TODAY,
    dataThrough: addDays(TODAY, -1),
    lastDecidedOn: null,
    seed: 1,
    goal: 'LEADS',
    resultValue: null,
    marginPercent: null,
    projection: null,
    envelope: {
      monthlyCeiling: eur(300_000),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 3,
    },
    adSets,
    pastActions: [],
    minDailyBudget: eur(100),
    alarm: false,
    decisions: [],
    ...change,
  };
}
const snapshot = { ...DAY, day: addDays(TODAY, -1), currency: 'EUR' };
const decide = (given: OptimizationEvidence) =>
  evaluatePerformance(snapshot, null, { id: 'c', status: 'ACTIVE', currency: 'EUR' }, given);
const said = (action: OptimizerDecision['action'], reason = 'pause-bad-ad'): OptimizerDecision => ({
  action,
  reason,
  chance: 0.99,
  gain: 0.12,
});
const pauseBad = said({ kind: 'pause_ad', adKey: 'bad' });
const two = () => [group('one', [ad('good'), ad('bad', { clicks: 8, results: 0 })])];

describe('what the step decided', () => {
  it('becomes the action with what was counted of the ad and of the best beside it', () => {
    const [action] = decide(evidence(two(), { decisions: [pauseBad] })).autonomousActions;
    expect(action).toMatchObject({ action: { kind: 'pause_ad', adKey: 'bad' }, evidence: { confidence: 0.99 } });
    expect(action?.evidence.facts).toContainEqual({ key: 'ad_clicks', value: 96, subject: 'bad' });
    expect(action?.evidence.facts).toContainEqual({ key: 'best_ad_clicks', value: 480, subject: 'good' });
  });

  it('nothing decided is nothing done, however bad an ad looks', () => {
    expect(decide(evidence(two())).autonomousActions).toEqual([]);
  });

  it('an ad hardly anybody clicks, which would take the step months, is judged by what an average ad would have had', () => {
    const groups = [group('one', [ad('good'), ad('fair', { clicks: 36 }), ad('ignored', { clicks: 2, results: 0 })])];
    expect(decide(evidence(groups)).autonomousActions).toMatchObject([
      { action: { kind: 'pause_ad', adKey: 'ignored' } },
    ]);
    const young = groups.map((one) => ({
      ...one,
      ads: one.ads.map((each) => ({ ...each, days: each.days.slice(-1), creativeSince: addDays(TODAY, -1) })),
    }));
    expect(decide(evidence(young)).autonomousActions).toEqual([]);
  });

  it('is not said again while a card waits, after a no, under an alarm, or of an ad that is being compared', () => {
    const past = (outcome: 'open' | 'declined') => [
      { kind: 'pause_ad' as const, subjects: ['bad'], day: addDays(TODAY, -2), outcome },
    ];
    for (const change of [
      { pastActions: past('open') },
      { pastActions: past('declined') },
      { alarm: true },
      { heldAds: ['bad'] },
    ])
      expect(decide(evidence(two(), { decisions: [pauseBad], ...change })).autonomousActions).toEqual([]);
  });

  it('a tired ad is swapped for the next approved reserve, and left where there is none', () => {
    const tired = said({ kind: 'replace_creative', adKey: 'good' }, 'tired-creative');
    expect(decide(evidence(two(), { decisions: [tired] })).autonomousActions).toMatchObject([
      { action: { kind: 'swap_creative', adKey: 'good', reserveKey: 'one-reserve' } },
    ]);
    const empty = two().map((one) => ({ ...one, reserves: [] }));
    expect(decide(evidence(empty, { decisions: [tired] })).autonomousActions).toEqual([]);
  });

  it('budgets are one move whose sum is unchanged to the cent, whatever rounding left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 500, max: 50_000 }), fc.double({ min: 0.8, max: 1.2, noNaN: true })), {
          minLength: 2,
          maxLength: 6,
        }),
        (parts) => {
          const adSets = parts.map(([minor], at) => group(`s${at}`, [ad(`a${at}`)], minor));
          const decisions = parts.map(([minor, factor], at) =>
            said(
              { kind: 'set_budget', adSetKey: `s${at}`, dailyBudgetMinor: Math.floor(minor * factor) },
              'marginal-return',
            ),
          );
          for (const { action } of decide(evidence(adSets, { decisions })).autonomousActions) {
            if (action.kind !== 'shift_budget') throw new Error(action.kind);
            const sum = (of: 'from' | 'to') => action.moves.reduce((all, move) => all + BigInt(move[of].minor), 0n);
            expect(sum('to')).toBe(sum('from'));
            for (const move of action.moves) expect(BigInt(move.to.minor)).toBeGreaterThan(0n);
          }
        },
      ),
    );
  });
});

describe('an owner’s rules of thumb', () => {
  const few = () => [group('one', [ad('good'), ad('ignored', { clicks: 4 })])];
  const withThumb = (change: Partial<OptimizationEvidence['envelope']>) => {
    const plain = evidence(few());
    return { ...plain, envelope: { ...plain.envelope, ...change } };
  };

  it('are off: the thresholds alone change nothing', () => {
    expect(presetDecisions(evidence(few(), { frequency: 9 }))).toEqual([]);
  });

  it('switched on, each does what it says and is explained as the owner’s own rule', () => {
    const [pause] = decide(withThumb({ literalClickRate: true })).autonomousActions;
    expect(pause).toMatchObject({ action: { kind: 'pause_ad', adKey: 'ignored' }, evidence: { confidence: 1 } });
    if (!pause) throw new Error('nothing');
    expect(explainEvidence(pause.evidence, 'en').because).toContain('You switched on the rule');
    expect(pause.evidence.facts.map(({ key }) => key)).not.toContain('chance_clearly_worse');
    const [swap] = decide({ ...withThumb({ literalFrequency: true }), frequency: 3.4 }).autonomousActions;
    expect(swap).toMatchObject({ action: { kind: 'swap_creative' }, evidence: { rule: 'thumb-frequency' } });
  });

  it('the money moves from the group that did worst yesterday to the best, and never the total', () => {
    const groups = [group('one', [ad('a', { valueMinor: 5000n })]), group('two', [ad('b', { valueMinor: 900n })])];
    const plain = evidence(groups);
    const [move] = decide({ ...plain, envelope: { ...plain.envelope, literalShift: true } }).autonomousActions;
    expect(move).toMatchObject({
      action: {
        kind: 'shift_budget',
        moves: [
          { adSetKey: 'one', to: eur(3600) },
          { adSetKey: 'two', to: eur(2400) },
        ],
      },
      evidence: { rule: 'thumb-shift' },
    });
  });
});
