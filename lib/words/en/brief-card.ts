import type { BriefDraft } from '../../domain/brief';
import { formatMoney, type Locale } from '../format';
import { goalWords } from './goals';

export const briefCardWords = {
  title: 'This is what I understood. Is it right?',
  titleDone: 'Your brief',
  confirm: 'Yes, that is right',
  change: 'Change something',
  changePrompt: 'One thing is different: ',
  changePlaceholder: 'What is different?',
  confirmed: 'You confirmed this',
  superseded: 'There is a newer one below',
  none: 'None',
  unknown: 'Not known',
  missing: 'Still open',
  each: (amount: string) => `${amount} each`,
  aMonth: (amount: string) => `${amount} a month at most`,
  percent: (value: number) => `${value}%`,
  fields: {
    businessName: 'Business',
    businessDescription: 'What you do',
    product: 'What to advertise',
    targetAudience: 'For whom',
    goal: 'What you want',
    monthlyBudget: 'Money',
    location: 'Where',
    country: 'Country',
    uniqueSellingPoint: 'What makes you special',
    websiteUrl: 'Website',
    privacyPolicyUrl: 'Your privacy notice',
    customerValue: 'A new customer is worth',
    marginPercent: 'Of that stays with you',
    language: 'Your customers’ language',
  } satisfies Record<keyof BriefDraft, string>,
};

/** The brief's fields in the order an owner reads them, already in words. Fields never asked are left out. */
export function briefLines(brief: BriefDraft, locale: Locale): { label: string; value: string }[] {
  const words = briefCardWords;
  const line = (field: keyof BriefDraft, value: string | null | undefined, none = words.none) =>
    value === undefined ? [] : [{ label: words.fields[field], value: value ?? none }];
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  return [
    ...line('businessName', brief.businessName),
    ...line('businessDescription', brief.businessDescription),
    ...line('product', brief.product),
    ...line('targetAudience', brief.targetAudience),
    ...line('location', brief.location),
    ...line('goal', brief.goal && goalWords[brief.goal]),
    ...line('monthlyBudget', brief.monthlyBudget && words.aMonth(formatMoney(brief.monthlyBudget, locale))),
    ...line('uniqueSellingPoint', brief.uniqueSellingPoint),
    ...line('websiteUrl', brief.websiteUrl),
    ...line('privacyPolicyUrl', brief.privacyPolicyUrl),
    ...line(
      'customerValue',
      brief.customerValue && words.each(formatMoney(brief.customerValue, locale)),
      words.unknown,
    ),
    ...line(
      'marginPercent',
      typeof brief.marginPercent === 'number' ? words.percent(brief.marginPercent) : brief.marginPercent,
      words.unknown,
    ),
    ...line('language', brief.language && (languages.of(brief.language) ?? brief.language)),
  ];
}
