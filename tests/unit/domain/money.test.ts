import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMoney,
  compareMoney,
  exponentOf,
  money,
  moneyFromDecimal,
  moneyFromJson,
  moneyToDecimal,
  moneyToJson,
  scaleMoney,
  splitMoney,
  subtractMoney,
} from '@/lib/domain/money';

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLP', 'TND', 'BRL');
const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const amount = fc.record({ minor, currency }).map((value) => money(value.minor, value.currency));

describe('money', () => {
  it('survives JSON and decimal text exactly, in every currency', () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(moneyFromJson(moneyToJson(value))).toEqual(value);
        expect(moneyFromDecimal(moneyToDecimal(value), value.currency)).toEqual(value);
      }),
    );
  });

  it('knows that 5000 yen are not 50.00', () => {
    expect(moneyToDecimal(money(5000n, 'JPY'))).toBe('5000');
    expect(moneyToDecimal(money(5000n, 'EUR'))).toBe('50.00');
    expect(moneyToDecimal(money(-5n, 'KWD'))).toBe('-0.005');
    expect(moneyToDecimal(money(0n, 'EUR'))).toBe('0.00');
    expect(exponentOf('XYZ')).toBe(2);
  });

  it('refuses what is not an exact amount', () => {
    for (const text of ['', '1,5', '1.234', '1e3', 'NaN', '--1', '1.']) {
      expect(() => moneyFromDecimal(text, 'EUR')).toThrow(RangeError);
    }
    expect(() => moneyFromDecimal('1.5', 'JPY')).toThrow(RangeError);
    expect(moneyFromDecimal('1.0', 'JPY').minor).toBe(1n);
    expect(() => money(1n, 'euro')).toThrow(RangeError);
  });

  it('adds and takes away without loss, and never mixes currencies', () => {
    fc.assert(
      fc.property(minor, minor, currency, (a, b, code) => {
        const [one, other] = [money(a, code), money(b, code)];
        expect(subtractMoney(addMoney(one, other), other)).toEqual(one);
        expect(Math.sign(compareMoney(one, other))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
    expect(() => addMoney(money(1n, 'EUR'), money(1n, 'USD'))).toThrow(RangeError);
    expect(() => compareMoney(money(1n, 'EUR'), money(1n, 'USD'))).toThrow(RangeError);
  });

  it('splits by weights so that the parts sum to the whole and none is off by more than one unit', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0n));
    fc.assert(
      fc.property(amount, weights, (value, list) => {
        const parts = splitMoney(value, list);
        const total = list.reduce((sum, weight) => sum + weight, 0n);
        expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(value.minor);
        parts.forEach((part, index) => {
          const off = part.minor * total - value.minor * (list[index] ?? 0n);
          expect(off < total && off > -total).toBe(true);
        });
      }),
    );
    expect(() => splitMoney(money(1n, 'EUR'), [])).toThrow(RangeError);
    expect(() => splitMoney(money(1n, 'EUR'), [0n])).toThrow(RangeError);
    expect(() => splitMoney(money(1n, 'EUR'), [2n, -1n])).toThrow(RangeError);
  });

  it('scales towards zero, so that a limit is never rounded up', () => {
    expect(scaleMoney(money(999n, 'EUR'), 175n, 100n).minor).toBe(1748n);
    expect(scaleMoney(money(7n, 'EUR'), 1n, 1n).minor).toBe(7n);
    expect(() => scaleMoney(money(1n, 'EUR'), 1n, 0n)).toThrow(RangeError);
  });
});

describe('the table of decimals', () => {
  it('is ISO 4217’s, currency by currency, and two where it names none', () => {
    const three = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];
    const none = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
    expect(three.map(exponentOf)).toEqual(three.map(() => 3));
    expect(none.map(exponentOf)).toEqual(none.map(() => 0));
    expect(['CLF', 'EUR', 'USD', 'HUF', 'TWD'].map(exponentOf)).toEqual([4, 2, 2, 2, 2]);
  });

  it('orders amounts by one, minus one and nought', () => {
    const eur = (minor: bigint) => money(minor, 'EUR');
    expect([compareMoney(eur(1n), eur(2n)), compareMoney(eur(2n), eur(1n)), compareMoney(eur(2n), eur(2n))]).toEqual([
      -1, 1, 0,
    ]);
  });

  it('gives what is left over to the largest remainders, and to the earlier part where they are equal', () => {
    const split = (minor: bigint, weights: bigint[]) =>
      splitMoney(money(minor, 'EUR'), weights).map((part) => part.minor);
    expect(split(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(split(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n]);
    expect(split(10n, [1n, 5n, 1n])).toEqual([1n, 7n, 2n].map((_, index) => [2n, 7n, 1n][index]));
    expect(split(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(split(0n, [1n, 2n])).toEqual([0n, 0n]);
  });
});
