import {
  type AdDelivery,
  type Conversion,
  distinctPeople,
  type HourCell,
  type ResultKind,
  unionOfPeople,
} from '../../market/market';

export type WindowCounts = {
  value: number;
  '1d_click': number;
  '7d_click': number;
  '28d_click': number;
  '1d_view': number;
  '1d_ev': number;
};

export type ResultTally = { event: string; kind: ResultKind; counts: WindowCounts; values: WindowCounts };

/** What one row adds up. Reach keeps impressions per audience, because people are not additive. */
export type Tally = {
  cell: HourCell;
  results: Map<string, ResultTally>;
  audiences: Map<string, { impressions: number; people: number }>;
};

export function emptyCell(): HourCell {
  return {
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    landingViews: 0,
    reactions: 0,
    carts: 0,
    checkouts: 0,
    spendMinor: 0,
  };
}

export function emptyTally(): Tally {
  return { cell: emptyCell(), results: new Map(), audiences: new Map() };
}

/** Where one audience's hours of a row are added: found once, used for every hour. */
export type Target = { sum: HourCell; audience: { impressions: number; people: number } };

export function targetIn(tally: Tally, adSetId: string, people: number): Target {
  const audience = tally.audiences.get(adSetId) ?? { impressions: 0, people };
  tally.audiences.set(adSetId, audience);
  return { sum: tally.cell, audience };
}

export function addCell({ sum, audience }: Target, cell: HourCell): void {
  sum.impressions += cell.impressions;
  sum.clicks += cell.clicks;
  sum.linkClicks += cell.linkClicks;
  sum.landingViews += cell.landingViews;
  sum.reactions += cell.reactions;
  sum.carts += cell.carts;
  sum.checkouts += cell.checkouts;
  sum.spendMinor += cell.spendMinor;
  audience.impressions += cell.impressions;
}

function emptyCounts(): WindowCounts {
  return { value: 0, '1d_click': 0, '7d_click': 0, '28d_click': 0, '1d_view': 0, '1d_ev': 0 };
}

/** How an ad set counts results by default. */
export type Attribution = { clickDays: number; viewDays: number };

function countIn(counts: WindowCounts, one: Conversion, amount: number, attribution: Attribution): void {
  const days = one.delayHours / 24;
  if (one.isView) {
    if (days < 1) counts['1d_view'] += amount;
    if (days < attribution.viewDays) counts.value += amount;
    return;
  }
  if (days < 1) counts['1d_click'] += amount;
  if (days < 7) counts['7d_click'] += amount;
  if (days < 28) counts['28d_click'] += amount;
  if (days < attribution.clickDays) counts.value += amount;
}

type Source = { event: string; kind: ResultKind; attribution: Attribution };

export function addResult(tally: Tally, one: Conversion, source: Source): void {
  const known = tally.results.get(source.event) ?? {
    event: source.event,
    kind: source.kind,
    counts: emptyCounts(),
    values: emptyCounts(),
  };
  tally.results.set(source.event, known);
  countIn(known.counts, one, 1, source.attribution);
  countIn(known.values, one, one.valueMinor, source.attribution);
}

/** Distinct people behind a tally: united over its audiences. */
export function peopleIn(tally: Tally): number {
  const audiences = [...tally.audiences.values()].filter((one) => one.impressions > 0);
  const population = Math.max(1, ...audiences.map((one) => one.people));
  const united = unionOfPeople(
    audiences.map((one) => distinctPeople(one.impressions, one.people)),
    population,
  );
  return Math.max(audiences.length > 0 ? 1 : 0, Math.min(tally.cell.impressions, Math.round(united)));
}

function lowerBound(length: number, at: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first delivered hour that is not before `bucket`. */
export function firstAt(delivery: AdDelivery, bucket: number): number {
  return lowerBound(delivery.buckets.length, (index) => delivery.buckets[index] ?? 0, bucket);
}

/** Index of the first result whose click is not before `bucket`; results are kept in the order of their clicks. */
export function firstConversionAt(conversions: readonly Conversion[], bucket: number): number {
  return lowerBound(conversions.length, (index) => conversions[index]?.bucket ?? 0, bucket);
}
