import * as z from 'zod';
import { type BriefDraft, GOALS } from '../../domain/brief';
import { BUDGET_PERIODS, monthlyBudgetOf } from '../../domain/brief-budget';
import type { BriefProblem } from '../../domain/brief-check';
import { moneyFromDecimal, moneyToDecimal, moneyToJson } from '../../domain/money';

const amount = z.string().describe('Decimal in major units without separators, e.g. "300" or "12.50"');
const currency = z.string().describe('ISO 4217 code, e.g. EUR');

/** What the agent may write into the brief. Leave out what was not said. */
export const briefInput = z.object({
  businessName: z.string().optional().describe('Name of the business, only if the owner gave one'),
  businessDescription: z.string().optional().describe('What the business is and does, in one plain phrase'),
  product: z.string().optional().describe('What the owner wants to sell more of'),
  targetAudience: z.string().optional().describe('Who the best customers are, in the owner’s words'),
  goal: z.enum(GOALS).optional(),
  monthlyBudget: z
    .object({ amount, currency, per: z.enum(BUDGET_PERIODS).describe('The period the owner named') })
    .optional(),
  location: z.string().optional().describe('Town, region or country where customers are'),
  country: z
    .string()
    .nullable()
    .optional()
    .describe('ISO 3166-1 alpha-2 code of that place; null when the owner will not say'),
  uniqueSellingPoint: z.string().optional().describe('What makes it special, in the owner’s words'),
  websiteUrl: z.string().nullable().optional().describe('Web address; null when the owner has none'),
  privacyPolicyUrl: z
    .string()
    .nullable()
    .optional()
    .describe(
      'Web address of the owner’s privacy notice; ask only when it is missing (people leave details in a form on Facebook, which requires one); null when there is none',
    ),
  customerValue: z
    .object({ amount, currency })
    .nullable()
    .optional()
    .describe('What one new customer is worth; null when the owner does not know'),
  marginPercent: z.number().int().nullable().optional(),
  language: z.string().optional().describe('Language of the customers, e.g. "pt"'),
});
export type BriefInput = z.infer<typeof briefInput>;

/** The tool's words as domain values; amounts that cannot be read come back as problems. */
export function patchFromInput(input: BriefInput): { patch: BriefDraft; problems: BriefProblem[] } {
  const { monthlyBudget, customerValue, ...plain } = input;
  const patch: BriefDraft = {};
  const problems: BriefProblem[] = [];
  for (const [field, value] of Object.entries(plain)) if (value !== undefined) Object.assign(patch, { [field]: value });
  if (monthlyBudget) {
    try {
      patch.monthlyBudget = moneyToJson(
        monthlyBudgetOf(monthlyBudget.amount, monthlyBudget.currency.toUpperCase(), monthlyBudget.per),
      );
    } catch {
      problems.push({ field: 'monthlyBudget', code: 'not_money' });
    }
  }
  if (customerValue === null) patch.customerValue = null;
  else if (customerValue) {
    try {
      patch.customerValue = moneyToJson(moneyFromDecimal(customerValue.amount, customerValue.currency.toUpperCase()));
    } catch {
      problems.push({ field: 'customerValue', code: 'not_money' });
    }
  }
  return { patch, problems };
}

/** A brief as the model reads it: amounts in major units. */
export function briefForModel(draft: BriefDraft) {
  const { monthlyBudget, customerValue, ...plain } = draft;
  const readable = (value: { minor: string; currency: string }) => ({
    amount: moneyToDecimal({ minor: BigInt(value.minor), currency: value.currency }),
    currency: value.currency,
  });
  return {
    ...plain,
    ...(monthlyBudget ? { monthlyBudget: readable(monthlyBudget) } : {}),
    ...(customerValue === undefined ? {} : { customerValue: customerValue === null ? null : readable(customerValue) }),
  };
}
