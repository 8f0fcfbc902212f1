import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignAction, Verdict } from '../../../lib/domain/action';
import type { Envelope } from '../../../lib/domain/plan';
import { judge, type PolicyInput, type PolicyReason } from '../../../lib/domain/policy';

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const envelope: Envelope = {
  monthlyCeiling: eur(93_000),
  mayPauseBadAds: true,
  maySwapInReserves: true,
  maxShiftPercent: 20,
  maxChangesPerDay: 2,
};

type Change = {
  action?: CampaignAction;
  envelope?: Partial<Envelope>;
  changesMade?: number;
  campaign?: Partial<PolicyInput['campaign']>;
  facts?: Partial<PolicyInput['facts']>;
  actor?: PolicyInput['actor'];
  mode?: PolicyInput['mode'];
};

const pauseAd: CampaignAction = { kind: 'pause_ad', adKey: 'ad-2' };
const swap: CampaignAction = { kind: 'swap_creative', adKey: 'ad-2', reserveKey: 'reserve-1' };
const raise = (to: number, newMonthlyCeiling?: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: 'adset-1',
  from: eur(1000),
  to: eur(to),
  ...(newMonthlyCeiling ? { newMonthlyCeiling: eur(newMonthlyCeiling) } : {}),
});
const shift = (amount: number, lost = 0): CampaignAction => ({
  kind: 'shift_budget',
  moves: [
    { adSetKey: 'adset-1', from: eur(1000), to: eur(1000 - amount) },
    { adSetKey: 'adset-2', from: eur(1000), to: eur(1000 + amount - lost) },
  ],
});

function ruling(change: Change = {}): Verdict {
  return judge({
    action: change.action ?? pauseAd,
    envelope: { ...envelope, ...change.envelope },
    today: { changesMade: change.changesMade ?? 0 },
    campaign: {
      dailyBudgetsMinor: { 'adset-1': 1000n, 'adset-2': 1000n },
      monthSpentMinor: 30_000n,
      daysLeftInMonth: 15,
      ...change.campaign,
    },
    actor: change.actor ?? { type: 'engine' },
    facts: {
      confidence: 0.97,
      deliveringAds: 3,
      alarm: false,
      pausedByUs: false,
      reserveApproved: true,
      dataFresh: true,
      hoursSinceLastChange: 72,
      stopped: false,
      ...change.facts,
    },
    ...(change.mode ? { mode: change.mode } : {}),
  });
}

const says = (verdict: Verdict, answer: Verdict['answer'], ...reasons: PolicyReason[]) => {
  expect(verdict.answer).toBe(answer);
  expect(verdict.reasons).toEqual(reasons);
};

describe('pausing an ad', () => {
  it('runs alone from 95 % confidence, not a hair below, and never on a feeling', () => {
    says(ruling({ facts: { confidence: 0.95 } }), 'allow', 'clearly_bad_ad');
    says(ruling({ facts: { confidence: 0.949999 } }), 'refuse', 'not_confident');
    says(ruling({ facts: { confidence: null } }), 'refuse', 'not_confident');
  });

  it('asks before the last delivering ad, not before the last but one', () => {
    says(ruling({ facts: { deliveringAds: 2 } }), 'allow', 'clearly_bad_ad');
    says(ruling({ facts: { deliveringAds: 1 } }), 'ask', 'last_delivering_ad');
  });

  it('asks where the envelope does not give it away', () => {
    says(ruling({ envelope: { mayPauseBadAds: false } }), 'ask', 'pausing_not_allowed_alone');
  });

  it('is held back neither by quota, stale data, cooldown nor the stop switch', () => {
    says(
      ruling({ changesMade: 99, facts: { dataFresh: false, hoursSinceLastChange: 0, stopped: true } }),
      'allow',
      'clearly_bad_ad',
    );
  });
});

describe('stopping', () => {
  it('asks before pausing a campaign without alarm and does it at once with one', () => {
    says(ruling({ action: { kind: 'pause_campaign' } }), 'ask', 'pauses_whole_campaign');
    says(
      ruling({ action: { kind: 'pause_campaign' }, facts: { alarm: true, stopped: true, dataFresh: false } }),
      'allow',
      'alarm_open',
    );
  });

  it('always obeys whoever may act and stops, and never someone who may only read', () => {
    for (const action of [pauseAd, { kind: 'pause_campaign' } as const, raise(500)]) {
      for (const role of ['owner', 'manager', 'client'] as const)
        says(ruling({ action, actor: { type: 'owner', role }, facts: { stopped: true } }), 'allow', 'owner_asked');
      says(ruling({ action, actor: { type: 'owner', role: 'analyst' } }), 'refuse', 'role_may_not');
    }
  });

  it('asks before spending less when nothing is wrong', () => {
    says(ruling({ action: raise(900) }), 'ask', 'lowers_spend');
  });
});

describe('swapping in a reserve', () => {
  it('runs alone for a creative the card showed, and asks for any other', () => {
    says(ruling({ action: swap }), 'allow', 'approved_reserve');
    says(ruling({ action: swap, facts: { reserveApproved: false } }), 'ask', 'reserve_not_approved');
    says(ruling({ action: swap, envelope: { maySwapInReserves: false } }), 'ask', 'swapping_not_allowed_alone');
  });

  it.each([
    [1, 'allow'],
    [2, 'refuse'],
    [3, 'refuse'],
  ] as const)('after %i changes today with a limit of two: %s', (changesMade, answer) => {
    expect(ruling({ action: swap, changesMade }).answer).toBe(answer);
  });

  it.each([
    [47, 'refuse'],
    [48, 'allow'],
    [49, 'allow'],
    [null, 'allow'],
  ] as const)('%s hours after the last change: %s', (hoursSinceLastChange, answer) => {
    expect(ruling({ action: swap, facts: { hoursSinceLastChange } }).answer).toBe(answer);
  });

  it('needs fresh numbers and no stop', () => {
    says(ruling({ action: swap, facts: { dataFresh: false } }), 'refuse', 'stale_data');
    says(ruling({ action: swap, facts: { stopped: true } }), 'refuse', 'stopped_by_owner');
  });
});

describe('resuming', () => {
  const resume: CampaignAction = { kind: 'resume_ad', adKey: 'ad-2' };
  it('runs alone only for what it paused itself, never into an alarm', () => {
    says(ruling({ action: resume, facts: { pausedByUs: true } }), 'allow', 'restores_own_pause');
    says(ruling({ action: resume }), 'ask', 'resumes_spend');
    says(ruling({ action: { kind: 'resume_campaign' } }), 'ask', 'resumes_spend');
    says(ruling({ action: resume, facts: { pausedByUs: true, alarm: true } }), 'refuse', 'alarm_open');
  });

  it('undoes its own pause without a card and nobody else’s', () => {
    const actor = { type: 'undo', role: 'owner' } as const;
    says(ruling({ action: resume, actor, facts: { pausedByUs: true } }), 'allow', 'restores_own_pause');
    says(ruling({ action: resume, actor }), 'ask', 'resumes_spend');
  });

  it('a campaign comes on again only where the month, the day and the week hold it, to the unit; an ad adds no budget', () => {
    const owner = { type: 'owner', role: 'owner' } as const;
    const at = (limits: Partial<Envelope>, action: CampaignAction = { kind: 'resume_campaign' }) =>
      ruling({ action, actor: owner, envelope: limits });
    // Spent 30,000 and 15 days of 2,000 to come.
    says(at({ monthlyCeiling: eur(60_000) }), 'allow', 'owner_asked');
    says(at({ monthlyCeiling: eur(59_999) }), 'refuse', 'above_ceiling');
    says(at({ dayCeiling: eur(3_500) }), 'allow', 'owner_asked');
    says(at({ dayCeiling: eur(3_499) }), 'refuse', 'above_day_limit');
    says(at({ weekCeiling: eur(14_000) }), 'allow', 'owner_asked');
    says(at({ weekCeiling: eur(13_999) }), 'refuse', 'above_week_limit');
    says(at({ monthlyCeiling: eur(1), dayCeiling: eur(1) }, resume), 'allow', 'owner_asked');
  });
});

describe('raising the total', () => {
  it('is a card for everyone, at any size: engine, owner and undo', () => {
    for (const actor of [
      { type: 'engine' },
      { type: 'owner', role: 'owner' },
      { type: 'undo', role: 'owner' },
    ] as const) {
      says(ruling({ action: raise(1001), actor, facts: { confidence: 1 } }), 'ask', 'raises_total');
    }
  });

  it('is high risk from one unit above 30 % of the total', () => {
    expect(ruling({ action: raise(1600) })).toMatchObject({ answer: 'ask', risk: 'normal' });
    expect(ruling({ action: raise(1601) })).toMatchObject({
      answer: 'ask',
      risk: 'high',
      reasons: ['raises_total', 'raises_much'],
    });
  });

  it('fits the month to the unit: spent 30,000 + 15 days of 2,200 = 63,000', () => {
    const at = (ceiling: number, reservedMinor = 0n) =>
      ruling({ action: raise(1200), envelope: { monthlyCeiling: eur(ceiling) }, campaign: { reservedMinor } });
    says(at(63_000), 'ask', 'raises_total');
    says(at(62_999), 'refuse', 'above_ceiling');
    says(at(63_001, 1n), 'ask', 'raises_total');
    says(at(63_000, 1n), 'refuse', 'above_ceiling');
  });

  it('may ask for a higher monthly limit on the same card when that limit holds the raise', () => {
    const tight = { monthlyCeiling: eur(62_000) };
    says(ruling({ action: raise(1200, 63_000), envelope: tight }), 'ask', 'raises_total', 'raises_ceiling');
    says(ruling({ action: raise(1200, 62_999), envelope: tight }), 'refuse', 'above_ceiling');
  });

  it('refuses what was made from an older budget, another currency or nothing', () => {
    says(ruling({ action: { ...raise(1200), from: eur(999) } as CampaignAction }), 'refuse', 'budget_out_of_date');
    says(
      ruling({ action: { ...raise(1200), to: { minor: '1200', currency: 'USD' } } as CampaignAction }),
      'refuse',
      'wrong_currency',
    );
    says(ruling({ action: { ...raise(1200), adSetKey: 'adset-9' } as CampaignAction }), 'refuse', 'unknown_ad_set');
    says(ruling({ action: raise(1000) }), 'refuse', 'nothing_changes');
    says(ruling({ action: raise(0) }), 'refuse', 'not_positive');
    says(ruling({ action: raise(1) }), 'ask', 'lowers_spend');
  });
});

describe('moving budget between ad sets', () => {
  it('runs alone up to 20 % of each, and asks one unit above', () => {
    says(ruling({ action: shift(199) }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(200) }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(201) }), 'ask', 'step_too_large');
  });

  it('is as large as it is for the smaller of the two, whichever way it goes', () => {
    const between = (from: number, to: number) =>
      ruling({
        action: {
          kind: 'shift_budget',
          moves: [
            { adSetKey: 'adset-1', from: eur(1000), to: eur(from) },
            { adSetKey: 'adset-2', from: eur(300), to: eur(to) },
          ],
        },
        campaign: { dailyBudgetsMinor: { 'adset-1': 1000n, 'adset-2': 300n } },
      });
    says(between(940, 360), 'allow', 'sum_unchanged');
    says(between(939, 361), 'ask', 'step_too_large');
    says(between(1060, 240), 'allow', 'sum_unchanged');
    says(between(1061, 239), 'ask', 'step_too_large');
  });

  it('counts into the week from its first unit, rounded up to a whole per cent', () => {
    const one = (dailyBudgets: [number, number], movedPercent7Days?: number) =>
      ruling({
        action: {
          kind: 'shift_budget',
          moves: [
            { adSetKey: 'adset-1', from: eur(dailyBudgets[0]), to: eur(dailyBudgets[0] - 1) },
            { adSetKey: 'adset-2', from: eur(dailyBudgets[1]), to: eur(dailyBudgets[1] + 1) },
          ],
        },
        campaign: { dailyBudgetsMinor: { 'adset-1': BigInt(dailyBudgets[0]), 'adset-2': BigInt(dailyBudgets[1]) } },
        facts: movedPercent7Days === undefined ? {} : { movedPercent7Days },
        envelope: movedPercent7Days === undefined ? { weekShiftPercent: 1 } : {},
      });
    says(one([1000, 1000], 59), 'allow', 'sum_unchanged');
    says(one([1000, 1000], 60), 'ask', 'week_limit_reached');
    // One of 99 is a little more than one per cent.
    says(one([50, 49], 58), 'allow', 'sum_unchanged');
    says(one([50, 49], 59), 'ask', 'week_limit_reached');
    // Nothing moved before counts as nothing.
    says(one([1000, 1000]), 'allow', 'sum_unchanged');
  });

  it('must keep the sum to the unit', () => {
    says(ruling({ action: shift(200, 1) }), 'refuse', 'sum_changes');
    says(ruling({ action: shift(200, -1) }), 'refuse', 'sum_changes');
  });

  it('asks while the envelope allows none, and once a week’s moves would pass 60 %', () => {
    says(ruling({ action: shift(100), envelope: { maxShiftPercent: 0 } }), 'ask', 'moving_not_allowed_alone');
    says(ruling({ action: shift(200), facts: { movedPercent7Days: 50 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(200), facts: { movedPercent7Days: 51 } }), 'ask', 'week_limit_reached');
  });

  it('needs 85 % confidence and no alarm', () => {
    says(ruling({ action: shift(100), facts: { confidence: 0.85 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(100), facts: { confidence: 0.8499 } }), 'refuse', 'not_confident');
    says(ruling({ action: shift(100), facts: { alarm: true } }), 'refuse', 'alarm_open');
  });
});

describe('who may take back, and who may stop', () => {
  const resume: CampaignAction = { kind: 'resume_ad', adKey: 'ad-2' };
  it('taking back is for those who lead; stopping also for a client, never for who only reads', () => {
    const undo = (role: 'manager' | 'client' | 'analyst') =>
      ruling({ action: resume, actor: { type: 'undo', role }, facts: { pausedByUs: true } }).answer;
    expect([undo('manager'), undo('client'), undo('analyst')]).toEqual(['allow', 'refuse', 'refuse']);
    const stop = (role: 'manager' | 'client' | 'analyst') =>
      ruling({ action: { kind: 'pause_campaign' }, actor: { type: 'undo', role } }).answer;
    expect([stop('manager'), stop('client'), stop('analyst')]).toEqual(['allow', 'allow', 'refuse']);
  });

  it('switching an ad back on alone needs the same leave as pausing it; a campaign does not', () => {
    const facts = { pausedByUs: true };
    const envelope = { mayPauseBadAds: false };
    says(ruling({ action: resume, facts, envelope }), 'ask', 'pausing_not_allowed_alone');
    says(ruling({ action: { kind: 'resume_campaign' }, facts, envelope }), 'allow', 'restores_own_pause');
    says(
      ruling({ action: resume, facts, envelope, actor: { type: 'undo', role: 'owner' } }),
      'allow',
      'restores_own_pause',
    );
  });

  it('a big raise with a higher limit says so, and moves the other way count the same', () => {
    const tight = { monthlyCeiling: eur(62_000) };
    expect(ruling({ action: raise(1700, 90_000), envelope: tight })).toMatchObject({
      risk: 'high',
      reasons: ['raises_total', 'raises_ceiling', 'raises_much'],
    });
    says(ruling({ action: shift(-200), envelope: { maxShiftPercent: 20 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(-201), envelope: { maxShiftPercent: 20 } }), 'ask', 'step_too_large');
    says(ruling({ action: shift(100), facts: { movedPercent7Days: 55 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(101), facts: { movedPercent7Days: 55 } }), 'ask', 'week_limit_reached');
  });
});

describe('the finer limits', () => {
  const shiftable = { envelope: { maxShiftPercent: 20 } };

  it.each([
    [21, 'allow'],
    [22, 'refuse'],
    [23, 'refuse'],
    [0, 'refuse'],
    [6, 'refuse'],
    [7, 'allow'],
    [8, 'allow'],
  ] as const)('quiet from 22 to 7, at %i o’clock nothing runs alone: %s', (ownerHour, answer) => {
    const envelope = { quietHours: { from: 22, until: 7 } };
    expect(ruling({ action: swap, envelope, facts: { ownerHour } }).answer).toBe(answer);
    expect(ruling({ action: shift(100), envelope, facts: { ownerHour } }).answer).toBe(answer);
    says(ruling({ envelope, facts: { ownerHour } }), 'allow', 'clearly_bad_ad');
  });

  it('quiet within one day, and never where both hours are the same', () => {
    const at = (ownerHour: number, quietHours: { from: number; until: number }) =>
      ruling({ action: swap, envelope: { quietHours }, facts: { ownerHour } }).answer;
    expect([8, 9, 16, 17].map((hour) => at(hour, { from: 9, until: 17 }))).toEqual([
      'allow',
      'refuse',
      'refuse',
      'allow',
    ]);
    expect(at(9, { from: 9, until: 9 })).toBe('allow');
    says(
      ruling({ action: swap, envelope: { quietHours: { from: 9, until: 17 } }, facts: { ownerHour: 12 } }),
      'refuse',
      'quiet_hours',
    );
  });

  it.each([
    [71, 'refuse'],
    [72, 'allow'],
    [73, 'allow'],
  ] as const)('rest of 72 hours, %i after the last change: %s', (hoursSinceLastChange, answer) => {
    expect(ruling({ action: swap, envelope: { cooldownHours: 72 }, facts: { hoursSinceLastChange } }).answer).toBe(
      answer,
    );
  });

  it('a week’s moves up to the owner’s own share, and one per cent above it asks', () => {
    const envelope = { ...shiftable.envelope, weekShiftPercent: 30 };
    says(ruling({ action: shift(200), envelope, facts: { movedPercent7Days: 19 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(200), envelope, facts: { movedPercent7Days: 20 } }), 'allow', 'sum_unchanged');
    says(ruling({ action: shift(200), envelope, facts: { movedPercent7Days: 21 } }), 'ask', 'week_limit_reached');
  });

  it('a raise up to the largest one, to the unit', () => {
    const envelope = { largestRaise: eur(200) };
    expect(ruling({ action: raise(1199), envelope }).answer).toBe('ask');
    expect(ruling({ action: raise(1200), envelope }).answer).toBe('ask');
    says(ruling({ action: raise(1201), envelope }), 'refuse', 'above_step_limit');
  });

  it('the dearest day of all campaigns together, to the unit: 175 % of 2,200 and 800', () => {
    const at = (limit: number) =>
      ruling({ action: raise(1200), envelope: { dayCeiling: eur(limit) }, campaign: { othersDailyMinor: 800n } });
    expect([at(5251).answer, at(5250).answer]).toEqual(['ask', 'ask']);
    says(at(5249), 'refuse', 'above_day_limit');
    const alone = (limit: number) => ruling({ action: raise(1200), envelope: { dayCeiling: eur(limit) } });
    expect(alone(3850).answer).toBe('ask');
    says(alone(3849), 'refuse', 'above_day_limit');
  });

  it('seven days of all campaigns together, to the unit', () => {
    const at = (limit: number) =>
      ruling({ action: raise(1200), envelope: { weekCeiling: eur(limit) }, campaign: { othersDailyMinor: 800n } });
    expect([at(21_001).answer, at(21_000).answer]).toEqual(['ask', 'ask']);
    says(at(20_999), 'refuse', 'above_week_limit');
  });

  it('several raises within a week are one big step together', () => {
    const raisedBefore = (raisedPercent7Days: number) => ruling({ action: raise(1200), facts: { raisedPercent7Days } });
    expect(raisedBefore(19)).toMatchObject({ risk: 'normal' });
    expect(raisedBefore(20)).toMatchObject({ risk: 'normal' });
    expect(raisedBefore(21)).toMatchObject({ risk: 'high' });
    expect(raisedBefore(500)).toMatchObject({ risk: 'high' });
  });

  it('watching only writes nothing of the engine’s, and still obeys a person', () => {
    const envelope = { mode: 'shadow' as const };
    says(ruling({ envelope }), 'shadow', 'clearly_bad_ad');
    says(ruling({ action: swap, envelope }), 'shadow', 'approved_reserve');
    says(ruling({ action: raise(1200), envelope }), 'shadow', 'raises_total');
    says(ruling({ envelope, actor: { type: 'owner', role: 'owner' } }), 'allow', 'owner_asked');
  });

  it('the platform’s own guard is renewed alone, and not while everything is stopped', () => {
    const renew: CampaignAction = { kind: 'renew_month_guard', month: '2026-12' };
    says(ruling({ action: renew }), 'allow', 'keeps_month_limit');
    says(ruling({ action: renew, facts: { stopped: true } }), 'refuse', 'stopped_by_owner');
  });
});

describe('invariants', () => {
  const anyMinor = fc.integer({ min: -10, max: 100_000 });
  const anyAction = fc.oneof(
    fc.constantFrom<CampaignAction>(
      pauseAd,
      swap,
      { kind: 'resume_ad', adKey: 'ad-2' },
      { kind: 'pause_campaign' },
      { kind: 'resume_campaign' },
    ),
    fc.tuple(anyMinor, anyMinor).map(([to, ceiling]) => raise(to, Math.max(1, ceiling))),
    fc
      .tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -5, max: 5 }))
      .map(([amount, lost]) => shift(amount, lost)),
  );
  const anyFacts = fc.record({
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    deliveringAds: fc.nat(4),
    alarm: fc.boolean(),
    pausedByUs: fc.boolean(),
    reserveApproved: fc.boolean(),
    dataFresh: fc.boolean(),
    hoursSinceLastChange: fc.option(fc.nat(100)),
    stopped: fc.boolean(),
  });
  const addsSpend = (action: CampaignAction) =>
    action.kind === 'set_ad_set_budget' && BigInt(action.to.minor) > BigInt(action.from.minor);

  it('never lets anything raise the total without a card, whatever the facts', () => {
    fc.assert(
      fc.property(anyAction, anyFacts, (action, facts) => {
        const verdict = ruling({ action, facts });
        if (verdict.answer === 'allow') expect(addsSpend(action)).toBe(false);
        if (action.kind === 'shift_budget' && verdict.answer === 'allow') {
          expect(action.moves.reduce((sum, move) => sum + BigInt(move.to.minor) - BigInt(move.from.minor), 0n)).toBe(
            0n,
          );
        }
        expect(verdict.reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes nothing in shadow mode and keeps the reasons', () => {
    fc.assert(
      fc.property(anyAction, anyFacts, (action, facts) => {
        const [acting, watching] = [ruling({ action, facts }), ruling({ action, facts, mode: 'shadow' })];
        expect(['shadow', 'refuse']).toContain(watching.answer);
        expect(watching.reasons).toEqual(acting.reasons);
      }),
    );
  });
});
