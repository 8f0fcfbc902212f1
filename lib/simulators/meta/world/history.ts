import { catchUp } from '../delivery/catch-up';
import { type LiveWorld, objectsOf, textOf } from './live-world';
import { makeObject } from './make-object';
import { formatTime } from './time';
import type { GraphObject, JsonObject } from './types';

const DAY_MS = 86_400_000;
const BEGAN_DAYS_AGO = 38;
const ENDED_DAYS_AGO = 3;

/** How far before its birth a world with a history begins. */
export const HISTORY_MS = (BEGAN_DAYS_AGO + 1) * DAY_MS;

/**
 * Gives a new world five weeks of past delivery: one finished campaign with one ad set and two
 * ads. The world must have been built HISTORY_MS before `nowMs`.
 */
export function addHistory(live: LiveWorld, nowMs: number): void {
  const { world } = live;
  const account = objectsOf(world, 'adaccount')[0];
  const page = objectsOf(world, 'page')[0];
  const pixel = objectsOf(world, 'pixel', account?.id)[0];
  if (!account || !page || !pixel) return;

  const zone = textOf(account, 'timezone_name') ?? 'UTC';
  const startMs = nowMs - BEGAN_DAYS_AGO * DAY_MS;
  const endMs = nowMs - ENDED_DAYS_AGO * DAY_MS;
  const make = (kind: GraphObject['kind'], data: JsonObject, indexInSet?: number) =>
    makeObject(world, {
      kind,
      account: account.id,
      nowMs: startMs,
      data,
      hidden: { significantEditMs: startMs, indexInSet, reviewDoneMs: startMs, reviewStartMs: startMs },
    });

  const campaign = make('campaign', {
    name: 'Autumn offer',
    objective: 'OUTCOME_SALES',
    special_ad_categories: [],
    special_ad_category: 'NONE',
    buying_type: 'AUCTION',
    is_adset_budget_sharing_enabled: false,
    pacing_type: ['standard'],
  });
  const adSet = make('adset', {
    name: 'Portugal 25-65',
    campaign_id: campaign.id,
    optimization_goal: 'OFFSITE_CONVERSIONS',
    billing_event: 'IMPRESSIONS',
    destination_type: 'WEBSITE',
    targeting: {
      geo_locations: { countries: ['PT'] },
      age_min: 25,
      age_max: 65,
      targeting_automation: { advantage_audience: 1 },
    },
    promoted_object: { pixel_id: pixel.id, custom_event_type: 'PURCHASE' },
    daily_budget: '2000',
    lifetime_budget: '0',
    bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
    start_time: formatTime(startMs, zone),
    end_time: formatTime(endMs, zone),
    attribution_spec: [
      { event_type: 'CLICK_THROUGH', window_days: 7 },
      { event_type: 'VIEW_THROUGH', window_days: 1 },
    ],
    dsa_payor: account.data.business_name,
    dsa_beneficiary: account.data.business_name,
    is_dynamic_creative: false,
    pacing_type: ['standard'],
  });
  for (const [at, name] of ['Warm photo', 'Plain photo'].entries()) {
    const creative = make('adcreative', {
      name,
      object_story_spec: {
        page_id: page.id,
        link_data: { link: 'https://shop.example/', message: `${name}: fresh every morning`, name: 'Order today' },
      },
    });
    make(
      'ad',
      { name, campaign_id: campaign.id, adset_id: adSet.id, creative: { id: creative.id }, tracking_specs: [] },
      at,
    );
  }

  catchUp(live, nowMs);
  for (const object of [campaign, adSet]) {
    object.status = 'PAUSED';
    object.statusMs = endMs;
    object.updatedMs = endMs;
  }
}
