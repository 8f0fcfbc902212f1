import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDays,
  formatMoment,
  formatMoney,
  formatMoneyRange,
  formatNumber,
  formatPercent,
  formatRange,
  formatTime,
} from '../../../lib/words/format';

describe('money in words', () => {
  it.each([
    ['1750', 'EUR', 'en', '€17.50'],
    ['30000', 'EUR', 'en', '€300'],
    ['5000', 'JPY', 'en', '¥5,000'],
    ['1234567', 'KWD', 'en', 'KWD 1,234.567'],
    ['-1750', 'EUR', 'en', '-€17.50'],
    ['30000', 'EUR', 'pt-PT', '300 €'],
  ])('writes %s minor units of %s in %s as %s', (minor, currency, locale, expected) => {
    expect(formatMoney({ minor, currency }, locale).replace(/\u00a0/g, ' ')).toBe(expected);
  });

  it('keeps every digit of amounts that a float would round', () => {
    expect(formatMoney({ minor: '900719925474099301', currency: 'EUR' }, 'en')).toBe('€9,007,199,254,740,993.01');
  });

  it('takes money with a bigint as well as its JSON', () => {
    expect(formatMoney({ minor: 1000n, currency: 'USD' }, 'en')).toBe('$10');
  });
});

describe('ranges', () => {
  it('shows one number when both ends are the same', () => {
    expect(formatRange({ low: 7, high: 7 }, 'en')).toBe('7');
    expect(formatRange({ low: 5, high: 12 }, 'en')).toBe('5–12');
    const four = { minor: '400', currency: 'EUR' };
    expect(formatMoneyRange({ low: four, high: four }, 'en')).toBe('€4');
    expect(formatMoneyRange({ low: four, high: { minor: '950', currency: 'EUR' } }, 'en')).toBe('€4–€9.50');
  });

  it('writes big counts and shares the way people read them', () => {
    expect(formatNumber(12_345, 'en')).toBe('12,345');
    expect(formatPercent(0.964, 'en')).toBe('96%');
  });
});

describe('days and times', () => {
  it('keeps a calendar day on its day whatever the machine zone is', () => {
    expect(formatDay('2026-11-21', 'en')).toBe('Sat, Nov 21');
    expect(formatDay('2026-11-21', 'en-GB', 'long')).toMatch(/^Saturday,? 21 November 2026$/);
    expect(formatDays('2026-11-16', '2026-11-22', 'en')).toBe('Nov 16 – 22');
  });

  it('tells the time of the zone it is asked for', () => {
    expect(formatTime('2026-11-21T23:30:00Z', { locale: 'en', zone: 'Europe/Lisbon' })).toBe('23:30');
    expect(formatTime('2026-11-21T23:30:00Z', { locale: 'en', zone: 'Asia/Tokyo' })).toBe('08:30');
    expect(formatMoment('2026-11-21T23:30:00Z', { locale: 'en', zone: 'Asia/Tokyo' })).toContain('Nov 22');
  });
});
