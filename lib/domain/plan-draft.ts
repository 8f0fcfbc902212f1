import { SPECIAL_CATEGORY_RADIUS_KM } from './audience';
import type { Brief } from './brief';
import type { Counters } from './insight';
import type { LeadFormDraft } from './lead-form';
import { type Money, moneyFromJson, moneyToJson } from './money';
import { type Envelope, PLAN_SCHEMA_VERSION, type Plan, type PlanAd, type PlanTargeting } from './plan';
import { projectPlan } from './projection-model';
import { dailyFromMonthly } from './spend-shape';

export { type PlanChange, type PlanChangeLabel, type PlanChangeValue, planDiff } from './plan-diff';
export { isReady, type PlanProblem, type PlanProblemCode, planProblems } from './plan-problems';

/** One advertisement as it was thought up: everything of a PlanAd but its key. */
export type AdIdea = Omit<PlanAd, 'key'>;

export type PlanInput = {
  brief: Brief;
  briefVersion: number;
  account: { id: string; name: string; currency: string; timezone: string };
  page: { id: string; name: string; instagramId: string | null };
  pixelId?: string | null;
  leadForm?: { id: string; name: string } | null;
  newLeadForm?: LeadFormDraft | null;
  ads: readonly AdIdea[];
  reserves: readonly AdIdea[];
  /** Meta city keys; [] = the whole countries. */
  cities?: PlanTargeting['cities'];
  /** Defaults to the brief's country. */
  countries?: readonly string[];
  /** Meta's special ad categories the owner confirmed; [] states that none applies. */
  specialAdCategories?: readonly string[];
  ageMin?: number;
  ageMax?: number;
  interests?: PlanTargeting['interests'];
  name?: string;
  /** Account currency; what the owner asked for instead of the brief's month. */
  dailyBudget?: Money;
  /** Account currency; the hard limit per account month, when it is not the brief's budget. */
  monthlyCeiling?: Money;
  /** Mature account days for the projection, when the account has a past. */
  history?: readonly (Counters & { day: string })[];
};

/** EU and EEA: ads there must name who pays and who benefits. */
const DSA_COUNTRIES = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LI',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
];
const NAME_LENGTH = 60;

/**
 * Puts a whole plan together: one ad set, its ads and reserves, the smallest useful envelope and the honest range.
 * Currencies are never converted.
 * @throws RangeError when the brief's budget is in another currency than the account and no daily budget is given.
 */
export function assemblePlan(input: PlanInput): Plan {
  const { brief, account } = input;
  const budget = moneyFromJson(brief.monthlyBudget);
  if (budget.currency !== account.currency && !(input.dailyBudget && input.monthlyCeiling)) {
    throw new RangeError(`brief in ${budget.currency}, account in ${account.currency}: ask, never convert`);
  }
  const ceiling = input.monthlyCeiling ?? budget;
  const dailyBudget = input.dailyBudget ?? dailyFromMonthly(ceiling);
  const countries = [...(input.countries ?? (brief.country ? [brief.country] : []))];
  const specialAdCategories = [...(input.specialAdCategories ?? [])];
  return {
    schemaVersion: PLAN_SCHEMA_VERSION,
    name: input.name ?? planName(brief),
    goal: brief.goal,
    account: { id: account.id, name: account.name, currency: account.currency, timezone: account.timezone },
    page: { id: input.page.id, name: input.page.name },
    instagramId: input.page.instagramId,
    pixelId: input.pixelId ?? null,
    ...(input.leadForm ? { leadForm: { id: input.leadForm.id, name: input.leadForm.name } } : {}),
    ...(input.newLeadForm ? { newLeadForm: input.newLeadForm } : {}),
    specialAdCategories,
    dsa: countries.some((country) => DSA_COUNTRIES.includes(country)) ? payerOf(input) : null,
    dailyBudget: moneyToJson(dailyBudget),
    adSets: [
      {
        key: 'adset-1',
        name: placeName(input, countries),
        dailyBudget: moneyToJson(dailyBudget),
        targeting: targetingOf(input, countries, specialAdCategories.length > 0),
        ads: input.ads.map((idea, index) => ({ key: `ad-${index + 1}`, ...idea })),
        reserves: input.reserves.map((idea, index) => ({ key: `reserve-${index + 1}`, ...idea })),
      },
    ],
    envelope: firstEnvelope(ceiling, input.reserves.length > 0),
    projection: projectPlan({
      goal: brief.goal,
      dailyBudget,
      countries,
      ...(input.history ? { history: input.history } : {}),
    }),
    briefVersion: input.briefVersion,
  };
}

/** The least freedom with which watching is still worth anything; more is asked for later. */
function firstEnvelope(ceiling: Money, hasReserves: boolean): Envelope {
  return {
    monthlyCeiling: moneyToJson(ceiling),
    mayPauseBadAds: true,
    maySwapInReserves: hasReserves,
    maxShiftPercent: 0,
    maxChangesPerDay: 2,
  };
}

function targetingOf(input: PlanInput, countries: string[], special: boolean): PlanTargeting {
  const cities = (input.cities ?? []).map((city) => ({
    ...city,
    radiusKm: special ? Math.max(city.radiusKm, SPECIAL_CATEGORY_RADIUS_KM) : city.radiusKm,
  }));
  if (special) return { countries, cities, ageMin: 18, ageMax: 65, interests: [], advantageAudience: false };
  return {
    countries,
    cities,
    ageMin: input.ageMin ?? 18,
    ageMax: input.ageMax ?? 65,
    interests: input.interests ?? [],
    advantageAudience: true,
  };
}

function payerOf(input: PlanInput): { payor: string; beneficiary: string } {
  const name = (input.brief.businessName ?? input.page.name).slice(0, 512);
  return { payor: name, beneficiary: name };
}

function placeName(input: PlanInput, countries: string[]): string {
  const cities = (input.cities ?? []).map((city) => city.name);
  return clip([...cities, ...(cities.length ? [] : countries)].join(', ') || input.brief.location);
}

function planName(brief: Brief): string {
  return clip([brief.businessName, brief.product].filter(Boolean).join(' · '));
}

function clip(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length <= NAME_LENGTH ? clean : `${clean.slice(0, NAME_LENGTH - 1).trimEnd()}…`;
}
