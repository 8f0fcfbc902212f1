import { describe, expect, it } from 'vitest';
import { wishedChange } from '@/lib/agent/models/offline/understand/changes';

const now = { ages: [25, 55] as const, places: ['Porto'] };
const heard = (text: string) => wishedChange(text, now);

describe('an owner who wants something different about ads that run', () => {
  it.each([
    ['show my ads also in Braga', { alsoIn: ['Braga'] }],
    ['Please show them only in Lisbon', { onlyIn: ['Lisbon'] }],
    ['show the ads in the whole country', { wholeCountry: true }],
    ['only show it to people aged 30 to 50', { ageMin: 30, ageMax: 50 }],
    ['show it to older people', { ageMin: 50, ageMax: 65 }],
    ['show it within 40 km', { radiusKm: 40 }],
  ])('"%s" is another audience', (text, input) => {
    expect(heard(text)).toEqual({ tool: 'propose_audience', input });
  });

  it.each([
    ['delete the second ad', { what: 'ad', number: 2 }],
    ['please remove the last ad', { what: 'ad', number: -1 }],
    ['get rid of the ad "Birthday cakes"', { what: 'ad', headline: 'Birthday cakes' }],
    ['delete the whole campaign', { what: 'campaign' }],
    ['delete all my ads', { what: 'campaign' }],
    ['delete an ad', { what: 'ad' }],
  ])('"%s" is a deletion', (text, input) => {
    expect(heard(text)).toEqual({ tool: 'propose_deletion', input });
  });

  it.each([
    ['make me another ad', null],
    ['add an ad that says "Fresh bread at seven"', 'Fresh bread at seven'],
    ['I want a new ad', null],
  ])('"%s" is a new ad', (text, headline) => {
    expect(heard(text)).toEqual({ tool: 'propose_new_ad', headline });
  });

  it('"these ads are really about jobs" is another kind of campaign', () => {
    expect(heard('the ads are actually about hiring')).toEqual({
      tool: 'propose_category',
      input: { specialAdCategories: ['EMPLOYMENT'] },
    });
  });

  it.each([
    'how is it going?',
    'thanks',
    'delete my data',
    'delete my account',
    'why did you pause my ad?',
    'raise the budget to 20 euros a day',
    'what is a click?',
    'hello',
  ])('"%s" is none of it', (text) => {
    expect(heard(text)).toBeNull();
  });
});
