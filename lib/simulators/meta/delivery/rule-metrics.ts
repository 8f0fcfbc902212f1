import { accountClock, poolOf } from '../../market/market';
import { eventOf } from '../insights/actions';
import { attributionOf } from '../insights/row';
import {
  addCell,
  addResult,
  emptyTally,
  firstAt,
  firstConversionAt,
  peopleIn,
  type Tally,
  targetIn,
} from '../insights/tally';
import { childrenOf, deliveryOf, type LiveWorld, objectOf, textOf } from '../world/live-world';
import type { GraphObject } from '../world/types';
import { audienceSize } from './audience';
import { resultKindOf } from './market-input';

/** Days a preset reaches back and how many of the newest it leaves out. */
const DAYS: Record<string, [number, number]> = {
  TODAY: [0, 0],
  YESTERDAY: [1, 1],
  LAST_2_DAYS: [2, 1],
  LAST_2D: [2, 1],
  LAST_3_DAYS: [3, 1],
  LAST_3D: [3, 1],
  LAST_7_DAYS: [7, 1],
  LAST_7D: [7, 1],
  LAST_14_DAYS: [14, 1],
  LAST_14D: [14, 1],
  LAST_28_DAYS: [28, 1],
  LAST_28D: [28, 1],
  LAST_30_DAYS: [30, 1],
  LAST_30D: [30, 1],
  LIFETIME: [40_000, 0],
  MAXIMUM: [40_000, 0],
};

export const TIME_PRESETS = Object.keys(DAYS);

/** The account's calendar at the end of an hour. */
export type Moment = { zone: string; today: number; atMs: number };

/** What an ad, ad set or campaign did in a preset's days, as far as it is reported by now. */
export function tallyOf(live: LiveWorld, entity: GraphObject, { zone, today, atMs }: Moment, preset: string): Tally {
  const clock = accountClock(zone);
  const [back, skip] = DAYS[preset.toUpperCase()] ?? [0, 0];
  const from = clock.firstBucketOf(Math.max(0, today - back));
  const to = clock.firstBucketOf(today - skip + 1);
  const tally = emptyTally();
  for (const ad of entity.kind === 'ad' ? [entity] : childrenOf(live.world, entity, 'ad')) {
    const adSet = objectOf(live.world, textOf(ad, 'adset_id'), 'adset');
    if (adSet) addAd(live, { ad, adSet, from, to, atMs }, tally);
  }
  return tally;
}

type Span = { ad: GraphObject; adSet: GraphObject; from: number; to: number; atMs: number };

function addAd(live: LiveWorld, { ad, adSet, from, to, atMs }: Span, tally: Tally): void {
  const { buckets, cells, conversions } = deliveryOf(live, ad.id);
  const target = targetIn(tally, adSet.id, poolOf(audienceSize(adSet.data.targeting)));
  for (let at = firstAt({ buckets, cells, conversions }, from); at < buckets.length; at++) {
    const cell = cells[at];
    if ((buckets[at] ?? 0) >= to) break;
    if (cell) addCell(target, cell);
  }
  const kind = resultKindOf(adSet);
  const source = { event: eventOf(adSet, kind), kind, attribution: attributionOf(adSet) };
  for (let at = firstConversionAt(conversions, from); at < conversions.length; at++) {
    const one = conversions[at];
    if (!one || one.bucket >= to) break;
    if (one.reportedMs <= atMs) addResult(tally, one, source);
  }
}

function per(top: number, bottom: number): number | undefined {
  return bottom > 0 ? top / bottom : undefined;
}

/** A metric as rules name it; money in minor units, rates in per cent. Undefined where it has no value yet. */
export function metricOf(name: string, tally: Tally): number | undefined {
  const { cell, results } = tally;
  const count = [...results.values()].reduce((sum, one) => sum + one.counts.value, 0);
  const valueMinor = [...results.values()].reduce((sum, one) => sum + one.values.value, 0);
  switch (name) {
    case 'spent':
    case 'spend':
    case 'lifetime_spent':
    case 'today_spent':
      return cell.spendMinor;
    case 'impressions':
      return cell.impressions;
    case 'clicks':
      return cell.clicks;
    case 'link_click':
    case 'inline_link_clicks':
      return cell.linkClicks;
    case 'reach':
      return peopleIn(tally);
    case 'frequency':
      return per(cell.impressions, peopleIn(tally));
    case 'results':
      return count;
    case 'cpc':
      return per(cell.spendMinor, cell.clicks);
    case 'cpm':
      return per(1000 * cell.spendMinor, cell.impressions);
    case 'ctr':
      return per(100 * cell.clicks, cell.impressions);
    case 'link_ctr':
    case 'inline_link_click_ctr':
      return per(100 * cell.linkClicks, cell.impressions);
    case 'cost_per':
    case 'cost_per_result':
      return per(cell.spendMinor, count);
    case 'cost_per_link_click':
    case 'cost_per_inline_link_click':
      return per(cell.spendMinor, cell.linkClicks);
    case 'website_purchase_roas':
    case 'purchase_roas':
      return per(valueMinor, cell.spendMinor);
    default:
      return eventMetric(name, tally);
  }
}

/** `cost_per_purchase_fb`, `leads`, `offsite_conversion.fb_pixel_purchase` and the like. */
function eventMetric(name: string, { cell, results }: Tally): number | undefined {
  const isCost = name.startsWith('cost_per_');
  const wanted = /purchase|lead|registration|install/.exec(name)?.[0];
  if (wanted === undefined) return undefined;
  const count = [...results.values()]
    .filter((one) => one.event.includes(wanted))
    .reduce((sum, one) => sum + one.counts.value, 0);
  return isCost ? per(cell.spendMinor, count) : count;
}
