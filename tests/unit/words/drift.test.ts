import { expect, it } from 'vitest';
import { driftSentence } from '@/lib/words/en/drift';

it('a change is told in words, never by the platform’s own names, and never with a bare number of cents', () => {
  const fields = [
    'status',
    'name',
    'daily_budget',
    'targeting.geo_locations.cities',
    'exists',
    'brand_new_field.x',
    'spend_cap',
  ];
  for (const field of fields) {
    const text = driftSentence({ field, ours: 'ACTIVE', theirs: field === 'name' ? 'Cakes!' : '5000' });
    expect(text).not.toMatch(/_|\d|ACTIVE|undefined/);
    expect(text.length).toBeGreaterThan(5);
  }
  expect(driftSentence({ field: 'status', ours: 'ACTIVE', theirs: 'PAUSED' })).toBe(
    'Whether it runs: running here, paused there',
  );
});
