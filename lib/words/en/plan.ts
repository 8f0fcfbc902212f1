import type { FormQuestion } from '../../domain/lead-form';
import type { CallToAction, Plan, SpendShape } from '../../domain/plan';
import type { PlanChange, PlanChangeLabel, PlanChangeValue } from '../../domain/plan-diff';
import { formatMoney, formatNumber, formatRange, type Locale } from '../format';
import { buttonWords, cardWords, goalWords } from './cards';

const labels: Record<PlanChangeLabel, string> = {
  name: 'Name',
  goal: 'What the ads should bring',
  account: 'Ad account',
  page: 'Page',
  instagram: 'Also on Instagram',
  tracking: 'Counting on your website',
  special_categories: 'Stricter rules',
  payer: 'Who pays',
  form: 'Your form on Facebook',
  form_title: 'Heading of the form',
  form_intro: 'Words above the form',
  form_questions: 'What the form asks',
  form_privacy: 'Privacy notice of the form',
  form_thanks: 'After the form is sent',
  daily_budget: 'Money per day',
  group_budget: 'Money per day of this group',
  group_added: 'New group',
  group_removed: 'Group left out',
  group_name: 'Group',
  places: 'Where',
  ages: 'Ages',
  interests: 'Interests',
  audience_freedom: 'Facebook may look beyond this',
  ad_added: 'New ad',
  ad_removed: 'Ad left out',
  reserve_added: 'New spare ad',
  reserve_removed: 'Spare ad left out',
  ad_idea: 'Thought behind the ad',
  ad_headline: 'Headline',
  ad_text: 'Text',
  ad_button: 'Button',
  ad_link: 'Where it leads',
  ad_image: 'Picture',
  monthly_ceiling: 'Most per month',
  may_pause: 'May pause a bad ad',
  may_swap: 'May use a spare ad',
  max_shift: 'Largest move of money',
  max_changes: 'Changes per day, at most',
  expected_results: 'Expected in a month',
  expected_clicks: 'Expected clicks in a month',
};

/** One line of the difference list, in words. */
export function changeInWords(change: PlanChange, locale: Locale): { label: string; before: string; after: string } {
  return {
    label: labels[change.label],
    before: valueInWords(change.label, change.before, locale),
    after: valueInWords(change.label, change.after, locale),
  };
}

function valueInWords(label: PlanChangeLabel, value: PlanChangeValue, locale: Locale): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (label === 'ad_image') return 'Picture';
  if (label === 'instagram' || label === 'tracking') return 'Yes';
  if (label === 'form_questions')
    return (value as FormQuestion[]).map((question) => cardWords.plan.formQuestions[question]).join(', ');
  if (label === 'goal') return goalWords[value as Plan['goal']];
  if (label === 'ad_button') return buttonWords[value as CallToAction];
  if (label === 'ages') return String(value).replace('-', '–');
  if (typeof value === 'number') return formatNumber(value, locale);
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value.length === 0 ? '–' : value.map((place) => place.replace(/ \+(\d+) km$/, ' (within $1 km)')).join(', ');
  return 'minor' in value ? formatMoney(value, locale) : formatRange(value, locale);
}

export const planWords = {
  briefTitle: (businessName?: string) => (businessName ? `Brief: ${businessName}` : 'Your brief'),

  /** Above the card: kept as the record of what the owner was told. */
  shown: (plan: Plan, spend: SpendShape, locale: Locale) =>
    `${plan.name}: ${formatMoney(spend.day, locale)} a day on average, up to ${formatMoney(spend.worstDay, locale)} on a busy day, ${formatMoney(spend.week, locale)} at most in a week, never more than ${formatMoney(plan.envelope.monthlyCeiling, locale)} in a month.`,
  intro:
    'Here is your plan. Look at the ads as people will see them, at the place, and at the money. Nothing runs before you press Approve, and you can ask for changes in your own words.',
  changedIntro: (from: number, to: number) => `What changed from version ${from} to version ${to}.`,
  /** Where a town could not be found. */
  wholeCountry: 'the whole country',
} as const;
