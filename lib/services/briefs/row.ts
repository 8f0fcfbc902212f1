import type { BriefDraft, FactSource, Goal } from '../../domain/brief';
import { moneyToJson } from '../../domain/money';
import type { Prisma } from '../../runtime/db';

/** Where each fact came from; a field that stands here was asked, also when the answer was "none". */
export type FactSources = Partial<Record<keyof BriefDraft, { source: FactSource; at: string }>>;

type Row = {
  businessName: string | null;
  businessDescription: string | null;
  product: string | null;
  targetAudience: string | null;
  goal: string | null;
  monthlyBudgetMinor: bigint | null;
  currency: string | null;
  location: string | null;
  country: string | null;
  uniqueSellingPoint: string | null;
  websiteUrl: string | null;
  websiteKnown: boolean;
  privacyPolicyUrl: string | null;
  customerValueMinor: bigint | null;
  marginPercent: number | null;
  language: string | null;
  sources: Prisma.JsonValue;
};

/** The row as a draft. Columns cannot tell "not asked" from "has none"; `sources` can. */
export function draftOfRow(row: Row): BriefDraft {
  const sources = (row.sources ?? {}) as FactSources;
  const draft: BriefDraft = {};
  const texts = [
    'businessName',
    'businessDescription',
    'product',
    'targetAudience',
    'location',
    'uniqueSellingPoint',
    'language',
  ] as const;
  for (const field of texts) {
    const value = row[field];
    if (value !== null) draft[field] = value;
  }
  if (row.goal !== null) draft.goal = row.goal as Goal;
  if (row.monthlyBudgetMinor !== null && row.currency)
    draft.monthlyBudget = moneyToJson({ minor: row.monthlyBudgetMinor, currency: row.currency });
  if (row.websiteKnown) draft.websiteUrl = row.websiteUrl;
  if (row.privacyPolicyUrl !== null || sources.privacyPolicyUrl) draft.privacyPolicyUrl = row.privacyPolicyUrl;
  if (row.country !== null || sources.country) draft.country = row.country;
  if (row.customerValueMinor !== null && row.currency)
    draft.customerValue = moneyToJson({ minor: row.customerValueMinor, currency: row.currency });
  else if (sources.customerValue) draft.customerValue = null;
  if (row.marginPercent !== null || sources.marginPercent) draft.marginPercent = row.marginPercent;
  return draft;
}

/** A draft as columns; money shares one currency, the budget's (else the customer value's). */
export function columnsOfDraft(draft: BriefDraft) {
  return {
    businessName: draft.businessName ?? null,
    businessDescription: draft.businessDescription ?? null,
    product: draft.product ?? null,
    targetAudience: draft.targetAudience ?? null,
    goal: draft.goal ?? null,
    monthlyBudgetMinor: draft.monthlyBudget ? BigInt(draft.monthlyBudget.minor) : null,
    currency: draft.monthlyBudget?.currency ?? draft.customerValue?.currency ?? null,
    location: draft.location ?? null,
    country: draft.country ?? null,
    uniqueSellingPoint: draft.uniqueSellingPoint ?? null,
    websiteUrl: draft.websiteUrl ?? null,
    websiteKnown: draft.websiteUrl !== undefined,
    privacyPolicyUrl: draft.privacyPolicyUrl ?? null,
    customerValueMinor: draft.customerValue ? BigInt(draft.customerValue.minor) : null,
    marginPercent: draft.marginPercent ?? null,
    language: draft.language ?? null,
  };
}
