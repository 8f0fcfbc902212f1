import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money, moneyFromJson } from '../../../lib/domain/money';
import { dailyFromMonthly, spendShape } from '../../../lib/domain/spend-shape';

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'USD');
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });

describe('dailyFromMonthly', () => {
  it('never spends more than the month, even with 31 days, and leaves less than 31 units over', () => {
    fc.assert(
      fc.property(amounts, currencies, (minor, currency) => {
        const daily = dailyFromMonthly(money(minor, currency));
        expect(daily.minor * 31n).toBeLessThanOrEqual(minor);
        expect(minor - daily.minor * 31n).toBeLessThan(31n);
        expect(daily.currency).toBe(currency);
      }),
    );
  });

  it('does not turn 5000 yen into fifty', () => {
    expect(dailyFromMonthly(money(155_000, 'JPY'))).toEqual(money(5000, 'JPY'));
  });

  it('refuses a negative month', () => {
    expect(() => dailyFromMonthly(money(-1, 'EUR'))).toThrow(RangeError);
    expect(dailyFromMonthly(money(0, 'EUR'))).toEqual(money(0, 'EUR'));
  });
});

describe('spendShape', () => {
  it('shows 10.00 a day as 17.50 on the dearest day, 70.00 a week and 304.00 a month', () => {
    const shape = spendShape(money(1000, 'EUR'));
    expect([shape.day, shape.worstDay, shape.week, shape.month].map((part) => part.minor)).toEqual([
      '1000',
      '1750',
      '7000',
      '30400',
    ]);
  });

  it('never understates the dearest day and keeps day <= dearest day <= week <= month', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 10n }), currencies, (minor, currency) => {
        const shape = spendShape(money(minor, currency));
        const [day, worst, week, month] = [shape.day, shape.worstDay, shape.week, shape.month].map(
          (part) => moneyFromJson(part).minor,
        ) as [bigint, bigint, bigint, bigint];
        expect(worst * 100n).toBeGreaterThanOrEqual(day * 175n);
        expect((worst - 1n) * 100n).toBeLessThan(day * 175n);
        expect(day <= worst && worst <= week && week <= month).toBe(true);
      }),
    );
  });
});
