import type { OptimizerOptions, OwnerAnswer, RestatedRow, TickInput, TickRow } from './types';

type Open<T, Needed extends keyof T> = Pick<T, Needed> & { [K in Exclude<keyof T, Needed>]?: T[K] | null };

/**
 * A tick as an outside program may tell it. Only `tick` is needed: rows may miss fields, come in any order and for any past
 * tick; lists that are left out are the last ones told.
 */
export type OpenTick = {
  tick: number;
  rows?: readonly Open<TickRow, 'adKey'>[] | null;
  completeThrough?: number | null;
  adSets?: readonly Open<TickInput['adSets'][number], 'key' | 'dailyBudgetMinor'>[] | null;
  ads?: readonly Open<TickInput['ads'][number], 'key' | 'adSetKey'>[] | null;
  siteAnswers?: boolean | null;
  answer?: OwnerAnswer | null;
  restated?: ((fromTick: number, toTick: number) => readonly Open<RestatedRow, 'adKey'>[] | null | undefined) | null;
};

const ANSWERS: readonly OwnerAnswer[] = ['site-broken', 'tracking-broken', 'all-fine'];

/**
 * The tick in full. What is absent is filled with what it means when absent: counts are 0, page views unknown, everything
 * is on, nothing is learning. A count below 0 or without a finite value counts as absent; rows of ticks that have not ended
 * are left out.
 * @param last the lists of the tick before, for lists that are left out
 * @param oldest rows of earlier ticks are left out: what they would replace is no longer known
 * @throws TypeError naming the field, where a number, key or switch is of another kind ("12" is not 12)
 */
export function accepted(given: OpenTick, last: Pick<TickInput, 'adSets' | 'ads'> | null, oldest: number): TickInput {
  const tick = wholeTick(given.tick);
  const rows = (given.rows ?? []).flatMap((row, index): TickRow[] => {
    const at =
      row.tick === undefined || row.tick === null ? tick : Math.floor(numeric(row.tick, `rows[${index}].tick`));
    if (at < Math.max(0, oldest) || at > tick) return [];
    return [fullRow(row, at, `rows[${index}]`)];
  });
  const newest = rows.reduce((most, row) => Math.max(most, row.tick), -1);
  const through = given.completeThrough ?? (newest >= 0 ? newest : tick - 1);
  const { restated } = given;
  return {
    tick,
    rows,
    completeThrough: Math.min(tick, numeric(through, 'completeThrough')),
    adSets: given.adSets ? uniqueByKey(given.adSets.map(fullAdSet)) : (last?.adSets ?? []),
    ads: given.ads ? uniqueByKey(given.ads.map(fullAd)) : (last?.ads ?? []),
    siteAnswers: given.siteAnswers ?? null,
    answer: ANSWERS.find((one) => one === given.answer) ?? null,
    ...(restated ? { restated: (from, to) => (restated(from, to) ?? []).map(fullRestated) } : {}),
  };
}

function fullRow(row: Open<TickRow, 'adKey'>, tick: number, name: string): TickRow {
  const views = row.landingPageViews;
  return {
    tick,
    adKey: keyed(row.adKey, `${name}.adKey`),
    impressions: counted(row.impressions, `${name}.impressions`),
    clicks: counted(row.clicks, `${name}.clicks`),
    spendMinor: counted(row.spendMinor, `${name}.spendMinor`),
    landingPageViews: views === null || views === undefined ? null : counted(views, `${name}.landingPageViews`),
    results: counted(row.results, `${name}.results`),
    valueMinor: counted(row.valueMinor, `${name}.valueMinor`),
  };
}

function fullRestated(row: Open<RestatedRow, 'adKey'>, index: number): RestatedRow {
  const name = `restated[${index}]`;
  return {
    adKey: keyed(row.adKey, `${name}.adKey`),
    clicks: counted(row.clicks, `${name}.clicks`),
    results: counted(row.results, `${name}.results`),
    valueMinor: counted(row.valueMinor, `${name}.valueMinor`),
  };
}

function fullAdSet(one: NonNullable<OpenTick['adSets']>[number], index: number): TickInput['adSets'][number] {
  const name = `adSets[${index}]`;
  return {
    key: keyed(one.key, `${name}.key`),
    dailyBudgetMinor: counted(one.dailyBudgetMinor, `${name}.dailyBudgetMinor`),
    on: switched(one.on, true, `${name}.on`),
    learning: switched(one.learning, false, `${name}.learning`),
    stock: counted(one.stock, `${name}.stock`),
  };
}

function fullAd(one: NonNullable<OpenTick['ads']>[number], index: number): TickInput['ads'][number] {
  const name = `ads[${index}]`;
  return {
    key: keyed(one.key, `${name}.key`),
    adSetKey: keyed(one.adSetKey, `${name}.adSetKey`),
    on: switched(one.on, true, `${name}.on`),
    creative: one.creative === undefined || one.creative === null ? '' : keyed(one.creative, `${name}.creative`),
    frequency: one.frequency ?? null,
  };
}

/** The last of those told twice. */
function uniqueByKey<T extends { key: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.key, item])).values()];
}

function wholeTick(value: unknown): number {
  const tick = numeric(value, 'tick');
  if (!Number.isInteger(tick) || tick < 0) throw new TypeError(`tick: a whole number from 0 on is wanted, not ${tick}`);
  return tick;
}

/** A count: absent, below 0 or without a finite value = 0. */
function counted(value: unknown, name: string): number {
  if (value === undefined || value === null) return 0;
  const count = numeric(value, name);
  return Number.isFinite(count) && count > 0 ? count : 0;
}

function numeric(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw wrongKind(value, 'a number', name);
}

function keyed(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw wrongKind(value, 'text', name);
}

function switched(value: unknown, absent: boolean, name: string): boolean {
  if (value === undefined || value === null) return absent;
  if (typeof value === 'boolean') return value;
  throw wrongKind(value, 'true or false', name);
}

function wrongKind(value: unknown, wanted: string, name: string): TypeError {
  const given = typeof value === 'string' ? `the text ${JSON.stringify(value)}` : typeof value;
  return new TypeError(`${name}: ${wanted} is wanted, not ${given}`);
}

/** @throws RangeError where a share or an amount cannot be one, TypeError where it is no number */
export function acceptedOptions(given: Partial<OptimizerOptions>): OptimizerOptions {
  const { margin = null, resultValueMinor = null, maxDailyMinor, minDailyMinor, seed = 1 } = given;
  const amount = (value: number | null | undefined, name: string) => {
    if (value === undefined || value === null || numeric(value, name) >= 0) return;
    throw new RangeError(`${name}: an amount from 0 on is wanted, not ${value}`);
  };
  if (margin !== null && !(numeric(margin, 'margin') >= 0 && margin <= 1))
    throw new RangeError(`margin: a share from 0 to 1 is wanted, not ${margin}`);
  amount(resultValueMinor, 'resultValueMinor');
  amount(maxDailyMinor, 'maxDailyMinor');
  amount(minDailyMinor, 'minDailyMinor');
  for (const [name, counts] of Object.entries({ account: given.past?.account, ...given.past?.adSets }))
    for (const [field, count] of Object.entries(counts ?? {})) amount(count, `past.${name}.${field}`);
  return { ...given, margin, resultValueMinor, seed: Math.floor(numeric(seed, 'seed')) || 1 };
}
