import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '@/lib/domain/money';
import {
  asMetaHoldsIt,
  metaExponent,
  moneyFromMeta,
  moneyFromMetaMajor,
  moneyToMeta,
  moneyToMetaNumber,
} from '@/lib/platforms/meta/codec';

const WHOLE = ['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND'];
const currency = fc.constantFrom(...WHOLE, 'EUR', 'USD', 'GBP', 'BHD', 'JOD', 'KWD', 'UGX', 'XAF', 'CLF', 'BRL');

describe("Meta's own offset table", () => {
  test.each(WHOLE)('%s is counted in whole units', (code) => expect(metaExponent(code)).toBe(0));
  test.each(['EUR', 'USD', 'BHD', 'JOD', 'UGX', 'XAF'])('%s is counted in hundredths', (code) =>
    expect(metaExponent(code)).toBe(2),
  );

  test.each([
    ['EUR', 1234n, 1234n],
    ['JPY', 1500n, 1500n],
    // Two decimals by ISO, none at Meta.
    ['COP', 1_000_000n, 10_000n],
    ['HUF', 250_000n, 2_500n],
    ['TWD', 9_900n, 99n],
    // Three by ISO, two at Meta.
    ['BHD', 12_340n, 1_234n],
    // None by ISO, two at Meta.
    ['UGX', 5_000n, 500_000n],
  ])('%s %s minor is sent as %s', (code, minor, sent) => {
    expect(moneyToMeta(money(minor, code))).toBe(sent);
    expect(moneyFromMeta(sent, code)).toEqual(money(minor, code));
  });
});

describe('conversions', () => {
  test('what is sent reads back as what Meta can hold, and never as more than was asked', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), currency, (minor, code) => {
        const asked = money(minor, code);
        const held = asMetaHoldsIt(asked);
        expect(held.minor <= asked.minor).toBe(true);
        expect(asMetaHoldsIt(held)).toEqual(held);
        expect(moneyToMeta(held)).toBe(moneyToMeta(asked));
      }),
    );
  });

  test('ordinary currencies survive the round trip exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.constantFrom('EUR', 'USD', 'JPY', 'ISK', 'UGX'), (minor, code) => {
        expect(asMetaHoldsIt(money(minor, code))).toEqual(money(minor, code));
      }),
    );
  });

  test.each([
    ['8.96', 'EUR', 896n],
    ['0', 'EUR', 0n],
    ['120', 'JPY', 120n],
    ['1.005', 'EUR', 101n],
    ['1.0049', 'EUR', 100n],
    ['2.4375', 'BHD', 2438n],
    ['25000', 'COP', 2_500_000n],
    ['-1.50', 'EUR', -150n],
    ['12.5', 'UGX', 13n],
  ])('insights: "%s" %s is %s minor', (text, code, minor) => expect(moneyFromMetaMajor(text, code).minor).toBe(minor));

  test.each(['', 'abc', '1e3', '1,50', '--1'])('insights: "%s" is refused', (text) =>
    expect(() => moneyFromMetaMajor(text, 'EUR')).toThrow(RangeError),
  );

  test('an amount JSON cannot hold exactly is refused', () =>
    expect(() => moneyToMetaNumber(money(2n ** 60n, 'EUR'))).toThrow(RangeError));
});
