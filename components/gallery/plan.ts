import type { Plan, PlanAd, SpendShape } from '@/lib/domain/plan';

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });

/** Sixty-four hex digits that differ per picture; the gallery's tests answer them with drawn pictures. */
function sha(seed: number): string {
  return seed.toString(16).padStart(2, '0').repeat(32);
}

function ad(key: string, seed: number, idea: string, headline: string, primaryText: string): PlanAd {
  return {
    key,
    idea,
    headline,
    primaryText,
    callToAction: 'GET_QUOTE',
    linkUrl: 'https://padariadaana.example/bolos',
    images: { square: sha(seed), portrait: sha(seed + 16), story: sha(seed + 32) },
  };
}

export const bakeryPlan: Plan = {
  schemaVersion: 1,
  name: 'Birthday cakes in Porto',
  goal: 'LEADS',
  account: { id: 'act_1', name: 'Padaria da Ana', currency: 'EUR', timezone: 'Europe/Lisbon' },
  page: { id: 'page_1', name: 'Padaria da Ana' },
  instagramId: 'ig_1',
  pixelId: null,
  specialAdCategories: [],
  dsa: { payor: 'Padaria da Ana, Lda.', beneficiary: 'Padaria da Ana, Lda.' },
  dailyBudget: eur(1000),
  adSets: [
    {
      key: 'adset-1',
      name: 'Around Porto',
      dailyBudget: eur(1000),
      targeting: {
        countries: ['PT'],
        cities: [{ key: '1', name: 'Porto', radiusKm: 10 }],
        ageMin: 25,
        ageMax: 55,
        interests: [
          { id: '1', name: 'birthday cakes' },
          { id: '2', name: 'family life' },
        ],
        advantageAudience: true,
      },
      ads: [
        ad(
          'ad-1',
          1,
          'Shows the cake and the day it is ready',
          'Birthday cake, ready on Saturday',
          'Baked the same morning, with the name on it. Order by Thursday and pick it up in the Rua do Almada.',
        ),
        ad(
          'ad-2',
          2,
          'Takes the stress out of the party',
          'You do the party. We do the cake.',
          'Tell us the age and the favourite colour. We send you a drawing and a price the same day, no obligation.',
        ),
        ad(
          'ad-3',
          3,
          'The family bakery since 1974',
          'The cake your children will remember',
          'Three generations, one recipe, butter from the Minho. Birthday cakes for 8 to 40 people.',
        ),
      ],
      reserves: [
        ad(
          'reserve-1',
          4,
          'A price people can count with',
          'Birthday cakes from €24',
          'For eight people, with the name and a candle. Bigger ones on request.',
        ),
      ],
    },
  ],
  envelope: {
    monthlyCeiling: eur(30_000),
    mayPauseBadAds: true,
    maySwapInReserves: true,
    maxShiftPercent: 0,
    maxChangesPerDay: 2,
  },
  projection: {
    days: 30,
    reach: { low: 9_000, high: 21_000 },
    clicks: { low: 160, high: 420 },
    results: { low: 9, high: 31 },
    costPerResult: { low: eur(970), high: eur(3330) },
    basis: { kind: 'similar-shops' },
  },
  briefVersion: 3,
};

export const bakerySpend: SpendShape = { day: eur(1000), worstDay: eur(1750), week: eur(7000), month: eur(30_000) };
export { eur };
