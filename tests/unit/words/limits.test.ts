import { describe, expect, it } from 'vitest';
import { PRESETS } from '@/lib/domain/optimization/presets';
import { policyChangeLines, policyLines } from '@/lib/words/en/policy';

const eur = (minor: string) => ({ minor, currency: 'EUR' });
const envelope = {
  monthlyCeiling: eur('90000'),
  mayPauseBadAds: true,
  maySwapInReserves: true,
  maxShiftPercent: 20,
  maxChangesPerDay: 3,
};

describe('rules of thumb on the limits page', () => {
  const lines = policyLines(envelope, 'en').filter(({ field }) => field.startsWith('literal'));

  it('are all offered, and off', () => {
    expect(lines.map(({ value }) => value)).toEqual(['Off', 'Off', 'Off']);
    expect(lines).toHaveLength(PRESETS.length);
  });

  it('say what was measured, with the range and how many shops', () => {
    const shift = lines.find(({ field }) => field === 'literalShift');
    expect(shift?.hint).toContain(
      'lost about 14.7% of the money spent in 50 pretend shops (between −19.8% and −10.5%)',
    );
    for (const { hint } of lines) expect(hint).toMatch(/50 pretend shops .*\(between −?[\d.]+% and −?[\d.]+%/);
  });

  it('switched on, stand on the card as what changes', () => {
    expect(policyChangeLines(envelope, { ...envelope, literalShift: true }, 'en')).toMatchObject([
      { field: 'literalShift', before: 'Off', after: 'On' },
    ]);
  });
});
