import { accountClock, poolOf } from '../../market/market';
import { audienceSize } from '../delivery/audience';
import { resultKindOf } from '../delivery/market-input';
import type { Context } from '../graph/context';
import { effectiveStatus } from '../status/effective-status';
import { passes } from '../wire/filtering';
import { isObject } from '../wire/params';
import { childrenOf, deliveryOf, objectOf, textOf, zoneOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { eventOf } from './actions';
import { HOURLY, isMetric, isWithoutData, OPT_IN_BREAKDOWNS } from './catalogue';
import type { Period } from './periods';
import type { Level, Query } from './query';
import { attributionOf, attributionSetting, fieldValue, type RowInput, type Subject, writeRow } from './row';
import { type Columns, leafOfResult, type Segment, segmentsOf, splitCell } from './segments';
import { addCell, addResult, emptyTally, firstAt, firstConversionAt, type Tally, type Target, targetIn } from './tally';

type AdFacts = {
  ad: GraphObject;
  adSet: GraphObject;
  campaign: GraphObject;
  account: GraphObject;
  audience: number;
  segments: Segment[];
};

function adsUnder(context: Context, parent: GraphObject): GraphObject[] {
  return parent.kind === 'ad' ? [parent] : childrenOf(context.world, parent, 'ad');
}

function factsOf(context: Context, ad: GraphObject, query: Query): AdFacts | null {
  const { world } = context;
  const adSet = objectOf(world, textOf(ad, 'adset_id'), 'adset');
  const campaign = objectOf(world, textOf(ad, 'campaign_id'), 'campaign');
  const account = objectOf(world, ad.account, 'adaccount');
  if (!adSet || !campaign || !account) return null;
  return {
    ad,
    adSet,
    campaign,
    account,
    audience: poolOf(audienceSize(adSet.data.targeting)),
    segments: segmentsOf({ adSet, creative: creativeOf(context, ad) }, query.breakdowns, world.seed),
  };
}

function creativeOf(context: Context, ad: GraphObject): GraphObject | null {
  const choice = ad.data.creative;
  return isObject(choice) ? objectOf(context.world, String(choice.id), 'adcreative') : null;
}

function subjectIdOf(facts: AdFacts, level: Level): GraphObject {
  return { account: facts.account, campaign: facts.campaign, adset: facts.adSet, ad: facts.ad }[level];
}

/** Deleted and archived children stay out unless asked for; the queried object's own totals keep them. */
function isVisible(context: Context, subject: GraphObject, parent: GraphObject, query: Query): boolean {
  const asks = query.filters.some((filter) => filter.field.endsWith('effective_status'));
  if (asks || subject.id === parent.id) return true;
  const status = effectiveStatus(context.world, subject, context.nowMs);
  return status !== 'DELETED' && status !== 'ARCHIVED';
}

function objectValue(context: Context, object: GraphObject, field: string): Json | undefined {
  if (field === 'id') return object.id;
  if (field === 'effective_status') return effectiveStatus(context.world, object, context.nowMs);
  if (field === 'status' || field === 'configured_status') return object.status;
  if (field === 'delivery_info' || field === 'delivery_status') {
    const status = effectiveStatus(context.world, object, context.nowMs).toLowerCase();
    return status === 'paused' ? 'inactive' : status;
  }
  return object.data[field];
}

const PREFIXES = ['account', 'campaign', 'adset', 'ad'] as const;

function passesObjectFilters(context: Context, facts: AdFacts, query: Query): boolean {
  return query.filters.every((filter) => {
    const [prefix = '', name] = filter.field.split('.');
    const level = PREFIXES.find((one) => one === prefix);
    if (level === undefined || name === undefined || isMetric(name)) return true;
    return passes(objectValue(context, subjectIdOf(facts, level), name), filter);
  });
}

/** Filters on what a row adds up to, whether or not the row shows it. */
function passesMetricFilters(input: RowInput): boolean {
  return input.query.filters.every((filter) => {
    const name = filter.field.split('.').pop() ?? '';
    return !isMetric(name) || passes(fieldValue(name, input), filter);
  });
}

function isOptedIn(account: GraphObject | undefined, query: Query): boolean {
  const features = JSON.stringify(account?.data.insights_features ?? []);
  return query.breakdowns.every((name) => {
    const feature = OPT_IN_BREAKDOWNS[name];
    return feature === undefined || features.includes(`"${feature}"`);
  });
}

type Group = { subject: GraphObject; facts: AdFacts[] };

function groupsOf(context: Context, parent: GraphObject, query: Query): Group[] {
  const groups = new Map<string, Group>();
  for (const ad of adsUnder(context, parent)) {
    const facts = factsOf(context, ad, query);
    if (!facts || !passesObjectFilters(context, facts, query)) continue;
    const subject = subjectIdOf(facts, query.level);
    if (!isVisible(context, subject, parent, query)) continue;
    const group = groups.get(subject.id) ?? { subject, facts: [] };
    groups.set(subject.id, group);
    group.facts.push(facts);
  }
  return [...groups.values()].sort((one, other) => one.subject.ordinal - other.subject.ordinal);
}

/** All rows of a query, unpaged, plus the totals for a summary. */
export function buildReport(
  context: Context,
  parent: GraphObject,
  query: Query,
): { rows: JsonObject[]; summary: JsonObject | null } {
  const account = parent.kind === 'adaccount' ? parent : context.world.objects[parent.account];
  const isEmpty = isWithoutData(query.breakdowns) || !isOptedIn(account, query);
  const groups = isEmpty ? [] : groupsOf(context, parent, query);
  const inputs = groups.flatMap((group) => query.periods.flatMap((period) => rowsOf(context, group, period, query)));
  const passing = inputs.filter(passesMetricFilters);
  return {
    rows: sorted(passing, query).map(writeRow),
    summary: query.summary ? summaryOf(context, groups, query) : null,
  };
}

function rowsOf(context: Context, group: Group, period: Period, query: Query): RowInput[] {
  const subject = describe(group, query.level);
  const tallies = tallyGroup(context, group.facts, period, query);
  return [...tallies.values()]
    .filter(({ tally }) => tally.cell.impressions > 0)
    .map(({ columns, tally }) => ({ world: context.world, query, subject, period, columns, tally }));
}

function describe({ facts }: Group, level: Level): Subject {
  const [first] = facts;
  if (!first) throw new Error('a group without ads');
  const depth = ['account', 'campaign', 'adset', 'ad'].indexOf(level);
  return {
    account: first.account,
    campaign: depth >= 1 ? first.campaign : undefined,
    adSet: depth >= 2 ? first.adSet : undefined,
    ad: depth >= 3 ? first.ad : undefined,
    goals: [...new Set(facts.map(({ adSet }) => textOf(adSet, 'optimization_goal') ?? ''))],
    settings: [...new Set(facts.map(({ adSet }) => attributionSetting(adSet)))],
  };
}

type Column = { columns: Columns; tally: Tally };

function tallyGroup(context: Context, facts: AdFacts[], period: Period, query: Query): Map<string, Column> {
  const tallies = new Map<string, Column>();
  for (const one of facts) tallyAd(context, one, period, query, tallies);
  return tallies;
}

function columnFor(tallies: Map<string, Column>, columns: Columns): Tally {
  const key = JSON.stringify(columns);
  const known = tallies.get(key);
  if (known) return known.tally;
  const made = { columns, tally: emptyTally() };
  tallies.set(key, made);
  return made.tally;
}

function hourColumn(hour: number): string {
  const two = String(hour).padStart(2, '0');
  return `${two}:00:00 - ${two}:59:59`;
}

function tallyAd(context: Context, facts: AdFacts, period: Period, query: Query, tallies: Map<string, Column>): void {
  const { ad, adSet, segments } = facts;
  const clock = accountClock(zoneOf(context.world, ad));
  const from = clock.firstBucketOf(period.since);
  const to = clock.firstBucketOf(period.until + 1);
  const delivery = deliveryOf(context.live, ad.id);
  const byHour = query.breakdowns.includes(HOURLY);
  // Rows are told apart by leaf, or by hour of the day where hours are asked for.
  const placeOf = (leaf: number, bucket: number) => (byHour ? clock.local(bucket).hour : leaf);
  const columnsOf = (place: number) => (byHour ? { [HOURLY]: hourColumn(place) } : (segments[place]?.columns ?? {}));
  const targets: (Target | undefined)[] = [];
  const targetOf = (place: number, leaf: number): Target => {
    const known = targets[place];
    if (known) return known;
    const people = facts.audience * (segments[leaf]?.share ?? 1);
    const made = targetIn(columnFor(tallies, columnsOf(place)), adSet.id, people);
    targets[place] = made;
    return made;
  };

  const isMissing = missingHours(context, facts.account);
  for (let at = firstAt(delivery, from); at < delivery.buckets.length; at++) {
    const bucket = delivery.buckets[at] ?? 0;
    if (bucket >= to) break;
    if (isMissing(clock.startMs(bucket))) continue;
    const cell = delivery.cells[at];
    if (!cell) continue;
    for (const [leaf, part] of splitCell(cell, segments, context.world.seed, ad.ordinal, bucket).entries()) {
      if (part.impressions > 0) addCell(targetOf(placeOf(leaf, bucket), leaf), part);
    }
  }

  const kind = resultKindOf(adSet);
  const source = { event: eventOf(adSet, kind), kind, attribution: attributionOf(adSet) };
  const { conversions } = delivery;
  for (let at = firstConversionAt(conversions, from); at < conversions.length; at++) {
    const one = conversions[at];
    if (!one || one.bucket >= to) break;
    if (one.reportedMs > context.nowMs || isMissing(clock.startMs(one.bucket))) continue;
    const leaf = leafOfResult(segments, context.world.seed, ad.ordinal, one.n);
    addResult(columnFor(tallies, columnsOf(placeOf(leaf, one.bucket))), one, source);
  }
}

/** Hours that reports do not show yet, because the market's insights are held up until a shock is over. */
function missingHours(context: Context, account: GraphObject): (startMs: number) => boolean {
  const holes = (context.world.shocks[account.id] ?? []).filter(
    (shock) => shock.kind === 'insights_missing' && context.nowMs < shock.toMs,
  );
  if (holes.length === 0) return () => false;
  return (startMs) => holes.some((shock) => shock.fromMs <= startMs && startMs < shock.toMs);
}

function sorted(rows: RowInput[], { sort }: Query): RowInput[] {
  if (!sort) return rows;
  const sign = sort.isDescending ? -1 : 1;
  const key = (row: RowInput) => String(fieldValue(sort.field, row) ?? row.columns[sort.field] ?? '');
  const compare = (one: string, other: string) => {
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? one.localeCompare(other) : difference;
  };
  return [...rows].sort((one, other) => sign * compare(key(one), key(other)));
}

function summaryOf(context: Context, groups: Group[], query: Query): JsonObject {
  const facts = groups.flatMap((group) => group.facts);
  const [first] = facts;
  const whole = {
    since: Math.min(...query.periods.map((one) => one.since)),
    until: Math.max(...query.periods.map((one) => one.until)),
  };
  if (!first) return {};
  const plain: Query = { ...query, breakdowns: [], fields: query.summary ?? [] };
  const unsplit = facts.map((one) => ({
    ...one,
    segments: segmentsOf({ adSet: one.adSet, creative: null }, [], context.world.seed),
  }));
  const total = [...tallyGroup(context, unsplit, whole, plain).values()][0]?.tally ?? emptyTally();
  const subject = describe({ subject: first.account, facts: unsplit }, 'account');
  return writeRow({ world: context.world, query: plain, subject, period: whole, columns: {}, tally: total });
}
