import { addDays } from '../../time';
import type { AdDay, AdSetState, AdState, OptimizationEvidence, PastAction } from '../types';
import type { OptimizerOptions, TickInput } from './types';

export const TICKS_PER_DAY = 6;
/** Days whose results are read again by click time before each decision. */
const RESTATED_DAYS = 8;
const EPOCH = '2000-01-01';
const NAMES: string[] = [];

/** Calendar name of a day counted from the first tick; the rules speak in calendar days. */
export function dayName(index: number): string {
  while (NAMES.length <= index) NAMES.push(addDays(EPOCH, NAMES.length));
  return NAMES[index] ?? addDays(EPOCH, index);
}

type DaySum = { impressions: number; clicks: number; spendMinor: number; results: number; valueMinor: number };
export type AdMemory = {
  creative: string;
  since: number;
  pausedOn: number | null;
  replaced: boolean;
  days: Map<number, DaySum>;
};
/** The account's last ticks, for the guards. */
export type TickSum = {
  tick: number;
  impressions: number;
  clicks: number;
  spendMinor: number;
  landingPageViews: number | null;
  results: number;
};

export type History = {
  ads: Map<string, AdMemory>;
  ticks: TickSum[];
  past: PastAction[];
  seen: Set<string>;
  excludedDays: Set<number>;
};

export function emptyHistory(): History {
  return { ads: new Map(), ticks: [], past: [], seen: new Set(), excludedDays: new Set() };
}

/** Takes in what was reported; a row seen before is not counted twice. */
export function remember(history: History, input: TickInput): void {
  for (const ad of input.ads) {
    const known = history.ads.get(ad.key);
    if (!known)
      history.ads.set(ad.key, {
        creative: ad.creative,
        since: Math.floor(input.tick / TICKS_PER_DAY),
        pausedOn: null,
        replaced: false,
        days: new Map(),
      });
    else if (known.creative !== ad.creative)
      Object.assign(known, { creative: ad.creative, since: Math.floor(input.tick / TICKS_PER_DAY), replaced: true });
  }
  for (const row of input.rows) {
    const mark = `${row.tick}:${row.adKey}`;
    const ad = history.ads.get(row.adKey);
    if (!ad || history.seen.has(mark)) continue;
    history.seen.add(mark);
    const day = Math.floor(row.tick / TICKS_PER_DAY);
    const sum = ad.days.get(day) ?? { impressions: 0, clicks: 0, spendMinor: 0, results: 0, valueMinor: 0 };
    ad.days.set(day, {
      impressions: sum.impressions + row.impressions,
      clicks: sum.clicks + row.clicks,
      spendMinor: sum.spendMinor + row.spendMinor,
      results: sum.results + row.results,
      valueMinor: sum.valueMinor + row.valueMinor,
    });
    addToTick(history, row);
  }
}

function addToTick(history: History, row: TickInput['rows'][number]): void {
  let sum = history.ticks.findLast((one) => one.tick === row.tick);
  if (!sum) {
    sum = { tick: row.tick, impressions: 0, clicks: 0, spendMinor: 0, landingPageViews: null, results: 0 };
    history.ticks.push(sum);
  }
  sum.impressions += row.impressions;
  sum.clicks += row.clicks;
  sum.spendMinor += row.spendMinor;
  sum.results += row.results;
  if (row.landingPageViews !== null) sum.landingPageViews = (sum.landingPageViews ?? 0) + row.landingPageViews;
}

/** Replaces the last days' results by what is now known of their clicks. */
export function restate(history: History, input: TickInput, today: number): void {
  if (!input.restated) return;
  for (let day = Math.max(0, today - RESTATED_DAYS); day < today; day += 1) {
    for (const row of input.restated(day * TICKS_PER_DAY, day * TICKS_PER_DAY + TICKS_PER_DAY - 1)) {
      const sum = history.ads.get(row.adKey)?.days.get(day);
      if (sum) Object.assign(sum, { results: row.results, valueMinor: row.valueMinor });
    }
  }
}

/** What the day's rules look at, made from memory and the present state. */
export function evidenceOf(
  history: History,
  input: TickInput,
  options: OptimizerOptions,
  today: number,
): OptimizationEvidence {
  const money = (minor: number) => ({ minor: String(Math.round(minor)), currency: 'XXX' });
  const adSets = input.adSets.map(
    (adSet): AdSetState => ({
      key: adSet.key,
      dailyBudget: money(adSet.dailyBudgetMinor),
      reserves: Array.from({ length: adSet.stock }, (_, index) => `${adSet.key}-reserve-${index}`),
      ads: input.ads
        .filter((ad) => ad.adSetKey === adSet.key)
        .flatMap((ad): AdState[] => {
          const memory = history.ads.get(ad.key);
          if (!memory) return [];
          const status = ad.on && adSet.on ? 'delivering' : memory.pausedOn !== null ? 'paused_by_us' : 'paused';
          return [
            {
              key: ad.key,
              status,
              creativeSince: dayName(memory.since),
              pausedOn: memory.pausedOn === null ? null : dayName(memory.pausedOn),
              reserveKey: memory.replaced ? ad.creative : null,
              days: adDays(memory, history.excludedDays),
            },
          ];
        }),
    }),
  );
  const value = options.resultValueMinor ?? averageValue(history);
  return {
    today: dayName(today),
    dataThrough: dayName(Math.max(0, today - 1)),
    lastDecidedOn: null,
    seed: options.seed * 7919 + today,
    goal: 'SALES',
    resultValue: value === null || options.margin === null ? null : money(value),
    marginPercent: options.margin === null ? null : options.margin * 100,
    projection: null,
    minDailyBudget: money(options.minDailyMinor ?? 300),
    alarm: false,
    adSets,
    pastActions: history.past,
    envelope: {
      monthlyCeiling: money((options.maxDailyMinor ?? 0) * 31),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 99,
    },
  };
}

function adDays(memory: AdMemory, excluded: Set<number>): AdDay[] {
  return [...memory.days]
    .filter(([, sum]) => sum.impressions > 0)
    .map(([day, sum]) => ({
      day: dayName(day),
      spendMinor: BigInt(Math.round(sum.spendMinor)),
      impressions: sum.impressions,
      clicks: sum.clicks,
      landingPageViews: null,
      results: excluded.has(day) ? null : sum.results,
      valueMinor: null,
    }));
}

/** Mean value of a result over everything reported; null before there are any. */
export function averageValue(history: History): number | null {
  let [value, results] = [0, 0];
  for (const ad of history.ads.values())
    for (const sum of ad.days.values()) {
      value += sum.valueMinor;
      results += sum.results;
    }
  return results > 0 && value > 0 ? value / results : null;
}
