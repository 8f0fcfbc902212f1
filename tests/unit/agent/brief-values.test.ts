import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLocation } from '@/lib/agent/models/offline/understand/location';
import { findAmounts } from '@/lib/agent/models/offline/understand/money';
import { findWebsite } from '@/lib/agent/models/offline/understand/website';
import { unsafeClaim } from '@/lib/domain/ad-claims';
import type { BriefDraft } from '@/lib/domain/brief';
import { monthlyBudgetOf } from '@/lib/domain/brief-budget';
import { applyBriefPatch, checkBriefPatch } from '@/lib/domain/brief-check';
import { normaliseWebsite } from '@/lib/domain/website';

describe('web addresses', () => {
  it.each([
    ['www.bakery.pt', 'https://www.bakery.pt'],
    ['Bakery.PT/Cakes', 'https://bakery.pt/Cakes'],
    ['http://bakery.pt/', 'http://bakery.pt'],
    ['(bakery.pt).', 'https://bakery.pt'],
    ['bücher.de', 'https://xn--bcher-kva.de'],
  ])('%s is %s', (written, url) => expect(normaliseWebsite(written)).toBe(url));

  it.each([
    'localhost',
    '127.0.0.1',
    'http://10.0.0.1/x',
    'javascript:alert(1)',
    'ftp://bakery.pt',
    'bakery',
    'user:pw@bakery.pt',
    'bakery.pt:8080',
    'not a site',
    '',
  ])('%s is none', (written) => expect(normaliseWebsite(written)).toBeNull());

  it('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'] }), (url) => {
        const once = normaliseWebsite(url);
        return once === null || normaliseWebsite(once) === once;
      }),
    );
  });

  it('is found in a sentence, and a full stop without a space is no address', () => {
    expect(findWebsite('you can see it at raiz.pt, thanks')).toBe('https://raiz.pt');
    expect(findWebsite('we make great bread.Come by')).toBeUndefined();
    expect(findWebsite('write to ana@raiz.pt')).toBeUndefined();
    expect(findWebsite('just our instagram')).toBeNull();
  });
});

describe('budgets as they are said', () => {
  const first = (text: string) => {
    const [amount] = findAmounts(text);
    return amount && [amount.amount, amount.currency, amount.period];
  };
  it.each([
    ['€300', ['300', 'EUR', null]],
    ['300 euros', ['300', 'EUR', null]],
    ['10 a day', ['10', null, 'day']],
    ['$1.2k a month', ['1200', null, 'month']],
    ['¥50,000', ['50000', 'JPY', null]],
    ['1.200 € monthly', ['1200', 'EUR', 'month']],
    ['£12.50 per day', ['12.50', 'GBP', 'day']],
    ['99,50 EUR', ['99.50', 'EUR', null]],
    ['2 thousand euros', ['2000', 'EUR', null]],
    ['five hundred dollars a month', ['500', null, 'month']],
    ['R$900', ['900', 'BRL', null]],
    ['CHF 1’000'.replace('’', "'"), ['1000', 'CHF', null]],
    ['50/week', ['50', null, 'week']],
  ])('%s', (text, expected) => expect(first(text)).toEqual(expected));

  it.each([
    'open 24/7',
    'since 1985',
    'we have 12 tables',
    'within 15 km',
    'aged 25 to 45',
    '20% off',
    'call 912 345 678 90',
  ])('“%s” holds no money', (text) => expect(findAmounts(text)).toEqual([]));

  it('a day is 30 days a month and a week never costs more than was said', () => {
    expect(monthlyBudgetOf('10', 'EUR', 'day')).toEqual({ minor: 30_000n, currency: 'EUR' });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        (weekly) => monthlyBudgetOf(String(weekly), 'EUR', 'week').minor * 12n <= BigInt(weekly) * 100n * 52n,
      ),
    );
  });

  it('any whole amount is read back exactly, however its thousands are marked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom(',', '.', ' ', "'", ''), (amount, mark) => {
        const written = String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, mark);
        return first(`${written} euros a month`)?.[0] === String(amount);
      }),
    );
  });
});

describe('places', () => {
  it.each([
    ['i run a bakery in porto', 'Porto', 'PT'],
    ['Portland, Maine', 'Portland, Maine', 'US'],
    ['near Little Hollow, Vermont', 'Little Hollow, Vermont', 'US'],
    ['all over Ireland', 'Ireland', 'IE'],
    ['in São Paulo', 'São Paulo', 'BR'],
    ['Munich', 'Munich', 'DE'],
  ])('%s', (text, location, country) => expect(findLocation(text)).toEqual({ location, country }));
  it.each(['a nice place', 'we read a lot', 'I split the cost', 'no idea'])('“%s” names none', (text) =>
    expect(findLocation(text)).toBeUndefined(),
  );
});

describe('the brief’s values', () => {
  it('money for a customer must be in the budget’s currency: asked again, never converted', () => {
    const { accepted, problems } = checkBriefPatch(
      { customerValue: { minor: '6000', currency: 'USD' } },
      { monthlyBudget: { minor: '30000', currency: 'EUR' } },
    );
    expect([accepted, problems]).toEqual([{}, [{ field: 'customerValue', code: 'other_currency' }]]);
  });

  it('a budget in a new currency drops a worth in the old one', () => {
    const current: BriefDraft = {
      monthlyBudget: { minor: '30000', currency: 'EUR' },
      customerValue: { minor: '6000', currency: 'EUR' },
    };
    expect(applyBriefPatch(current, { monthlyBudget: { minor: '40000', currency: 'USD' } })).toEqual({
      monthlyBudget: { minor: '40000', currency: 'USD' },
    });
  });

  it('whatever is written, accepted text is tidy and what is accepted is accepted again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const { accepted } = checkBriefPatch({ product: text, websiteUrl: text }, {});
        const again = checkBriefPatch(accepted, {});
        return (
          !/\p{Cc}|\s\s/u.test(accepted.product ?? '') &&
          JSON.stringify(again.accepted) === JSON.stringify(accepted) &&
          again.problems.length === 0
        );
      }),
    );
  });
});

describe('claims nobody may make', () => {
  it.each([
    'Cures baldness in a week',
    'Guaranteed results',
    'Are you overweight?',
    'Lose 10 kg fast',
    'Earn $500 a day',
    'Stunning before and after',
    'the best in the world',
  ])('“%s” is refused', (text) => expect(unsafeClaim(text)).not.toBeNull());
  it.each([
    'Birthday cakes in Porto',
    'What people like about us: open on Sundays.',
    'Time for a change?',
    'We come the same day',
  ])('“%s” may run', (text) => expect(unsafeClaim(text)).toBeNull());
});
