import { canonicalJson } from './canonical';
import type { MoneyJson } from './money';
import type { Plan, PlanAd, PlanAdSet } from './plan';

/** What changed, as a key of words/plan. */
export type PlanChangeLabel =
  | 'name'
  | 'goal'
  | 'account'
  | 'page'
  | 'instagram'
  | 'tracking'
  | 'special_categories'
  | 'form'
  | 'form_title'
  | 'form_intro'
  | 'form_questions'
  | 'form_privacy'
  | 'form_thanks'
  | 'payer'
  | 'daily_budget'
  | 'group_budget'
  | 'group_added'
  | 'group_removed'
  | 'group_name'
  | 'places'
  | 'ages'
  | 'interests'
  | 'audience_freedom'
  | 'ad_added'
  | 'ad_removed'
  | 'reserve_added'
  | 'reserve_removed'
  | 'ad_idea'
  | 'ad_headline'
  | 'ad_text'
  | 'ad_button'
  | 'ad_link'
  | 'ad_image'
  | 'monthly_ceiling'
  | 'may_pause'
  | 'may_swap'
  | 'max_shift'
  | 'max_changes'
  | 'expected_results'
  | 'expected_clicks';

/** A value before it is put into words; null = was not there. */
export type PlanChangeValue = string | number | boolean | MoneyJson | string[] | { low: number; high: number } | null;

/** One line of the difference list. `subject` is the local key of the ad or ad set, null for the whole plan. */
export type PlanChange = {
  label: PlanChangeLabel;
  subject: string | null;
  before: PlanChangeValue;
  after: PlanChangeValue;
};

type Field = [label: PlanChangeLabel, before: PlanChangeValue, after: PlanChangeValue];

/** What an owner would notice between two versions, in reading order. Equal plans give []. */
export function planDiff(before: Plan, after: Plan): PlanChange[] {
  return [
    ...changed(null, [
      ['name', before.name, after.name],
      ['goal', before.goal, after.goal],
      ['daily_budget', before.dailyBudget, after.dailyBudget],
      ['monthly_ceiling', before.envelope.monthlyCeiling, after.envelope.monthlyCeiling],
      ['account', before.account.name, after.account.name],
      ['page', before.page.name, after.page.name],
      ['instagram', before.instagramId, after.instagramId],
      ['tracking', before.pixelId, after.pixelId],
      ...formFields(before, after),
      ['special_categories', before.specialAdCategories, after.specialAdCategories],
      ['payer', before.dsa?.payor ?? null, after.dsa?.payor ?? null],
      ['may_pause', before.envelope.mayPauseBadAds, after.envelope.mayPauseBadAds],
      ['may_swap', before.envelope.maySwapInReserves, after.envelope.maySwapInReserves],
      ['max_shift', before.envelope.maxShiftPercent, after.envelope.maxShiftPercent],
      ['max_changes', before.envelope.maxChangesPerDay, after.envelope.maxChangesPerDay],
    ]),
    ...groupChanges(before, after),
    ...adChanges(before, after),
    ...changed(null, [
      ['expected_results', before.projection.results, after.projection.results],
      ['expected_clicks', before.projection.clicks, after.projection.clicks],
    ]),
  ];
}

/** A form already on the Page by its name, and the parts of one that is published with the plan. */
function formFields(before: Plan, after: Plan): Field[] {
  const [old, next] = [before.newLeadForm, after.newLeadForm];
  const thanks = (form: Plan['newLeadForm']) => form && `${form.thanks.title}: ${form.thanks.text}`;
  return [
    ['form', before.leadForm?.name ?? null, after.leadForm?.name ?? null],
    ['form_title', old?.title ?? null, next?.title ?? null],
    ['form_intro', old?.intro ?? null, next?.intro ?? null],
    ['form_questions', old?.questions ?? null, next?.questions ?? null],
    ['form_thanks', thanks(old) ?? null, thanks(next) ?? null],
    ['form_privacy', old?.privacyPolicyUrl ?? null, next?.privacyPolicyUrl ?? null],
  ];
}

function groupChanges(before: Plan, after: Plan): PlanChange[] {
  const title = (adSet: PlanAdSet) => adSet.name;
  const changes = paired(before.adSets, after.adSets, {
    added: 'group_added',
    removed: 'group_removed',
    title,
    fields: adSetFields,
  });
  // With one group its budget is the plan's, which has a line of its own.
  const alone = before.adSets.length === 1 && after.adSets.length === 1;
  return alone ? changes.filter((change) => change.label !== 'group_budget') : changes;
}

function adChanges(before: Plan, after: Plan): PlanChange[] {
  const all = (plan: Plan, list: 'ads' | 'reserves') => plan.adSets.flatMap((adSet) => adSet[list]);
  const title = (ad: PlanAd) => ad.headline;
  return [
    ...paired(all(before, 'ads'), all(after, 'ads'), {
      added: 'ad_added',
      removed: 'ad_removed',
      title,
      fields: adFields,
    }),
    ...paired(all(before, 'reserves'), all(after, 'reserves'), {
      added: 'reserve_added',
      removed: 'reserve_removed',
      title,
      fields: adFields,
    }),
  ];
}

function adSetFields(before: PlanAdSet, after: PlanAdSet): Field[] {
  const places = ({ targeting }: PlanAdSet) => [
    ...targeting.countries,
    ...targeting.cities.map((city) => `${city.name} +${city.radiusKm} km`),
  ];
  return [
    ['group_name', before.name, after.name],
    ['group_budget', before.dailyBudget, after.dailyBudget],
    ['places', places(before), places(after)],
    [
      'ages',
      `${before.targeting.ageMin}-${before.targeting.ageMax}`,
      `${after.targeting.ageMin}-${after.targeting.ageMax}`,
    ],
    ['interests', before.targeting.interests.map((one) => one.name), after.targeting.interests.map((one) => one.name)],
    ['audience_freedom', before.targeting.advantageAudience, after.targeting.advantageAudience],
  ];
}

function adFields(before: PlanAd, after: PlanAd): Field[] {
  return [
    ['ad_idea', before.idea, after.idea],
    ['ad_headline', before.headline, after.headline],
    ['ad_text', before.primaryText, after.primaryText],
    ['ad_button', before.callToAction, after.callToAction],
    ['ad_link', before.linkUrl, after.linkUrl],
    ['ad_image', Object.values(before.images), Object.values(after.images)],
  ];
}

type Pairing<T> = {
  added: PlanChangeLabel;
  removed: PlanChangeLabel;
  title: (item: T) => string;
  fields: (before: T, after: T) => Field[];
};

function paired<T extends { key: string }>(before: readonly T[], after: readonly T[], how: Pairing<T>): PlanChange[] {
  const gone = before.filter((item) => !after.some((other) => other.key === item.key));
  return [
    ...gone.map((item) => ({ label: how.removed, subject: item.key, before: how.title(item), after: null })),
    ...after.flatMap((item): PlanChange[] => {
      const old = before.find((other) => other.key === item.key);
      return old
        ? changed(item.key, how.fields(old, item))
        : [{ label: how.added, subject: item.key, before: null, after: how.title(item) }];
    }),
  ];
}

function changed(subject: string | null, fields: Field[]): PlanChange[] {
  return fields
    .filter(([, before, after]) => canonicalJson(before) !== canonicalJson(after))
    .map(([label, before, after]) => ({ label, subject, before, after }));
}
