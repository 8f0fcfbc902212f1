import { expect, it } from 'vitest';
import { driftSentence } from '@/lib/words/en/drift';

const said = (field: string, ours: string, theirs: string, level = 'adset') =>
  driftSentence({ field, ours, theirs, level, currency: 'EUR' }, 'en');

it('a change is told in words, never by the platform’s own names, and never with a bare number of cents', () => {
  const fields = ['status', 'name', 'targeting.geo_locations.cities', 'exists', 'brand_new_field.x', 'bid_strategy'];
  for (const field of fields) {
    const text = said(field, 'ACTIVE', field === 'name' ? 'Cakes!' : '5000');
    expect(text).not.toMatch(/_|\d|ACTIVE|undefined/);
    expect(text.length).toBeGreaterThan(5);
  }
  expect(said('status', 'ACTIVE', 'PAUSED')).toBe('Whether it runs: running here, paused there');
});

it('money and days are told with both figures, and what is gone there as gone', () => {
  expect(said('daily_budget', '1000', '5000')).toBe('The daily budget: €10 here, €50 there');
  expect(said('spend_cap', '30000', 'null', 'campaign')).toContain('€300 here, none there');
  expect(said('stop_rule', '1750', 'off', 'campaign')).toContain('€17.50 here, switched off there');
  const end = said('end_time', '2026-12-01T00:00:00.000Z', 'null');
  expect(end).toMatch(/1.* here, no end there$/);
});

it('what was added there says so, and that a group’s money counts', () => {
  expect(said('exists', 'false', 'true', 'adset')).toContain('counts in your month');
  expect(said('exists', 'false', 'true', 'ad')).toContain('added');
  expect(said('exists', 'true', 'false', 'ad')).toBe('It is no longer there');
});
