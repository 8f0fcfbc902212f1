import { unitsPerUsd } from '../../market/market';
import { invalid, refused } from '../wire/errors';
import { has, type Params, readInteger } from '../wire/params';
import { currencyOf } from '../world/live-world';
import { majorText, minorPerMajor } from '../world/money';
import type { GraphObject, World } from '../world/types';
import { DOUBLE_MINIMUM_COUNTRIES } from './enums';

const DAY_MS = 86_400_000;
const HIGH_FREQUENCY = new Set(['CLICKS', 'LINK_CLICKS', 'PAGE_LIKES', 'POST_ENGAGEMENT', 'THRUPLAY']);
const LOW_FREQUENCY = new Set(['APP_INSTALLS', 'OFFER_CLAIMS']);

export type Minimums = { impressions: number; high: number; low: number };

/** The account's minimum daily budgets in minor units; a bid cap raises them. */
export function minimumBudgets(world: World, account: GraphObject, bidAmount = 0): Minimums {
  const currency = currencyOf(world, account);
  const dollar = unitsPerUsd(currency) * minorPerMajor(currency);
  const factor = DOUBLE_MINIMUM_COUNTRIES.has(String(account.data.business_country_code ?? '')) ? 2 : 1;
  const floor = Number(account.data.min_daily_budget ?? 0);
  return {
    impressions: Math.max(floor, Math.ceil(0.5 * factor * dollar), bidAmount),
    high: Math.max(floor, Math.ceil(2.5 * factor * dollar), 5 * bidAmount),
    low: Math.max(floor, Math.ceil(40 * dollar), 5 * bidAmount),
  };
}

/** Whether the campaign holds the budget for all of its ad sets. */
export function holdsBudget(campaign: GraphObject): boolean {
  return campaign.data.daily_budget !== undefined || campaign.data.lifetime_budget !== undefined;
}

export type Budgets = { daily?: number; lifetime?: number };

/** The two budget parameters; at most one of them, and never negative. */
export function readBudgets(params: Params): Budgets {
  const daily = has(params, 'daily_budget') ? readInteger(params, 'daily_budget') : undefined;
  const lifetime = has(params, 'lifetime_budget') ? readInteger(params, 'lifetime_budget') : undefined;
  const budgets: Budgets = {};
  if (daily !== undefined && daily !== 0) budgets.daily = daily;
  if (lifetime !== undefined && lifetime !== 0) budgets.lifetime = lifetime;
  if (budgets.daily !== undefined && budgets.lifetime !== undefined) {
    throw invalid('You can only set one of daily_budget and lifetime_budget');
  }
  return budgets;
}

type MinimumCheck = {
  world: World;
  account: GraphObject;
  budgets: Budgets;
  billingEvent: string;
  bidAmount?: number;
  days: number;
};

/** Refuses budgets below the minimum for what is charged. */
export function checkMinimum({ world, account, budgets, billingEvent, bidAmount, days }: MinimumCheck): void {
  const minimums = minimumBudgets(world, account);
  const isHigh = HIGH_FREQUENCY.has(billingEvent);
  const isLow = LOW_FREQUENCY.has(billingEvent);
  const withoutCap = isLow ? minimums.low : isHigh ? minimums.high : minimums.impressions;
  const ofBid = bidAmount === undefined ? 0 : bidAmount * (isHigh || isLow ? 5 : 1);
  const daily = Math.max(withoutCap, ofBid);

  if (budgets.daily !== undefined && budgets.daily < daily) throw tooLow(world, account, daily, 'daily_budget');
  const lifetime = Math.ceil(daily * Math.max(1, days));
  if (budgets.lifetime !== undefined && budgets.lifetime < lifetime)
    throw tooLow(world, account, lifetime, 'lifetime_budget');
}

/** A budget that several ad sets share holds at least the minimum of each of them. `adSets` counts those it will have. */
export function checkShared(world: World, account: GraphObject, { daily }: Budgets, adSets: number): void {
  const least = minimumBudgets(world, account).impressions * Math.max(1, adSets);
  if (daily !== undefined && daily < least) throw tooLow(world, account, least, 'daily_budget');
}

function tooLow(world: World, account: GraphObject, minimum: number, field: string) {
  const currency = currencyOf(world, account);
  return refused({
    subcode: 1885272,
    title: 'Budget Is Too Low',
    userMessage: `Your budget is too low. The minimum budget is ${majorText(minimum, currency)} ${currency}.`,
    blame: field,
  });
}

export function daysBetween(startMs: number, endMs: number | null): number {
  return endMs === null ? 1 : Math.ceil((endMs - startMs) / DAY_MS);
}

export function oneLevelOnly(field: string) {
  return refused({
    subcode: 1885621,
    title: 'Budget can only be set at one level',
    userMessage: 'You can set a budget for the campaign or for its ad sets, not for both.',
    blame: field,
  });
}
