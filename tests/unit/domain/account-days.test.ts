import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOfDay } from '@/lib/domain/account-month';
import { mostSpend } from '@/lib/domain/pacing';
import { instantAt } from '@/lib/domain/report-week';
import { addDays, dayIn, daysBetween } from '@/lib/domain/time';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Pacific/Auckland',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'UTC',
];
const HOUR = 3_600_000;
const zone = fc.constantFrom(...ZONES);
const day = fc.integer({ min: 0, max: 365 * 6 }).map((offset) => addDays('2024-01-01', offset));

describe('days of an account', () => {
  it('are 23, 24 or 25 hours, one after the other, and every moment lies in exactly one', () => {
    const lengths = new Set<number>();
    for (const where of ZONES) {
      let total = 0;
      for (let at = '2026-01-01'; at < '2027-01-01'; at = addDays(at, 1)) {
        const [start, end] = [instantAt(at, 0, where).getTime(), instantAt(addDays(at, 1), 0, where).getTime()];
        lengths.add((end - start) / HOUR);
        total += end - start;
        expect([where, at, dayIn(where, new Date(start))]).toEqual([where, at, at]);
        expect([where, at, dayIn(where, new Date(end - 1))]).toEqual([where, at, at]);
      }
      // A whole year loses no hour and counts none twice.
      expect([where, total / HOUR]).toEqual([where, 365 * 24]);
    }
    expect([...lengths].sort()).toEqual([23, 24, 25]);
  });

  it('fall into one month each, whose days left count down to its end by one', () => {
    fc.assert(
      fc.property(zone, day, fc.nat(25 * 60), (where, date, minutes) => {
        const instant = new Date(instantAt(date, 0, where).getTime() + minutes * 60_000);
        const today = dayIn(where, instant);
        const at = monthOfDay(today);
        expect(today.startsWith(at.month)).toBe(true);
        expect(at.end.endsWith('-01')).toBe(true);
        expect(at.daysLeft).toBe(daysBetween(today, at.end));
        expect(at.daysLeft).toBeGreaterThan(0);
        const tomorrow = monthOfDay(addDays(today, 1));
        if (tomorrow.month === at.month) expect(tomorrow.daysLeft).toBe(at.daysLeft - 1);
        else expect([tomorrow.today, at.daysLeft]).toEqual([at.end, 1]);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });

  it('of a month and of the next one share no moment: what is booked until an end begins nowhere again', () => {
    for (const where of ZONES)
      for (let month = monthOfDay('2026-01-15'); month.month < '2027-02'; month = monthOfDay(month.end)) {
        const turn = instantAt(month.end, 0, where).getTime();
        expect(dayIn(where, new Date(turn - 1)).slice(0, 7)).toBe(month.month);
        expect(dayIn(where, new Date(turn)).slice(0, 7)).toBe(monthOfDay(month.end).month);
        const first = instantAt(`${month.month}-01`, 0, where).getTime();
        const hours = (turn - first) / HOUR;
        expect(Math.abs(hours - daysBetween(`${month.month}-01`, month.end) * 24)).toBeLessThanOrEqual(1);
      }
  });

  it('split anywhere never cost less together than in one piece', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), fc.nat(31), fc.nat(31), (daily, before, after) => {
        const minor = BigInt(daily);
        expect(mostSpend(minor, before) + mostSpend(minor, after)).toBeGreaterThanOrEqual(
          mostSpend(minor, before + after),
        );
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });
});
