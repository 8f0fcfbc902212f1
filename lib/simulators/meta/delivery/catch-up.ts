import {
  type AdDelivery,
  accountClock,
  advanceMarket,
  drawAccountTruth,
  type MarketInput,
  type MarketState,
  newMarket,
} from '../../market/market';
import { deliveryOf, journalLine, type LiveWorld, objectsOf, textOf } from '../world/live-world';
import { minorPerMajor } from '../world/money';
import type { GraphObject, World } from '../world/types';
import { toMarketInput } from './market-input';
import { enabledRules, runRules } from './rules';

/** The market of an account, opened with its world. */
export function marketOf(world: World, account: GraphObject): MarketState {
  const known = world.markets[account.id];
  if (known) return known;

  const currency = textOf(account, 'currency') ?? 'USD';
  const clock = accountClock(textOf(account, 'timezone_name') ?? 'UTC');
  const truth = drawAccountTruth({
    seed: world.seed + account.ordinal,
    currency,
    minorPerMajor: minorPerMajor(currency),
    spread: world.spread,
  });
  // Accounts are older than their world; nothing was delivered before the world began.
  const market = newMarket(truth, clock.bucketAt(account.hidden.significantEditMs ?? account.createdMs));
  world.markets[account.id] = market;
  return market;
}

/**
 * Delivers all whole hours up to `nowMs`. Must run before any change of the world, so that the
 * hours before the change are delivered as the world was then.
 */
export function catchUp(live: LiveWorld, nowMs: number): void {
  for (const account of objectsOf(live.world, 'adaccount')) catchUpAccount(live, account, nowMs);
}

function catchUpAccount(live: LiveWorld, account: GraphObject, nowMs: number): void {
  const market = marketOf(live.world, account);
  const clock = accountClock(textOf(account, 'timezone_name') ?? 'UTC');
  const until = clock.bucketAt(nowMs);
  if (until <= market.nextBucket) return;

  const rules = enabledRules(live, account);
  let input = toMarketInput(live.world, account);
  if (rules.length === 0) {
    deliver(live, market, input, until);
    return;
  }
  // Rules look at each hour's end, and what they pause delivers no further hour.
  while (market.nextBucket < until) {
    const bucket = market.nextBucket;
    deliver(live, market, input, bucket + 1);
    const moment = { zone: clock.zone, today: clock.local(bucket).day, atMs: clock.startMs(bucket + 1) };
    if (runRules(live, rules, moment)) input = toMarketInput(live.world, account);
  }
}

function deliver(live: LiveWorld, market: MarketState, input: MarketInput, until: number): void {
  const added = new Map<string, AdDelivery>();
  advanceMarket(market, input, until, (adId, bucket, cell, conversions) => {
    const stretch = added.get(adId) ?? { buckets: [], cells: [], conversions: [] };
    added.set(adId, stretch);
    stretch.buckets.push(bucket);
    stretch.cells.push(cell);
    stretch.conversions.push(...conversions);
  });

  for (const [adId, stretch] of added) {
    const delivery = deliveryOf(live, adId);
    delivery.buckets.push(...stretch.buckets);
    delivery.cells.push(...stretch.cells);
    delivery.conversions.push(...stretch.conversions);
    live.pendingJournal += journalLine(adId, stretch);
  }
}
