import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountWeek, instantAt, reportDueAt } from '@/lib/domain/report-week';
import { dayIn } from '@/lib/domain/time';

const ZONES = [
  'Europe/Lisbon',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'UTC',
  'Pacific/Kiritimati',
];

describe('a wall clock in a zone', () => {
  it.each([
    ['2026-03-29', 8, 'Europe/Lisbon', '2026-03-29T07:00:00.000Z'],
    ['2026-03-30', 0, 'Europe/Lisbon', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', 8, 'Europe/Lisbon', '2026-10-25T08:00:00.000Z'],
    ['2026-11-01', 8, 'America/New_York', '2026-11-01T13:00:00.000Z'],
    ['2026-11-23', 8, 'Asia/Kolkata', '2026-11-23T02:30:00.000Z'],
  ])('%s %i:00 in %s is %s, also on days of 23 and 25 hours', (day, hour, zone, instant) => {
    expect(instantAt(day, hour, zone).toISOString()).toBe(instant);
  });

  it('shows the wanted day at every instant it gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 3, max: 22 }),
        (zone, start, hour) => {
          const day = new Date(Date.UTC(2026, 0, 1 + start)).toISOString().slice(0, 10);
          expect(dayIn(zone, instantAt(day, hour, zone))).toBe(day);
        },
      ),
    );
  });
});

describe('when a week is reported', () => {
  it('is the owner’s Monday 08:00 where the account’s week ended before', () => {
    expect(
      reportDueAt({ monday: '2026-11-16', ownerZone: 'Europe/Lisbon', accountZone: 'Europe/Lisbon' }).toISOString(),
    ).toBe('2026-11-23T08:00:00.000Z');
  });

  it('waits for the account’s week where that ends later', () => {
    expect(
      reportDueAt({
        monday: '2026-11-16',
        ownerZone: 'Pacific/Auckland',
        accountZone: 'America/New_York',
      }).toISOString(),
    ).toBe('2026-11-23T09:00:00.000Z');
  });

  it('leaves room for one whole slot of pulling after the account’s week', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 60 }),
        (ownerZone, accountZone, weeks) => {
          const monday = new Date(Date.UTC(2026, 0, 5 + 7 * weeks)).toISOString().slice(0, 10);
          const due = reportDueAt({ monday, ownerZone, accountZone });
          const slot = Math.floor(due.getTime() / 14_400_000) * 14_400_000;
          const end = instantAt(
            new Date(Date.parse(monday) + 7 * 86_400_000).toISOString().slice(0, 10),
            0,
            accountZone,
          );
          expect(slot).toBeGreaterThanOrEqual(end.getTime());
          expect(accountWeek(due, accountZone) > monday).toBe(true);
        },
      ),
    );
  });
});
