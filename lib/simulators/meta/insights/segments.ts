import { type HourCell, hashOf, seeded } from '../../market/market';
import { countryOfKey } from '../search/places';
import { targetedCountries } from '../validate/targeting';
import { isObject } from '../wire/params';
import type { GraphObject, Json } from '../world/types';
import { assetsOf } from './assets';
import { ASSET_BREAKDOWNS, HOURLY } from './catalogue';

/** One leaf of a breakdown: its columns, its share of impressions and of people. */
export type Columns = Record<string, Json>;
export type Segment = { columns: Columns; share: number };

const AGES = [
  { name: '13-17', from: 13, to: 17, weight: 0.02 },
  { name: '18-24', from: 18, to: 24, weight: 0.17 },
  { name: '25-34', from: 25, to: 34, weight: 0.27 },
  { name: '35-44', from: 35, to: 44, weight: 0.23 },
  { name: '45-54', from: 45, to: 54, weight: 0.16 },
  { name: '55-64', from: 55, to: 64, weight: 0.1 },
  { name: '65+', from: 65, to: 99, weight: 0.07 },
];
const GENDERS = [
  { name: 'female', code: 2, weight: 0.53 },
  { name: 'male', code: 1, weight: 0.45 },
  { name: 'unknown', code: 0, weight: 0.02 },
];
const PLACEMENTS = [
  {
    publisher_platform: 'facebook',
    platform_position: 'feed',
    device_platform: 'mobile_app',
    impression_device: 'android_smartphone',
    weight: 0.3,
  },
  {
    publisher_platform: 'facebook',
    platform_position: 'feed',
    device_platform: 'desktop',
    impression_device: 'desktop',
    weight: 0.06,
  },
  {
    publisher_platform: 'facebook',
    platform_position: 'marketplace',
    device_platform: 'mobile_app',
    impression_device: 'android_smartphone',
    weight: 0.05,
  },
  {
    publisher_platform: 'facebook',
    platform_position: 'facebook_reels',
    device_platform: 'mobile_app',
    impression_device: 'iphone',
    weight: 0.1,
  },
  {
    publisher_platform: 'facebook',
    platform_position: 'facebook_stories',
    device_platform: 'mobile_app',
    impression_device: 'android_smartphone',
    weight: 0.06,
  },
  {
    publisher_platform: 'instagram',
    platform_position: 'feed',
    device_platform: 'mobile_app',
    impression_device: 'iphone',
    weight: 0.17,
  },
  {
    publisher_platform: 'instagram',
    platform_position: 'instagram_stories',
    device_platform: 'mobile_app',
    impression_device: 'iphone',
    weight: 0.12,
  },
  {
    publisher_platform: 'instagram',
    platform_position: 'instagram_reels',
    device_platform: 'mobile_app',
    impression_device: 'android_smartphone',
    weight: 0.1,
  },
  {
    publisher_platform: 'audience_network',
    platform_position: 'an_classic',
    device_platform: 'mobile_app',
    impression_device: 'android_smartphone',
    weight: 0.03,
  },
  {
    publisher_platform: 'messenger',
    platform_position: 'sponsored_messages',
    device_platform: 'mobile_web',
    impression_device: 'android_smartphone',
    weight: 0.01,
  },
];

function normalised(segments: Segment[]): Segment[] {
  const total = segments.reduce((sum, segment) => sum + segment.share, 0);
  return segments.map((segment) => ({ ...segment, share: segment.share / total }));
}

function agesAndGenders(targeting: Json | undefined): Segment[] {
  const spec = isObject(targeting) ? targeting : {};
  const low = Number(spec.age_min ?? 18);
  const high = Number(spec.age_max ?? 65);
  const wanted = Array.isArray(spec.genders) ? spec.genders : [];
  const ages = AGES.filter((age) => age.to >= low && age.from <= high);
  const genders = GENDERS.filter((gender) => wanted.length === 0 || wanted.includes(gender.code));
  return ages.flatMap((age) =>
    genders.map((gender) => ({ columns: { age: age.name, gender: gender.name }, share: age.weight * gender.weight })),
  );
}

function placements(targeting: Json | undefined): Segment[] {
  const spec = isObject(targeting) ? targeting : {};
  const platforms = Array.isArray(spec.publisher_platforms) ? spec.publisher_platforms : [];
  const allowed = PLACEMENTS.filter((one) => platforms.length === 0 || platforms.includes(one.publisher_platform));
  return (allowed.length > 0 ? allowed : PLACEMENTS).map(({ weight, ...columns }) => ({ columns, share: weight }));
}

function countries(targeting: Json | undefined, seed: number): Segment[] {
  const found = isObject(targeting) ? [...new Set(targetedCountries(targeting))] : [];
  const names = found.length > 0 ? found : ['unknown'];
  return names.map((country) => ({ columns: { country }, share: 1 + (hashOf(seed, country) % 100) / 100 }));
}

function regions(targeting: Json | undefined, seed: number): Segment[] {
  return countries(targeting, seed).flatMap(({ columns, share }) =>
    ['North', 'Centre', 'South'].map((part) => ({
      columns: { region: `${part} (${String(columns.country ?? countryOfKey(''))})` },
      share: share * (1 + (hashOf(seed, part) % 100) / 100),
    })),
  );
}

/** Where the leaves of a breakdown come from: an ad set's audience, an ad's creative. */
export type Source = { adSet: GraphObject; creative: GraphObject | null };

/** The leaves of a breakdown for one ad. Hours are not split: each delivery cell is one hour. */
export function segmentsOf(source: Source, breakdowns: readonly string[], seed: number): Segment[] {
  const first = breakdowns[0];
  if (first === undefined || breakdowns.includes(HOURLY)) return [{ columns: {}, share: 1 }];
  const leaves = leavesOf(first, breakdowns, source, seed);
  // Joint leaves are split once and summed, so that age alone agrees with age by gender.
  return normalised(leaves).map(({ columns, share }) => ({
    columns: Object.fromEntries(breakdowns.map((name) => [name, columns[name] ?? 'unknown'])),
    share,
  }));
}

function leavesOf(breakdown: string, all: readonly string[], { adSet, creative }: Source, seed: number): Segment[] {
  const { targeting } = adSet.data;
  const asset = all.find((name) => ASSET_BREAKDOWNS.includes(name));
  if (asset !== undefined) {
    const assets = assetsOf(asset, creative, seed);
    if (all.length === 1) return assets;
    return assets.flatMap((one) =>
      agesAndGenders(targeting).map((other) => ({
        columns: { ...one.columns, ...other.columns },
        share: one.share * other.share,
      })),
    );
  }
  if (breakdown === 'age' || breakdown === 'gender') return agesAndGenders(targeting);
  if (breakdown === 'country') return countries(targeting, seed);
  if (breakdown === 'region' || breakdown === 'comscore_market')
    return regions(targeting, seed).map(({ columns, share }) => ({
      columns: { ...columns, comscore_market: columns.region ?? '' },
      share,
    }));
  return placements(targeting);
}

/** Splits a whole number by cumulated weights: unbiased, exact in sum, one draw. */
function splitWhole(total: number, cumulated: readonly number[], offset: number): number[] {
  if (total === 0) return [];
  let before = 0;
  return cumulated.map((edge, at) => {
    const upTo = at === cumulated.length - 1 ? total : Math.floor(total * edge + offset);
    const part = upTo - before;
    before = upTo;
    return part;
  });
}

function cumulate(parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  let sum = 0;
  return parts.map((part) => {
    sum += part;
    return total === 0 ? 0 : sum / total;
  });
}

/**
 * One hour of one ad, split over the leaves. Each counter is split by the counter it is part of
 * (clicks by impressions, link clicks by clicks), so no leaf has more clicks than impressions.
 */
export function splitCell(
  cell: HourCell,
  segments: readonly Segment[],
  seed: number,
  adOrdinal: number,
  bucket: number,
): HourCell[] {
  if (segments.length === 1) return [cell];
  const rng = seeded(seed, 'split', adOrdinal, bucket);
  const impressions = splitWhole(cell.impressions, cumulate(segments.map((segment) => segment.share)), rng.unit());
  const byImpression = cumulate(impressions);
  const clicks = splitWhole(cell.clicks, byImpression, rng.unit());
  const linkClicks = splitWhole(cell.linkClicks, cumulate(clicks), rng.unit());
  const landingViews = splitWhole(cell.landingViews, cumulate(linkClicks), rng.unit());
  const reactions = splitWhole(cell.reactions, byImpression, rng.unit());
  const carts = splitWhole(cell.carts, byImpression, rng.unit());
  const checkouts = splitWhole(cell.checkouts, byImpression, rng.unit());
  const spend = splitWhole(cell.spendMinor, byImpression, rng.unit());

  return segments.map((_segment, at) => ({
    impressions: impressions[at] ?? 0,
    clicks: clicks[at] ?? 0,
    linkClicks: linkClicks[at] ?? 0,
    landingViews: landingViews[at] ?? 0,
    reactions: reactions[at] ?? 0,
    carts: carts[at] ?? 0,
    checkouts: checkouts[at] ?? 0,
    spendMinor: spend[at] ?? 0,
  }));
}

/** The leaf a result falls into; the same for ever. */
export function leafOfResult(segments: readonly Segment[], seed: number, adOrdinal: number, n: number): number {
  if (segments.length === 1) return 0;
  const drawn = seeded(seed, 'leaf', adOrdinal, n).unit();
  let sum = 0;
  for (const [at, segment] of segments.entries()) {
    sum += segment.share;
    if (drawn < sum) return at;
  }
  return segments.length - 1;
}
