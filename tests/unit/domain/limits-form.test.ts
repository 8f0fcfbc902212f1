import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeFromForm, type Limits, limitsForm } from '@/lib/domain/limits-form';
import { DEFAULT_LIMITS } from '@/lib/domain/policy-limits';

const eur = (minor: string) => ({ minor, currency: 'EUR' });
const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  monthlyCeiling: eur('90000'),
  mayPauseBadAds: true,
  maySwapInReserves: true,
  maxShiftPercent: 20,
  maxChangesPerDay: 3,
};
const typed = (change: Partial<ReturnType<typeof limitsForm>>, limits = LIMITS) =>
  changeFromForm({ ...limitsForm(limits), ...change }, limits);

describe('the boxes of the limits page', () => {
  it('left alone ask for nothing, whatever is in force', () => {
    const amount = fc.option(fc.integer({ min: 1, max: 10 ** 12 }).map((minor) => eur(String(minor))));
    const limits = fc.record({
      monthlyCeiling: fc.integer({ min: 1, max: 10 ** 12 }).map((minor) => eur(String(minor))),
      weekCeiling: amount,
      dayCeiling: amount,
      largestRaise: amount,
      mayPauseBadAds: fc.boolean(),
      maySwapInReserves: fc.boolean(),
      maxShiftPercent: fc.nat(20),
      weekShiftPercent: fc.nat(60),
      maxChangesPerDay: fc.nat(20),
      cooldownHours: fc.integer({ min: 24, max: 336 }),
      quietHours: fc.option(fc.record({ from: fc.nat(23), until: fc.nat(23) })),
      literalClickRate: fc.boolean(),
      literalShift: fc.boolean(),
      literalFrequency: fc.boolean(),
      mode: fc.constantFrom('act' as const, 'shadow' as const),
    });
    fc.assert(
      fc.property(limits, (some) => {
        expect(changeFromForm(limitsForm(some), some)).toEqual({ change: {}, problems: [] });
      }),
    );
  });

  it('ask for exactly what was changed', () => {
    expect(typed({ monthlyCeiling: '1200' }).change).toEqual({ monthlyCeiling: eur('120000') });
    expect(typed({ dayCeiling: '12,50' }).change).toEqual({ dayCeiling: eur('1250') });
    expect(typed({ dayCeiling: '' }, { ...LIMITS, dayCeiling: eur('1000') }).change).toEqual({ dayCeiling: null });
    expect(typed({ mayPauseBadAds: 'false', maxShiftPercent: '0' }).change).toEqual({
      mayPauseBadAds: false,
      maxShiftPercent: 0,
    });
    expect(typed({ quietHours: '22-7' }).change).toEqual({ quietHours: { from: 22, until: 7 } });
    expect(typed({ mode: 'shadow' }).change).toEqual({ mode: 'shadow' });
    expect(typed({ literalShift: 'true' }).change).toEqual({ literalShift: true });
    expect(typed({ monthlyCeiling: '900.00' }).change).toEqual({});
  });

  it('never guess an amount: letters, signs, thousands marks, nothing and a third decimal are asked again', () => {
    for (const text of ['abc', '-5', '1.200,00', '1,200', '12.345', '1e3', ''])
      expect(typed({ monthlyCeiling: text })).toEqual({
        change: {},
        problems: [{ field: 'monthlyCeiling', problem: 'not_money' }],
      });
    expect(typed({ monthlyCeiling: '0' }).problems).toEqual([{ field: 'monthlyCeiling', problem: 'zero' }]);
  });

  it('keep a currency without decimals whole', () => {
    const yen = { ...LIMITS, monthlyCeiling: { minor: '50000', currency: 'JPY' } };
    expect(limitsForm(yen).monthlyCeiling).toBe('50000');
    expect(typed({ monthlyCeiling: '60000' }, yen).change).toEqual({
      monthlyCeiling: { minor: '60000', currency: 'JPY' },
    });
    expect(typed({ monthlyCeiling: '60000.5' }, yen).problems.length).toBe(1);
  });
});
