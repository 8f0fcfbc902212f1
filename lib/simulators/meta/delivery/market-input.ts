import type { MarketAd, MarketAdSet, MarketCampaign, MarketGoal, MarketInput, ResultKind } from '../../market/market';
import { poolOf } from '../../market/market';
import { isObject } from '../wire/params';
import { childrenOf, objectsOf, textOf } from '../world/live-world';
import { parseTime } from '../world/time';
import type { GraphObject, World } from '../world/types';
import { audienceSize } from './audience';

const GOALS: Record<string, MarketGoal> = {
  VALUE: 'value',
  LANDING_PAGE_VIEWS: 'landing',
  LINK_CLICKS: 'clicks',
  REACH: 'reach',
  IMPRESSIONS: 'reach',
  AD_RECALL_LIFT: 'reach',
  THRUPLAY: 'reach',
  POST_ENGAGEMENT: 'clicks',
  PAGE_LIKES: 'clicks',
  PROFILE_VISIT: 'clicks',
};

/** Which results an ad set brings in, following its goal and promoted object. */
export function resultKindOf(adSet: GraphObject): ResultKind {
  const goal = textOf(adSet, 'optimization_goal') ?? '';
  if (goal === 'LEAD_GENERATION' || goal === 'QUALITY_LEAD') return 'form_lead';
  if (goal === 'CONVERSATIONS') return 'conversation';
  const promoted = adSet.data.promoted_object;
  if (goal === 'APP_INSTALLS' && isObject(promoted) && promoted.application_id !== undefined) return 'install';
  if (!isObject(promoted) || promoted.pixel_id === undefined) return 'none';
  const event = String(promoted.custom_event_type ?? '');
  if (event === 'LEAD') return 'pixel_lead';
  if (event === 'PURCHASE' || event === 'ADD_TO_CART' || event === 'INITIATED_CHECKOUT' || event === '')
    return 'purchase';
  return 'registration';
}

function minorOf(object: GraphObject, field: string): number | null {
  const minor = Number(object.data[field] ?? 0);
  return Number.isFinite(minor) && minor > 0 ? minor : null;
}

function eligibleFrom(object: GraphObject): number | null {
  return object.status === 'ACTIVE' ? object.statusMs : null;
}

function adEligibleFrom(ad: GraphObject): number | null {
  if (ad.status !== 'ACTIVE' || ad.hidden.disapproval) return null;
  return Math.max(ad.statusMs, ad.hidden.reviewDoneMs ?? ad.createdMs);
}

function toAd(ad: GraphObject): MarketAd {
  const creative = ad.data.creative;
  return {
    key: ad.id,
    ordinal: ad.ordinal,
    indexInSet: ad.hidden.indexInSet ?? 0,
    creativeKey: isObject(creative) ? String(creative.id) : ad.id,
    eligibleFromMs: adEligibleFrom(ad),
  };
}

/** An ad set as the market sees it. */
export function toMarketAdSet(world: World, adSet: GraphObject, zone: string): MarketAdSet {
  return {
    key: adSet.id,
    ordinal: adSet.ordinal,
    eligibleFromMs: eligibleFrom(adSet),
    startMs: parseTime(adSet.data.start_time, zone) ?? adSet.createdMs,
    endMs: parseTime(adSet.data.end_time, zone),
    dailyBudgetMinor: minorOf(adSet, 'daily_budget'),
    lifetimeBudgetMinor: minorOf(adSet, 'lifetime_budget'),
    audience: poolOf(audienceSize(adSet.data.targeting)),
    goal: GOALS[textOf(adSet, 'optimization_goal') ?? ''] ?? 'conversions',
    result: resultKindOf(adSet),
    significantEditMs: adSet.hidden.significantEditMs ?? adSet.createdMs,
    ads: childrenOf(world, adSet, 'ad').map(toAd),
  };
}

function toCampaign(world: World, campaign: GraphObject, zone: string): MarketCampaign {
  return {
    key: campaign.id,
    eligibleFromMs: eligibleFrom(campaign),
    dailyBudgetMinor: minorOf(campaign, 'daily_budget'),
    lifetimeBudgetMinor: minorOf(campaign, 'lifetime_budget'),
    spendCapMinor: minorOf(campaign, 'spend_cap'),
    adSets: childrenOf(world, campaign, 'adset').map((adSet) => toMarketAdSet(world, adSet, zone)),
  };
}

/** An account that owes money, is closed or has no way to pay delivers nothing. */
export function canDeliver(account: GraphObject): boolean {
  return account.data.account_status === 1 && account.data.funding_source !== undefined;
}

/** The account's configured state, turned into what the market needs to know. */
export function toMarketInput(world: World, account: GraphObject): MarketInput {
  const zone = textOf(account, 'timezone_name') ?? 'UTC';
  const campaigns = canDeliver(account) ? objectsOf(world, 'campaign', account.id) : [];
  return {
    seed: world.seed + account.ordinal,
    zone,
    spread: world.spread,
    accountSpendCapMinor: minorOf(account, 'spend_cap'),
    shocks: world.shocks[account.id] ?? [],
    campaigns: campaigns.map((campaign) => toCampaign(world, campaign, zone)),
  };
}
