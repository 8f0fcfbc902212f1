import type { MoneyJson } from './money';

/** An 80 % interval of a count; whole numbers. */
export type CountRange = { low: number; high: number };
export type MoneyRange = { low: MoneyJson; high: MoneyJson };

/** What a month of this plan may bring, honestly wide. Null where it cannot be said. */
export type Projection = {
  days: number;
  reach: CountRange;
  clicks: CountRange;
  /** Leads, sales, messages … whatever the goal counts; null for TRAFFIC. */
  results: CountRange | null;
  costPerResult: MoneyRange | null;
  /** 'similar-shops': published ranges only; 'own-history': this account's own mature days. */
  basis: { kind: 'similar-shops' } | { kind: 'own-history'; days: number };
};
