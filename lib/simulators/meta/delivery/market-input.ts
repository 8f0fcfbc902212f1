import type {
  BudgetBoost,
  MarketAd,
  MarketAdSet,
  MarketCampaign,
  MarketGoal,
  MarketInput,
  PeopleShare,
  ResultKind,
} from '../../market/market';
import { poolOf } from '../../market/market';
import { hasHardError } from '../status/issues';
import { isObject } from '../wire/params';
import { childrenOf, objectOf, objectsOf, textOf } from '../world/live-world';
import { studyWindow } from '../world/study-window';
import { parseTime } from '../world/time';
import type { GraphObject, Json, World } from '../world/types';
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

function eligibleFrom(world: World, object: GraphObject): number | null {
  return object.status === 'ACTIVE' && !hasHardError(world, object) ? object.statusMs : null;
}

function adEligibleFrom(world: World, ad: GraphObject): number | null {
  if (ad.status !== 'ACTIVE' || ad.hidden.disapproval || hasHardError(world, ad)) return null;
  return Math.max(ad.statusMs, ad.hidden.reviewDoneMs ?? ad.createdMs);
}

const DAYS_PER_WEEK = 7;

/** The hours of the week an `adset_schedule` allows; null when there is none. Minutes count from midnight, day 0 is Sunday. */
export function hoursOfWeek(schedule: Json | undefined): number[] | null {
  if (!Array.isArray(schedule) || schedule.length === 0) return null;
  return schedule.filter(isObject).flatMap((item) => {
    const from = Math.floor(Number(item.start_minute ?? 0) / 60);
    const to = Math.ceil(Number(item.end_minute ?? 1440) / 60);
    const days = Array.isArray(item.days) ? item.days.map(Number) : [...Array(DAYS_PER_WEEK).keys()];
    return days.flatMap((day) => Array.from({ length: Math.max(0, to - from) }, (_, at) => day * 24 + from + at));
  });
}

/** High-demand periods of a campaign or ad set. A MULTIPLIER is read as a factor of the daily budget. */
function boostsOf(world: World, holder: GraphObject): BudgetBoost[] {
  return objectsOf(world, 'budgetschedule', holder.account)
    .filter((one) => one.data.ad_object_id === holder.id && one.status !== 'DELETED')
    .map(({ data }) => {
      const value = Number(data.budget_value ?? 0);
      const isFactor = data.budget_value_type === 'MULTIPLIER';
      return {
        fromMs: Number(data.time_start) * 1000,
        toMs: Number(data.time_end) * 1000,
        addMinor: isFactor ? 0 : value,
        factor: isFactor ? value : 1,
      };
    });
}

/** While a split test runs, its cells share the people out among themselves; before and after it everybody may see both. */
function peopleShares(world: World, adSet: GraphObject): PeopleShare[] {
  return objectsOf(world, 'studycell').flatMap((cell) => {
    const held = [...listOf(cell.data.adsets), ...listOf(cell.data.campaigns)];
    if (!held.includes(adSet.id) && !held.includes(adSet.data.campaign_id as Json)) return [];
    const study = objectOf(world, String(cell.data.study_id), 'adstudy');
    if (!study) return [];
    const window = studyWindow(study);
    return [{ ...window, share: Math.max(0.01, Number(cell.data.treatment_percentage ?? 100) / 100) }];
  });
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function toAd(world: World, ad: GraphObject): MarketAd {
  const creative = ad.data.creative;
  return {
    key: ad.id,
    ordinal: ad.ordinal,
    indexInSet: ad.hidden.indexInSet ?? 0,
    creativeKey: isObject(creative) ? String(creative.id) : ad.id,
    eligibleFromMs: adEligibleFrom(world, ad),
  };
}

/** An ad set as the market sees it. */
export function toMarketAdSet(world: World, adSet: GraphObject, zone: string): MarketAdSet {
  return {
    key: adSet.id,
    ordinal: adSet.ordinal,
    eligibleFromMs: eligibleFrom(world, adSet),
    startMs: parseTime(adSet.data.start_time, zone) ?? adSet.createdMs,
    endMs: parseTime(adSet.data.end_time, zone),
    dailyBudgetMinor: minorOf(adSet, 'daily_budget'),
    lifetimeBudgetMinor: minorOf(adSet, 'lifetime_budget'),
    audience: poolOf(audienceSize(adSet.data.targeting)),
    peopleShares: peopleShares(world, adSet),
    goal: GOALS[textOf(adSet, 'optimization_goal') ?? ''] ?? 'conversions',
    result: resultKindOf(adSet),
    significantEditMs: adSet.hidden.significantEditMs ?? adSet.createdMs,
    hoursOfWeek: hoursOfWeek(adSet.data.adset_schedule),
    boosts: boostsOf(world, adSet),
    ads: childrenOf(world, adSet, 'ad').map((ad) => toAd(world, ad)),
  };
}

function toCampaign(world: World, campaign: GraphObject, zone: string): MarketCampaign {
  return {
    key: campaign.id,
    eligibleFromMs: eligibleFrom(world, campaign),
    dailyBudgetMinor: minorOf(campaign, 'daily_budget'),
    lifetimeBudgetMinor: minorOf(campaign, 'lifetime_budget'),
    spendCapMinor: minorOf(campaign, 'spend_cap'),
    boosts: boostsOf(world, campaign),
    adSets: childrenOf(world, campaign, 'adset').map((adSet) => toMarketAdSet(world, adSet, zone)),
  };
}

/** An account that owes money, is closed or has no way to pay delivers nothing. */
export function canDeliver(account: GraphObject): boolean {
  return account.data.account_status === 1 && account.data.funding_source !== undefined;
}

function capOf(account: GraphObject): number | null {
  const cap = minorOf(account, 'spend_cap');
  return cap === null ? null : cap + (account.hidden.capBaseMinor ?? 0);
}

/** The account's configured state, turned into what the market needs to know. */
export function toMarketInput(world: World, account: GraphObject): MarketInput {
  const zone = textOf(account, 'timezone_name') ?? 'UTC';
  const campaigns = canDeliver(account) ? objectsOf(world, 'campaign', account.id) : [];
  return {
    seed: world.seed + account.ordinal,
    zone,
    spread: world.spread,
    accountSpendCapMinor: capOf(account),
    shocks: world.shocks[account.id] ?? [],
    campaigns: campaigns.map((campaign) => toCampaign(world, campaign, zone)),
  };
}
