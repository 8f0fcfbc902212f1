import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsafeClaim } from '@/lib/domain/ad-claims';
import { GOALS } from '@/lib/domain/brief';
import { BUSINESS_KINDS } from '@/lib/domain/business-kind';
import { CALLS_TO_ACTION } from '@/lib/domain/plan';
import { adTexts, buttonOf } from '@/lib/words/en/ad-copy';

const facts = fc.record({
  product: fc.constantFrom(
    'Birthday cakes',
    'Boiler repairs',
    'Balayage',
    'Help with export paperwork for small companies that sell to Brazil',
  ),
  town: fc.constantFrom('Porto', 'the United Kingdom'),
  name: fc.constantFrom(null, 'Studio Nova', 'Joe’s Plumbing & Heating Company of Central Texas'),
  local: fc.boolean(),
  special: fc.constantFrom(
    null,
    'We open on Sundays',
    'My grandmother’s recipes and a long story about how they came to us',
  ),
  goal: fc.constantFrom(...GOALS),
});

describe('ads in the built-in helper’s words', () => {
  it('fit where they are shown, differ from each other, promise nothing, and use no number the owner did not give', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BUSINESS_KINDS), facts, (kind, given) => {
        const texts = adTexts(kind, given);
        expect(new Set(texts.map(({ headline }) => headline)).size).toBe(5);
        expect(new Set(texts.map(({ primaryText }) => primaryText)).size).toBe(5);
        expect(new Set(texts.map(({ idea }) => idea)).size).toBe(5);
        for (const { headline, primaryText } of texts) {
          expect([...headline].length).toBeGreaterThanOrEqual(3);
          expect([...headline].length).toBeLessThanOrEqual(40);
          expect(primaryText.length).toBeLessThanOrEqual(300);
          expect(unsafeClaim(`${headline}. ${primaryText}`)).toBeNull();
          expect(`${headline} ${primaryText}`).not.toMatch(/\d|%|\bfree\b|discount|cheapest|undefined|null|\.\./i);
        }
      }),
    );
  });

  it('carry a button that does what the goal counts', () => {
    for (const kind of BUSINESS_KINDS)
      for (const goal of GOALS) expect(CALLS_TO_ACTION).toContain(buttonOf(kind, goal));
    expect([
      buttonOf('salon', 'LEADS'),
      buttonOf('plumber', 'LEADS'),
      buttonOf('bakery', 'MESSAGES'),
      buttonOf('plumber', 'CALLS'),
    ]).toEqual(['BOOK_NOW', 'GET_QUOTE', 'MESSAGE_PAGE', 'CALL_NOW']);
  });
});
