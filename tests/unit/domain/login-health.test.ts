import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loginEnd, mayRenew, reminderDue } from '@/lib/domain/login-health';

const DAY = 86_400_000;
const now = new Date('2026-11-21T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * DAY);

describe('the end of a login', () => {
  test('is whichever comes first, and never where nothing ends', () => {
    expect(loginEnd({ tokenExpiresAt: inDays(60), dataAccessExpiresAt: inDays(40) })).toEqual(inDays(40));
    expect(loginEnd({ tokenExpiresAt: null, dataAccessExpiresAt: inDays(40) })).toEqual(inDays(40));
    expect(loginEnd({ tokenExpiresAt: null, dataAccessExpiresAt: null })).toBeNull();
  });

  test('a longer life is asked for below thirty days, at most weekly, never for an ended token', () => {
    const ask = (days: number, renewed: number | null) =>
      mayRenew({ tokenExpiresAt: inDays(days), renewedAt: renewed === null ? null : inDays(-renewed), now });
    expect([ask(31, null), ask(29, null), ask(29, 3), ask(29, 7), ask(0, null), ask(-1, null)]).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(mayRenew({ tokenExpiresAt: null, renewedAt: null, now })).toBe(false);
  });
});

test('looking daily, or rarely, nobody is reminded twice of the same thing nor after the end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 1, max: 70, noNaN: true }),
      (gaps, life) => {
        const endsAt = inDays(life);
        let [at, remindedDays] = [0, null as number | null];
        const said: number[] = [];
        for (const gap of gaps) {
          at += gap;
          const due = reminderDue({ endsAt, remindedDays, now: inDays(at) });
          if (due === null) continue;
          expect(life - at).toBeGreaterThan(0);
          expect(life - at).toBeLessThanOrEqual(due);
          said.push(due);
          remindedDays = due;
        }
        expect([[], [10], [3], [10, 3]]).toContainEqual(said);
      },
    ),
  );
});
