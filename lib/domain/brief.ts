import type { MoneyJson } from './money';

/** What the owner wants from ads. MESSAGES and CALLS serve owners without a website. */
export const GOALS = ['LEADS', 'SALES', 'TRAFFIC', 'APP_INSTALLS', 'MESSAGES', 'CALLS'] as const;
export type Goal = (typeof GOALS)[number];

/** Where a fact came from; owner's words outrank everything else. */
export type FactSource = 'owner' | 'agent' | 'platform' | 'web' | 'file';

/** The brief as the agent fills it: any field may still be missing (undefined = not asked, null = asked, none). */
export type BriefDraft = {
  businessName?: string;
  businessDescription?: string;
  product?: string;
  targetAudience?: string;
  goal?: Goal;
  monthlyBudget?: MoneyJson;
  location?: string;
  /** ISO 3166-1 alpha-2, null when unknown. */
  country?: string | null;
  uniqueSellingPoint?: string;
  /** null means: the owner has no website. */
  websiteUrl?: string | null;
  /** Address of the owner's privacy notice, asked only where people leave their details in a form; null = there is none. */
  privacyPolicyUrl?: string | null;
  /** What one new customer is worth to the owner, in money; null = does not know. */
  customerValue?: MoneyJson | null;
  /** Gross margin in whole per cent (1-100); null = does not know. */
  marginPercent?: number | null;
  /** BCP 47 language of the customers, e.g. "pt". */
  language?: string;
};

/** The fields without which no plan can be made. */
export const REQUIRED_BRIEF_FIELDS = [
  'businessDescription',
  'product',
  'targetAudience',
  'goal',
  'monthlyBudget',
  'location',
  'uniqueSellingPoint',
  'websiteUrl',
] as const satisfies readonly (keyof BriefDraft)[];

export type Brief = BriefDraft & Required<Pick<BriefDraft, (typeof REQUIRED_BRIEF_FIELDS)[number]>>;

export type MissingBriefField = (typeof REQUIRED_BRIEF_FIELDS)[number] | 'privacyPolicyUrl';

/** Fields that must be asked and are still undefined, in the order they are best asked. */
export function missingBriefFields(draft: BriefDraft): MissingBriefField[] {
  const missing: MissingBriefField[] = REQUIRED_BRIEF_FIELDS.filter((field) => draft[field] === undefined);
  return asksInForm(draft) && draft.privacyPolicyUrl === undefined ? [...missing, 'privacyPolicyUrl'] : missing;
}

/** Without a website, people who want to be called back leave their details in a form on the platform. */
export function asksInForm(draft: Pick<BriefDraft, 'goal' | 'websiteUrl'>): boolean {
  return draft.goal === 'LEADS' && draft.websiteUrl === null;
}

export function isCompleteBrief(draft: BriefDraft): draft is Brief {
  return missingBriefFields(draft).length === 0;
}
