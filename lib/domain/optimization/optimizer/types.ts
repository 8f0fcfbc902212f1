/** Plain data in and out, so that any program can drive the engine tick by tick. Money: minor units as whole numbers. */

/** What one ad did in one 4-hour tick, as far as it is reported. A later row of the same tick and ad replaces it. */
export type TickRow = {
  tick: number;
  adKey: string;
  impressions: number;
  clicks: number;
  spendMinor: number;
  /** Null where the platform reports none. */
  landingPageViews: number | null;
  /** Results that arrived in this tick, whenever their click was. */
  results: number;
  valueMinor: number;
};

/** Sums of one ad over a range of ticks by the time of the click, as reported now. */
export type RestatedRow = { adKey: string; clicks: number; results: number; valueMinor: number };

export type OwnerAnswer = 'site-broken' | 'tracking-broken' | 'all-fine';

export type TickInput = {
  /** The tick that has just ended; ticks begin at 0 at the account's midnight, six to a day. */
  tick: number;
  rows: readonly TickRow[];
  /** Newest tick whose rows are complete; older than `tick` while rows are missing. */
  completeThrough: number;
  adSets: readonly {
    key: string;
    dailyBudgetMinor: number;
    on: boolean;
    learning: boolean /** Unused creatives. */;
    stock: number;
  }[];
  ads: readonly {
    key: string;
    adSetKey: string;
    on: boolean /** Changes when the creative is replaced. */;
    creative: string;
    /** Showings per person as the platform reports it; shown, never a trigger by itself. */
    frequency?: number | null;
  }[];
  /** The shop's home page: true = it answers; null = not looked at. */
  siteAnswers: boolean | null;
  answer?: OwnerAnswer | null;
  /** Restated sums by click time for any range of ticks, both ends included; left out = rows are all there is. */
  restated?: (fromTick: number, toTick: number) => readonly RestatedRow[];
};

/** Sums over a stretch of days before the engine took over. */
export type PastCounts = { clicks: number; spendMinor: number; results: number; valueMinor: number };

export type OptimizerOptions = {
  seed: number;
  /** Share of a result's value that remains, 0..1; null = unknown, then results are counted and the total is kept. */
  margin: number | null;
  /** What one result is worth where the platform reports no value, minor units. */
  resultValueMinor?: number | null;
  /** Total per day that may never be passed; the first tick's total when left out. */
  maxDailyMinor?: number;
  minDailyMinor?: number;
  /** False keeps the total: money only moves. */
  mayLowerTotal?: boolean;
  /** What the account and its ad sets (by key) counted before; worth a few pseudo-results that own days soon outweigh. */
  past?: { account?: PastCounts; adSets?: Readonly<Record<string, PastCounts>> };
};

export type OptimizerAction =
  | { kind: 'pause_ad'; adKey: string }
  | { kind: 'resume_ad'; adKey: string }
  | { kind: 'pause_ad_set'; adSetKey: string }
  | { kind: 'resume_ad_set'; adSetKey: string }
  | { kind: 'set_budget'; adSetKey: string; dailyBudgetMinor: number }
  | { kind: 'replace_creative'; adKey: string }
  | { kind: 'ask_owner' };

/**
 * `reason`: rule id; `chance`: the rule's own probability of being right, where it has one; `gain`: of a budget decision, how
 * much more the moved money is expected to bring (0.1 = 10 %).
 */
export type OptimizerDecision = { action: OptimizerAction; reason: string; chance: number | null; gain?: number };
