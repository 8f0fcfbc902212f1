import type { Goal } from '../brief';
import type { MoneyJson } from '../money';

/** One campaign's account day of the time before us; absent results are null, never 0. */
export type PastDay = {
  campaignId: string;
  /** Whose results it counts; null where it counts nothing of ours. */
  goal: Goal | null;
  /** The ad account's day, "2026-11-21". */
  day: string;
  spendMinor: bigint;
  impressions: number;
  clicks: number;
  results: number | null;
  /** What they were worth; null where no value is counted. */
  valueMinor: bigint | null;
};

/** What one of them cost: an 80 % interval of the cost behind what was seen, and how many it rests on. Minor units. */
export type CostSeen = { n: number; low: MoneyJson; high: MoneyJson };

/** Campaigns that count the same thing, together. Null estimates: too little to say. */
export type PastGoal = {
  goal: Goal | null;
  /** Days on which anything was spent. */
  days: number;
  spend: MoneyJson;
  clicks: number;
  results: number | null;
  perClick: CostSeen | null;
  perResult: CostSeen | null;
};

/** Something to test, never a finding: one campaign's results cost less than another's, more clearly than luck explains. */
export type Hypothesis = {
  goal: Goal;
  better: { campaignId: string; results: number; perResult: CostSeen };
  worse: { campaignId: string; results: number; perResult: CostSeen };
  /** Chance of a gap like this between equal campaigns, already raised for every pair that was compared. */
  chanceByLuck: number;
};

/** Trouble worth a look before new money goes out. */
export type PastCheck = 'nothing_counted' | 'clicks_without_results';

/** What an account's own time before us says. */
export type Past = {
  /** Whole account days looked at; younger ones than `until` still grow and say nothing yet. */
  since: string;
  until: string;
  days: number;
  spend: MoneyJson;
  /** Most spent first. */
  goals: PastGoal[];
  checks: PastCheck[];
  hypotheses: Hypothesis[];
};
