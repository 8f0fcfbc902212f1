import type { Goal } from './brief';
import type { MoneyJson } from './money';

export type InsightLevel = 'campaign' | 'adset' | 'ad';

/** Additive counters of one entity on one account day. Ratios are computed when read; absent is null, never 0. */
export type Counters = {
  spendMinor: bigint;
  impressions: number;
  /** Link clicks, not clicks (all). */
  clicks: number;
  landingPageViews: number | null;
  /** Conversions of the campaign's goal; null where nothing is tracked. */
  results: number | null;
  /** Value of those conversions in minor units; null where no value is reported. */
  valueMinor: bigint | null;
};

/** One day of one entity as the platform reports it now; days younger than 7 still grow. */
export type InsightRow = Counters & {
  level: InsightLevel;
  entityId: string;
  parentId: string | null;
  /** The ad account's day, "2026-11-21". */
  day: string;
  currency: string;
  attribution: string;
  reach: number | null;
  /**
   * The campaign it belongs to, where known; without `countsOneKind` its ad sets count different things. `goal` is the goal
   * whose results it counts, as its set-up says; null where it counts none of ours.
   */
  campaign?: { id: string; countsOneKind: boolean; goal?: Goal | null };
};

/** Reach and frequency of one entity over an exact window (never the sum of days). */
export type WindowReach = { entityId: string; since: string; until: string; reach: number; impressions: number };

export type Ratio = number | null;

/** Cost per result in whole minor units; null without results. */
export function costPerResultMinor(row: Pick<Counters, 'spendMinor' | 'results'>): bigint | null {
  return row.results ? row.spendMinor / BigInt(row.results) : null;
}

/** Return on ad spend; null where no value is reported or nothing was spent. */
export function roas(row: Pick<Counters, 'spendMinor' | 'valueMinor'>): Ratio {
  return row.valueMinor === null || row.spendMinor === 0n ? null : Number(row.valueMinor) / Number(row.spendMinor);
}

/** Sums additive counters; a sum over nulls only stays null. */
export function sumCounters(rows: readonly Counters[]): Counters {
  const total: Counters = {
    spendMinor: 0n,
    impressions: 0,
    clicks: 0,
    landingPageViews: null,
    results: null,
    valueMinor: null,
  };
  for (const row of rows) {
    total.spendMinor += row.spendMinor;
    total.impressions += row.impressions;
    total.clicks += row.clicks;
    if (row.landingPageViews !== null) total.landingPageViews = (total.landingPageViews ?? 0) + row.landingPageViews;
    if (row.results !== null) total.results = (total.results ?? 0) + row.results;
    if (row.valueMinor !== null) total.valueMinor = (total.valueMinor ?? 0n) + row.valueMinor;
  }
  return total;
}

/** Counters as they travel to the browser. */
export type CountersView = {
  spend: MoneyJson;
  reach: number | null;
  impressions: number;
  clicks: number;
  results: number | null;
  costPerResult: MoneyJson | null;
  roas: number | null;
};
