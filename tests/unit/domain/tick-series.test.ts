import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfTick, type Moment, pacingSlots, tickOf, tickSeries } from '@/lib/domain/tick-series';

const zone = 'Europe/Lisbon';
const moment = (at: string, day: string, spendMinor: number, rest: Partial<Moment> = {}): Moment => ({
  entityId: 'c1',
  day,
  at: new Date(at),
  spendMinor,
  impressions: spendMinor * 2,
  clicks: Math.floor(spendMinor / 20),
  landingPageViews: null,
  results: null,
  ...rest,
});

describe('ticks of the account day', () => {
  it('are six a day and begin at its midnight', () => {
    expect(tickOf('UTC', new Date('1970-01-01T00:00:00Z'))).toBe(0);
    expect(tickOf('UTC', new Date('1970-01-02T23:59:00Z'))).toBe(11);
    expect(tickOf('America/New_York', new Date('2026-11-18T05:00:00Z')) % 6).toBe(0);
    expect(dayOfTick(tickOf(zone, new Date('2026-11-18T13:00:00Z')))).toBe('2026-11-18');
  });
});

describe('the series', () => {
  it('puts what came between two looks into the tick between them', () => {
    const { points, tick } = tickSeries(
      [
        moment('2026-11-18T04:05:00Z', '2026-11-18', 100),
        moment('2026-11-18T08:05:00Z', '2026-11-18', 250),
        moment('2026-11-18T12:05:00Z', '2026-11-18', 600),
      ],
      { zone: 'UTC', now: new Date('2026-11-18T12:05:00Z') },
    );
    expect(points.map((point) => point.spendMinor)).toEqual([100, 150, 350]);
    expect(points.at(-1)?.tick).toBe(tick);
  });

  it('adds nothing and loses nothing, however the looks fell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 23 * 60 }), fc.nat(500)), { minLength: 1, maxLength: 8 }),
        (looks) => {
          let spent = 0;
          const moments = [...new Map(looks).entries()]
            .sort(([a], [b]) => a - b)
            .map(([minute, more]) => {
              spent += more;
              return moment(new Date(Date.UTC(2026, 10, 18, 0, minute)).toISOString(), '2026-11-18', spent);
            });
          const { points } = tickSeries(moments, { zone: 'UTC', now: new Date('2026-11-18T23:59:00Z') });
          expect(points.reduce((sum, point) => sum + point.spendMinor, 0)).toBe(spent);
          expect(points.every((point, index) => index === 0 || point.tick === (points[index - 1]?.tick ?? 0) + 1)).toBe(
            true,
          );
        },
      ),
    );
  });

  it('takes a day first seen after it ended, and a count that fell, for no arrival', () => {
    const { points } = tickSeries(
      [
        moment('2026-11-18T04:05:00Z', '2026-11-16', 900),
        moment('2026-11-18T04:05:00Z', '2026-11-18', 100),
        moment('2026-11-18T08:05:00Z', '2026-11-18', 80),
        moment('2026-11-18T12:05:00Z', '2026-11-18', 90),
      ],
      { zone: 'UTC', now: new Date('2026-11-18T12:05:00Z') },
    );
    expect(points.map((point) => point.spendMinor)).toEqual([100, 0, 10]);
  });

  it('counts a late result in the tick it arrived, and keeps unknown unknown', () => {
    const { points } = tickSeries(
      [
        moment('2026-11-17T22:05:00Z', '2026-11-17', 900, { results: 3 }),
        moment('2026-11-18T06:05:00Z', '2026-11-18', 100, { results: 0 }),
        moment('2026-11-18T10:05:00Z', '2026-11-17', 900, { results: 5 }),
      ],
      { zone: 'UTC', now: new Date('2026-11-18T10:05:00Z') },
    );
    expect(points.slice(6).reduce((sum, point) => sum + (point.results ?? 0), 0)).toBe(2);
    expect(points.every((point) => point.landingPageViews === null)).toBe(true);
  });

  it('says from when on numbers are missing where even quiet ticks bring some, and not on a small account', () => {
    const days = (perTick: number) =>
      Array.from({ length: 30 }, (_, at) => {
        const instant = new Date(Date.UTC(2026, 10, 10, 4 * (at + 1) - 1, 55));
        return moment(instant.toISOString(), instant.toISOString().slice(0, 10), perTick * ((at % 6) + 1));
      });
    const now = new Date('2026-11-15T12:05:00Z');
    const busy = tickSeries(days(100), { zone: 'UTC', now });
    expect(busy.tick - busy.completeThrough).toBeGreaterThanOrEqual(2);
    const small = tickSeries(days(5), { zone: 'UTC', now });
    expect(small.completeThrough).toBe(small.tick);
  });
});

describe('slots for pacing', () => {
  it('are six of every whole day but days of 23 and 25 hours, and those of today that have ended', () => {
    const looks = Array.from({ length: 24 * 6 }, (_, at) => {
      const instant = new Date(Date.UTC(2026, 9, 10, 4 * (at + 1) - 1, 30));
      const day = instant.toISOString().slice(0, 10);
      return moment(instant.toISOString(), day, 10 * ((at % 6) + 1));
    });
    const series = tickSeries(looks, { zone, now: new Date('2026-10-31T09:00:00Z') });
    const { past, today } = pacingSlots(series, { zone, today: '2026-10-31' });
    expect(past.every((day) => day.length === 6)).toBe(true);
    // 25 October 2026 has 25 hours in Lisbon; the 10th is the day watching began.
    expect(past).toHaveLength(20 - 1);
    expect(today.length).toBeLessThan(6);
  });
});
