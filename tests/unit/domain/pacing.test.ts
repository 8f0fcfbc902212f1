import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthGuard, SHORTEST_RUN_DAYS } from '@/lib/domain/month-guard';
import { daysThatFit, exposureAfter, exposureOf, mostSpend } from '@/lib/domain/pacing';
import { addDays } from '@/lib/domain/time';

describe('the most a platform may spend', () => {
  it.each([
    [0, 0n],
    [1, 175n],
    [3, 525n],
    [4, 700n],
    [5, 875n],
    [7, 1_225n],
    [8, 1_400n],
    [11, 1_400n],
    [14, 1_925n],
    [28, 3_325n],
    [30, 3_500n],
    [31, 3_500n],
    [62, 6_650n],
  ])('over %i days is %i hundredths of a daily budget', (days, hundredths) => {
    expect(mostSpend(100n, days)).toBe(hundredths);
  });

  it('is rounded up, never down, and nothing costs nothing', () => {
    expect(mostSpend(1n, 1)).toBe(2n);
    expect(mostSpend(3n, 1)).toBe(6n);
    expect(mostSpend(0n, 31)).toBe(0n);
    expect(mostSpend(100n, -1)).toBe(0n);
    expect(mostSpend(-100n, 31)).toBe(0n);
  });

  it('is at least what any spender within 175 % a day and seven times a week really spends', () => {
    const days = fc.array(fc.integer({ min: 0, max: 175 }), { minLength: 1, maxLength: 62 });
    fc.assert(
      fc.property(days, fc.nat(6), fc.integer({ min: 1, max: 50_000 }), (wishes, weekday, daily) => {
        let [total, week] = [0, 0];
        wishes.forEach((wish, index) => {
          if ((index + weekday) % 7 === 0) week = 0;
          const spent = Math.min(wish, 700 - week);
          week += spent;
          total += spent;
        });
        expect(mostSpend(BigInt(daily), wishes.length) * 100n).toBeGreaterThanOrEqual(BigInt(total) * BigInt(daily));
      }),
    );
  });

  it('never falls with more days or more money', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 60 }), (daily, days) => {
        expect(mostSpend(BigInt(daily), days + 1)).toBeGreaterThanOrEqual(mostSpend(BigInt(daily), days));
        expect(mostSpend(BigInt(daily + 1), days)).toBeGreaterThanOrEqual(mostSpend(BigInt(daily), days));
      }),
    );
  });

  it('finds the days that fit: one cent less than a day needs leaves that day out', () => {
    expect(daysThatFit(100n, 31, 3_500n)).toBe(31);
    expect(daysThatFit(100n, 31, 3_499n)).toBe(28);
    expect(daysThatFit(100n, 31, 175n)).toBe(1);
    expect(daysThatFit(100n, 31, 174n)).toBe(0);
    // More than free was spent already.
    expect(daysThatFit(100n, 31, -1n)).toBe(0);
    expect(daysThatFit(100n, 5, 10_000n)).toBe(5);
  });
});

describe('a change of budgets in the middle of a month', () => {
  const before = { baseMinor: 0n, dailyMinor: 1_000n, daysLeft: 20 };

  it('counts today with the larger budget and what is behind at its most, unless it is known', () => {
    const change = { before, daysBehind: 4, spentBehindMinor: null, raisedMinor: 500n, dailyMinor: 1_500n };
    expect(exposureAfter(change)).toEqual({ baseMinor: 7_000n + 2_625n, dailyMinor: 1_500n, daysLeft: 15 });
    expect(exposureAfter({ ...change, spentBehindMinor: 3_999n }).baseMinor).toBe(3_999n + 2_625n);
    // Somebody raised a budget at the platform: what was spent was spent, whatever ours would have allowed.
    expect(exposureAfter({ ...change, spentBehindMinor: 9_000n }).baseMinor).toBe(9_000n + 2_625n);
    expect(exposureAfter({ ...change, leastBehindMinor: 9_000n }).baseMinor).toBe(9_000n + 2_625n);
    expect(exposureAfter({ ...change, leastBehindMinor: 6_999n }).baseMinor).toBe(7_000n + 2_625n);
  });

  it('with money moved at the same sum costs the moved part once more today, and nothing is forgotten', () => {
    const moved = exposureAfter({
      before,
      daysBehind: 0,
      spentBehindMinor: null,
      raisedMinor: 200n,
      dailyMinor: 1_000n,
    });
    expect(moved.baseMinor).toBe(2_100n);
    expect(exposureOf(moved)).toBe(2_100n + mostSpend(1_000n, 19));
  });
});

describe('the guard at the platform', () => {
  const asked = {
    dailyMinor: 1_000n,
    fromDay: '2026-11-21',
    monthEnd: '2026-12-01',
    baseMinor: 0n,
    mostMinor: 30_000n,
    minCapMinor: 10_000n,
  };

  it('is a cap at what the month may cost, and no more than is free', () => {
    expect(monthGuard(asked)).toEqual({
      kind: 'cap',
      capMinor: 14_000n,
      committedMinor: 14_000n,
      untilDay: '2026-12-01',
    });
    expect(monthGuard({ ...asked, mostMinor: 12_000n })).toMatchObject({ kind: 'cap', capMinor: 12_000n });
  });

  it('is an end date where the platform takes no cap that small, one cent below its minimum', () => {
    expect(monthGuard({ ...asked, minCapMinor: 14_000n }).kind).toBe('cap');
    expect(monthGuard({ ...asked, minCapMinor: 14_001n })).toEqual({
      kind: 'end',
      committedMinor: 14_000n,
      untilDay: '2026-12-01',
    });
    expect(monthGuard({ ...asked, minCapMinor: null }).kind).toBe('end');
    expect(monthGuard({ ...asked, minCapMinor: null, mostMinor: 13_999n })).toMatchObject({ untilDay: '2026-11-28' });
  });

  it('counts what is behind, and lets ads run two days at least', () => {
    expect(SHORTEST_RUN_DAYS).toBe(2);
    const later = { ...asked, baseMinor: 5_000n, minCapMinor: null };
    expect(monthGuard({ ...later, mostMinor: 18_999n })).toMatchObject({
      untilDay: '2026-11-28',
      committedMinor: 17_250n,
    });
    expect(monthGuard({ ...later, mostMinor: 5_001n })).toMatchObject({
      untilDay: '2026-11-23',
      committedMinor: 8_500n,
    });
    expect(monthGuard({ ...later, minCapMinor: 0n })).toMatchObject({ kind: 'cap', capMinor: 19_000n });
    // On the day the month is over nothing more is to come.
    const over = { ...later, fromDay: '2026-12-01', minCapMinor: 0n };
    expect(monthGuard(over)).toMatchObject({ kind: 'cap', capMinor: 5_000n });
  });

  it('never lets more be spent than was free, however little that was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: SHORTEST_RUN_DAYS, max: 31 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.option(fc.integer({ min: 0, max: 20_000 })),
        (daily, days, most, minCap) => {
          const mostMinor = BigInt(most);
          if (mostSpend(BigInt(daily), SHORTEST_RUN_DAYS) > mostMinor) return;
          const guard = monthGuard({
            dailyMinor: BigInt(daily),
            fromDay: '2026-12-01',
            monthEnd: addDays('2026-12-01', days),
            baseMinor: 0n,
            mostMinor,
            minCapMinor: minCap === null ? null : BigInt(minCap),
          });
          expect(guard.committedMinor).toBeLessThanOrEqual(mostMinor);
          expect(guard.untilDay <= addDays('2026-12-01', days)).toBe(true);
        },
      ),
    );
  });
});
