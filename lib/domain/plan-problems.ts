import { leadFormProblem } from './lead-form';
import { compareMoney, type Money, type MoneyJson, moneyFromJson, moneyToJson } from './money';
import type { Plan, PlanAd } from './plan';
import { LONGEST_MONTH_DAYS } from './spend-shape';

export type PlanProblemCode =
  | 'budget_zero'
  | 'budget_below_minimum'
  | 'budget_above_ceiling'
  | 'budgets_do_not_add_up'
  | 'wrong_currency'
  | 'no_ads'
  | 'duplicate_key'
  | 'no_place'
  | 'age_range'
  | 'headline_missing'
  | 'headline_too_long'
  | 'headline_may_be_cut'
  | 'text_missing'
  | 'text_too_long'
  | 'text_may_be_cut'
  | 'link_missing'
  | 'link_invalid'
  | 'image_missing'
  | 'special_category_place'
  | 'sales_not_countable'
  | 'payer_missing'
  | 'form_incomplete'
  | 'form_too_long'
  | 'form_needs_privacy';

export type PlanProblem = {
  code: PlanProblemCode;
  /** 'stop': the plan cannot run like this. 'note': it can, and the owner should know. */
  severity: 'stop' | 'note';
  /** Key of the ad or ad set it is about; null for the whole plan. */
  subject: string | null;
  params: Record<string, string | number | MoneyJson>;
};

/** Meta refuses longer ones; the shorter figures are where phones begin to cut. */
const HEADLINE = { max: 255, shown: 40 };
const PRIMARY_TEXT = { max: 2200, shown: 125 };
const WITHOUT_LINK = ['MESSAGE_PAGE', 'CALL_NOW'];

/** Everything that would keep this plan from running, and what the owner should know. [] = ready to be shown. */
export function planProblems(
  plan: Plan,
  account: { minDailyBudget: Money | null } = { minDailyBudget: null },
): PlanProblem[] {
  return [
    ...budgetProblems(plan, account.minDailyBudget),
    ...plan.adSets.flatMap((adSet) => audienceProblems(plan, adSet)),
    ...plan.adSets.flatMap((adSet) => [...adSet.ads, ...adSet.reserves]).flatMap((ad) => adProblems(plan, ad)),
    ...duplicateKeys(plan),
    ...formProblems(plan),
    ...(plan.goal === 'SALES' && !plan.pixelId ? [note('sales_not_countable', null)] : []),
  ];
}

/** True when nothing stands in the way of showing the card. */
export function isReady(problems: readonly PlanProblem[]): boolean {
  return problems.every((problem) => problem.severity === 'note');
}

function stop(code: PlanProblemCode, subject: string | null, params: PlanProblem['params'] = {}): PlanProblem {
  return { code, severity: 'stop', subject, params };
}

function note(code: PlanProblemCode, subject: string | null, params: PlanProblem['params'] = {}): PlanProblem {
  return { code, severity: 'note', subject, params };
}

function budgetProblems(plan: Plan, minimum: Money | null): PlanProblem[] {
  const amounts = [plan.dailyBudget, plan.envelope.monthlyCeiling, ...plan.adSets.map((adSet) => adSet.dailyBudget)];
  if (amounts.some((amount) => amount.currency !== plan.account.currency))
    return [stop('wrong_currency', null, { currency: plan.account.currency })];
  const daily = moneyFromJson(plan.dailyBudget);
  const ceiling = moneyFromJson(plan.envelope.monthlyCeiling);
  const parts = plan.adSets.reduce((sum, adSet) => sum + BigInt(adSet.dailyBudget.minor), 0n);
  const found: PlanProblem[] = [];
  if (daily.minor <= 0n) found.push(stop('budget_zero', null));
  if (parts !== daily.minor) found.push(stop('budgets_do_not_add_up', null));
  if (daily.minor * LONGEST_MONTH_DAYS > ceiling.minor)
    found.push(stop('budget_above_ceiling', null, { ceiling: moneyToJson(ceiling) }));
  for (const adSet of plan.adSets) {
    if (minimum && compareMoney(moneyFromJson(adSet.dailyBudget), minimum) < 0) {
      found.push(
        stop('budget_below_minimum', adSet.key, {
          minimum: moneyToJson(minimum),
          monthlyMinimum: moneyToJson({
            minor: minimum.minor * LONGEST_MONTH_DAYS * BigInt(plan.adSets.length),
            currency: minimum.currency,
          }),
        }),
      );
    }
  }
  return found;
}

function audienceProblems(plan: Plan, adSet: Plan['adSets'][number]): PlanProblem[] {
  const { targeting } = adSet;
  const found: PlanProblem[] = [];
  if (adSet.ads.length === 0) found.push(stop('no_ads', adSet.key));
  if (targeting.countries.length === 0 && targeting.cities.length === 0) found.push(stop('no_place', adSet.key));
  if (plan.specialAdCategories.length > 0 && targeting.countries.length === 0)
    found.push(stop('special_category_place', adSet.key));
  const { ageMin, ageMax } = targeting;
  if (ageMin < 18 || ageMax > 65 || ageMin > ageMax) found.push(stop('age_range', adSet.key, { ageMin, ageMax }));
  if (plan.dsa && !(plan.dsa.payor.trim() && plan.dsa.beneficiary.trim())) found.push(stop('payer_missing', adSet.key));
  return found;
}

function adProblems(plan: Plan, ad: PlanAd): PlanProblem[] {
  return [
    ...lengthProblems(ad.headline, HEADLINE, ad.key, ['headline_missing', 'headline_too_long', 'headline_may_be_cut']),
    ...lengthProblems(ad.primaryText, PRIMARY_TEXT, ad.key, ['text_missing', 'text_too_long', 'text_may_be_cut']),
    // With a form nothing is clicked through: the details are left on Facebook itself.
    ...((plan.leadForm || plan.newLeadForm) && ad.linkUrl === null ? [] : linkProblems(ad)),
    ...Object.values(ad.images)
      .filter((hash) => !/^[0-9a-f]{64}$/.test(hash))
      .slice(0, 1)
      .map(() => stop('image_missing', ad.key)),
  ];
}

type LengthCodes = [missing: PlanProblemCode, tooLong: PlanProblemCode, mayBeCut: PlanProblemCode];

function lengthProblems(
  text: string,
  limit: { max: number; shown: number },
  key: string,
  codes: LengthCodes,
): PlanProblem[] {
  const length = [...text.trim()].length;
  if (length === 0) return [stop(codes[0], key)];
  if (length > limit.max) return [stop(codes[1], key, { length, max: limit.max })];
  return length > limit.shown ? [note(codes[2], key, { length, shown: limit.shown })] : [];
}

function linkProblems(ad: PlanAd): PlanProblem[] {
  if (!ad.linkUrl) return WITHOUT_LINK.includes(ad.callToAction) ? [] : [stop('link_missing', ad.key)];
  return /^https?:\/\/[^\s/$.?#][^\s]*\.[^\s]{2,}$/i.test(ad.linkUrl) ||
    /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/\S*)?$/.test(ad.linkUrl)
    ? []
    : [stop('link_invalid', ad.key)];
}

function formProblems({ newLeadForm }: Plan): PlanProblem[] {
  const problem = newLeadForm ? leadFormProblem(newLeadForm) : null;
  return problem ? [stop(problem, null)] : [];
}

function duplicateKeys(plan: Plan): PlanProblem[] {
  const keys = plan.adSets.flatMap((adSet) => [
    adSet.key,
    ...adSet.ads.map((ad) => ad.key),
    ...adSet.reserves.map((ad) => ad.key),
  ]);
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) =>
    stop('duplicate_key', key),
  );
}
