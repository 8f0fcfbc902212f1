import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pullWindow } from '@/lib/domain/pull-window';
import { addDays, daysBetween } from '@/lib/domain/time';

describe('the days asked for again', () => {
  it.each([
    [null, '2026-11-19', '2026-10-23', 'first'],
    ['2026-11-19', '2026-11-19', '2026-11-17', 'tick'],
    ['2026-11-18', '2026-11-19', '2026-11-12', 'day'],
    ['2026-11-22', '2026-11-23', '2026-10-27', 'week'],
    ['2026-11-09', '2026-11-12', '2026-11-05', 'day'],
  ] as const)('after a pull on %s, on %s: from %s (%s)', (previous, today, since, reason) => {
    expect(pullWindow({ previous, today })).toEqual({ since, until: today, reason });
  });

  it('never leave a day unread however long nothing was pulled, and always end today', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 120 }), (start, gap) => {
        const previous = addDays('2026-01-01', start);
        const today = addDays(previous, gap);
        const window = pullWindow({ previous, today });
        expect(window.until).toBe(today);
        expect(daysBetween(window.since, previous)).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('restate every day until it is 28 days old, at the latest once a week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 }), (start) => {
        const day = addDays('2026-01-01', start);
        let last = 0;
        for (let age = 0; age <= 35; age += 1) {
          const today = addDays(day, age);
          if (pullWindow({ previous: addDays(today, -1), today }).since <= day) last = age;
        }
        expect(last).toBeGreaterThanOrEqual(21);
      }),
    );
  });
});
