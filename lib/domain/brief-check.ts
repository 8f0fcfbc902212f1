import { type BriefDraft, GOALS } from './brief';
import { type MoneyJson, moneyFromJson } from './money';
import { normaliseWebsite } from './website';

/** Why a value was not taken, so that it can be asked again in other words. */
export type BriefProblemCode =
  | 'too_short'
  | 'too_long'
  | 'not_a_goal'
  | 'not_money'
  | 'not_positive'
  | 'too_large'
  | 'unknown_currency'
  | 'other_currency'
  | 'not_a_website'
  | 'not_a_country'
  | 'not_a_percentage'
  | 'not_a_language';
export type BriefProblem = { field: keyof BriefDraft; code: BriefProblemCode };
export type CheckedBrief = { accepted: BriefDraft; problems: BriefProblem[] };

const LONGEST: Partial<Record<keyof BriefDraft, number>> = {
  businessName: 80,
  businessDescription: 500,
  product: 200,
  targetAudience: 300,
  location: 120,
  uniqueSellingPoint: 400,
};
/** Ten million major units a month: far above any owner this product is for, and a typing error most likely. */
const LARGEST_MINOR = 10_000_000_000n;
const currencies = new Set(Intl.supportedValuesOf('currency'));

/**
 * Judges a change of the brief field by field: what holds is accepted and tidied, the rest comes back as a problem.
 * Money must be in the brief's own currency: a worth in another one is asked again, never converted.
 */
export function checkBriefPatch(patch: BriefDraft, current: BriefDraft): CheckedBrief {
  const accepted: BriefDraft = {};
  const problems: BriefProblem[] = [];
  const take = <Field extends keyof BriefDraft>(
    field: Field,
    value: BriefDraft[Field],
    problem: BriefProblemCode | null,
  ) => {
    if (problem) problems.push({ field, code: problem });
    else accepted[field] = value;
  };

  for (const [field, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST & TextField, number][]) {
    const given = patch[field];
    if (given === undefined) continue;
    const text = tidy(given);
    take(field, text, text.length < 2 ? 'too_short' : text.length > longest ? 'too_long' : null);
  }
  if (patch.goal !== undefined) take('goal', patch.goal, GOALS.includes(patch.goal) ? null : 'not_a_goal');
  if (patch.websiteUrl !== undefined) {
    const url = patch.websiteUrl === null ? null : normaliseWebsite(patch.websiteUrl);
    take('websiteUrl', url, patch.websiteUrl !== null && url === null ? 'not_a_website' : null);
  }
  if (patch.privacyPolicyUrl !== undefined) {
    const url = patch.privacyPolicyUrl === null ? null : normaliseWebsite(patch.privacyPolicyUrl);
    take('privacyPolicyUrl', url, patch.privacyPolicyUrl !== null && url === null ? 'not_a_website' : null);
  }
  if (patch.country !== undefined) {
    const country = patch.country?.trim().toUpperCase() ?? null;
    take('country', country, country !== null && !/^[A-Z]{2}$/.test(country) ? 'not_a_country' : null);
  }
  if (patch.language !== undefined)
    take('language', patch.language, /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(patch.language) ? null : 'not_a_language');
  if (patch.monthlyBudget !== undefined) take('monthlyBudget', patch.monthlyBudget, moneyProblem(patch.monthlyBudget));
  if (patch.customerValue !== undefined) {
    const currency = accepted.monthlyBudget?.currency ?? current.monthlyBudget?.currency;
    const other = patch.customerValue !== null && currency !== undefined && patch.customerValue.currency !== currency;
    take(
      'customerValue',
      patch.customerValue,
      patch.customerValue === null ? null : (moneyProblem(patch.customerValue) ?? (other ? 'other_currency' : null)),
    );
  }
  if (patch.marginPercent !== undefined) {
    const margin = patch.marginPercent;
    const holds = margin === null || (Number.isInteger(margin) && margin >= 1 && margin <= 100);
    take('marginPercent', margin, holds ? null : 'not_a_percentage');
  }
  return { accepted, problems };
}

type TextField =
  | 'businessName'
  | 'businessDescription'
  | 'product'
  | 'targetAudience'
  | 'location'
  | 'uniqueSellingPoint';

/**
 * The draft after an accepted change. A budget in a new currency makes an older worth of a customer meaningless: it is
 * dropped and asked again.
 */
export function applyBriefPatch(current: BriefDraft, accepted: BriefDraft): BriefDraft {
  const next: BriefDraft = { ...current, ...accepted };
  const value = next.customerValue;
  if (value && next.monthlyBudget && value.currency !== next.monthlyBudget.currency) delete next.customerValue;
  return next;
}

/** Control characters out, runs of space to one. */
function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function moneyProblem(value: MoneyJson): BriefProblemCode | null {
  if (!currencies.has(value.currency)) return 'unknown_currency';
  if (!/^-?\d+$/.test(value.minor)) return 'not_money';
  const { minor } = moneyFromJson(value);
  if (minor <= 0n) return 'not_positive';
  return minor > LARGEST_MINOR ? 'too_large' : null;
}
