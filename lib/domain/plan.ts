import type { Goal } from './brief';
import type { LeadFormDraft } from './lead-form';
import type { MoneyJson } from './money';
import type { FineLimits } from './policy-limits';
import type { Projection } from './projection';

/** Shape version of the stored plan; raise it when a field changes meaning. */
export const PLAN_SCHEMA_VERSION = 1;

export const CALLS_TO_ACTION = [
  'LEARN_MORE',
  'SIGN_UP',
  'SHOP_NOW',
  'CONTACT_US',
  'GET_QUOTE',
  'BOOK_NOW',
  'MESSAGE_PAGE',
  'CALL_NOW',
  'INSTALL_APP',
] as const;
export type CallToAction = (typeof CALLS_TO_ACTION)[number];

/** SHA-256 (hex) of the PNG in our file store, per shape Meta wants. */
export type AdImages = { square: string; portrait: string; story: string };

export type PlanAd = {
  /** Stable inside the plan ("ad-1", "reserve-1"); effects, facts, differences and undo refer to it. */
  key: string;
  /** The thought behind this ad in one plain phrase, shown to the owner. */
  idea: string;
  headline: string;
  primaryText: string;
  callToAction: CallToAction;
  /** Where a click leads; null for message and call ads. */
  linkUrl: string | null;
  images: AdImages;
};

export type PlanTargeting = {
  countries: string[];
  /** Meta city keys with a radius; empty = the whole countries. */
  cities: { key: string; name: string; radiusKm: number }[];
  /** Suggestions while advantageAudience is true (Meta treats them so). */
  ageMin: number;
  ageMax: number;
  interests: { id: string; name: string }[];
  advantageAudience: boolean;
};

export type PlanAdSet = {
  key: string;
  name: string;
  dailyBudget: MoneyJson;
  targeting: PlanTargeting;
  ads: PlanAd[];
  /** Approved with the plan and kept in the drawer: the agent may swap one in without asking. */
  reserves: PlanAd[];
};

/** What the agent may do alone once this exact plan is approved. Amounts are account currency. */
export type Envelope = {
  /** Hard limit of spend per account month. */
  monthlyCeiling: MoneyJson;
  mayPauseBadAds: boolean;
  maySwapInReserves: boolean;
  /** Largest zero-sum move between ad sets in one step, whole per cent; 0 = never alone. */
  maxShiftPercent: number;
  maxChangesPerDay: number;
  /** What an envelope leaves out has the default of domain/policy-limits. */
} & Partial<FineLimits>;

export type Plan = {
  schemaVersion: typeof PLAN_SCHEMA_VERSION;
  name: string;
  goal: Goal;
  account: { id: string; name: string; currency: string; timezone: string };
  page: { id: string; name: string };
  instagramId: string | null;
  pixelId: string | null;
  /** The form on Facebook in which people leave their details; absent where a click leads to a site. */
  leadForm?: { id: string; name: string };
  /** A form that is published with this plan, where the Page has none; the platform's id stands in the mirror afterwards. */
  newLeadForm?: LeadFormDraft;
  /** Meta's special ad categories; [] states that none applies. */
  specialAdCategories: string[];
  /** Who pays and who benefits, shown in the EU; null elsewhere. */
  dsa: { payor: string; beneficiary: string } | null;
  dailyBudget: MoneyJson;
  adSets: PlanAdSet[];
  envelope: Envelope;
  projection: Projection;
  briefVersion: number;
};

/**
 * Money the card shows beside the daily budget. Meta may spend up to 175 % of a daily budget on one day and at most
 * 7 x per week (Marketing API, since v24).
 */
export type SpendShape = { day: MoneyJson; worstDay: MoneyJson; week: MoneyJson; month: MoneyJson };
