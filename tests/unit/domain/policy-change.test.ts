import { describe, expect, it } from 'vitest';
import type { Envelope } from '@/lib/domain/plan';
import { AUTONOMY_LEVELS, autonomyOf, changedFields, earnedLevel, policyRisk } from '@/lib/domain/policy-change';
import { DEFAULT_LIMITS, isQuietHour, limitsOf } from '@/lib/domain/policy-limits';

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const base: Envelope = {
  monthlyCeiling: eur(10_000),
  mayPauseBadAds: true,
  maySwapInReserves: false,
  maxShiftPercent: 0,
  maxChangesPerDay: 2,
};

describe('what a change of limits touches', () => {
  it('names exactly what differs, and a default said aloud is no difference', () => {
    expect(changedFields(base, base)).toEqual([]);
    expect(changedFields(base, { ...base, cooldownHours: 48, quietHours: null, mode: 'act' })).toEqual([]);
    expect(changedFields(base, { ...base, maxShiftPercent: 5, mode: 'shadow' })).toEqual(['mode', 'maxShiftPercent']);
    expect(changedFields(null, base)).toHaveLength(15);
  });

  it('is a big step from one unit above 30 % more money, or where a limit goes away', () => {
    const month = (minor: number) => policyRisk(base, { ...base, monthlyCeiling: eur(minor) });
    expect([month(9_000), month(12_999), month(13_000), month(13_001)]).toEqual(['normal', 'normal', 'normal', 'high']);
    const limited: Envelope = { ...base, dayCeiling: eur(1_000), weekCeiling: eur(5_000), largestRaise: eur(100) };
    expect(policyRisk(limited, { ...limited, dayCeiling: null })).toBe('high');
    expect(policyRisk(limited, { ...limited, weekCeiling: eur(6_501) })).toBe('high');
    expect(policyRisk(limited, { ...limited, largestRaise: eur(130) })).toBe('normal');
    expect(policyRisk(base, limited)).toBe('normal');
    expect(policyRisk(null, base)).toBe('normal');
  });
});

describe('how much may be done alone', () => {
  it('is one word', () => {
    expect(autonomyOf({ ...base, mode: 'shadow', maxShiftPercent: 20 })).toBe('watches');
    expect(autonomyOf({ ...base, mayPauseBadAds: false })).toBe('asks');
    expect(autonomyOf(base)).toBe('safe_steps');
    expect(autonomyOf({ ...base, mayPauseBadAds: false, maySwapInReserves: true })).toBe('safe_steps');
    expect(autonomyOf({ ...base, maxShiftPercent: 1 })).toBe('moves_money');
  });

  it('is earned by ten decisions over two weeks with at most one in ten taken back', () => {
    const record = { decisions: 10, takenBack: 1, days: 14 };
    expect(earnedLevel('safe_steps', record)).toBe('moves_money');
    expect(earnedLevel('asks', record)).toBe('safe_steps');
    expect(earnedLevel('watches', record)).toBe('asks');
    expect(earnedLevel('moves_money', record)).toBeNull();
    expect(earnedLevel('asks', { ...record, decisions: 9 })).toBeNull();
    expect(earnedLevel('asks', { ...record, days: 13 })).toBeNull();
    expect(earnedLevel('asks', { ...record, takenBack: 2 })).toBeNull();
    expect(earnedLevel('asks', { ...record, decisions: 9, takenBack: 0 })).toBeNull();
    expect(earnedLevel('asks', { ...record, days: 13, takenBack: 0 })).toBeNull();
    expect(earnedLevel('asks', { decisions: 100, takenBack: 10, days: 30 })).toBe('safe_steps');
    expect(earnedLevel('asks', { decisions: 100, takenBack: 11, days: 30 })).toBeNull();
    expect(earnedLevel('asks', { decisions: 20, takenBack: 2, days: 30 })).toBe('safe_steps');
    expect(AUTONOMY_LEVELS).toHaveLength(4);
  });
});

describe('limits that were left out', () => {
  it('have their defaults, and what was set stays', () => {
    expect(limitsOf(base)).toEqual({ ...base, ...DEFAULT_LIMITS });
    expect(DEFAULT_LIMITS).toEqual({
      cooldownHours: 48,
      weekShiftPercent: 60,
      quietHours: null,
      dayCeiling: null,
      weekCeiling: null,
      largestRaise: null,
      mode: 'act',
      literalClickRate: false,
      literalShift: false,
      literalFrequency: false,
    });
    expect(limitsOf({ ...base, cooldownHours: 72 }).cooldownHours).toBe(72);
  });

  it('quiet hours cross midnight, end before their last hour, and can be none', () => {
    const quiet = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
      isQuietHour(hour, { from: 22, until: 2 }),
    );
    expect(quiet).toEqual([0, 1, 22, 23]);
    expect([5, 6, 7, 8].map((hour) => isQuietHour(hour, { from: 6, until: 8 }))).toEqual([false, true, true, false]);
    expect(isQuietHour(3, null)).toBe(false);
    expect(isQuietHour(3, { from: 3, until: 3 })).toBe(false);
  });
});
