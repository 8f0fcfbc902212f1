import type { Brief } from '../../../lib/domain/brief';
import type { Plan } from '../../../lib/domain/plan';
import { type AdIdea, assemblePlan, type PlanInput } from '../../../lib/domain/plan-draft';

export function idea(number: number, overrides: Partial<AdIdea> = {}): AdIdea {
  const hash = String(number).repeat(64).slice(0, 64);
  return {
    idea: `thought ${number}`,
    headline: `Cakes ${number}`,
    primaryText: 'Birthday cakes baked this morning.',
    callToAction: 'LEARN_MORE',
    linkUrl: 'https://bakery.example/cakes',
    images: { square: hash, portrait: hash, story: hash },
    ...overrides,
  };
}

export const brief: Brief = {
  businessName: 'Padaria Sol',
  businessDescription: 'A bakery',
  product: 'Birthday cakes',
  targetAudience: 'Parents',
  goal: 'LEADS',
  monthlyBudget: { minor: '30000', currency: 'EUR' },
  location: 'Porto',
  country: 'PT',
  uniqueSellingPoint: 'Baked on the day',
  websiteUrl: 'https://bakery.example',
};

export function planInput(overrides: Partial<PlanInput> = {}): PlanInput {
  return {
    brief,
    briefVersion: 3,
    account: { id: 'act_1', name: 'Padaria', currency: 'EUR', timezone: 'Europe/Lisbon' },
    page: { id: '9', name: 'Padaria Sol', instagramId: null },
    ads: [idea(1), idea(2), idea(3)],
    reserves: [idea(4)],
    cities: [{ key: '77', name: 'Porto', radiusKm: 10 }],
    ...overrides,
  };
}

export function plan(overrides: Partial<PlanInput> = {}): Plan {
  return assemblePlan(planInput(overrides));
}
