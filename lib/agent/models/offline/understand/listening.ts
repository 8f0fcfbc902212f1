/** What a question can be about. Two are not fields of their own: the country of a place, the currency of an amount. */
export type AskField =
  | 'businessDescription'
  | 'product'
  | 'location'
  | 'country'
  | 'goal'
  | 'monthlyBudget'
  | 'currency'
  | 'targetAudience'
  | 'uniqueSellingPoint'
  | 'websiteUrl'
  | 'privacyPolicyUrl'
  | 'customerValue';

export type Known = {
  businessDescription?: string;
  product?: string;
  location?: string;
  country?: string | null;
  goal?: string;
  monthlyBudget?: { amount: string; currency: string };
  targetAudience?: string;
  uniqueSellingPoint?: string;
  websiteUrl?: string | null;
  privacyPolicyUrl?: string | null;
  customerValue?: unknown;
};
export type Listening = {
  known: Known;
  pending: readonly AskField[];
  askedOften: (field: AskField) => number;
  earlier: readonly string[];
  /** The brief is whole and waits for its press: what is said now takes the place of what was said before. */
  complete?: boolean;
};
