import { accountClock } from './account-clock';
import type { Live } from './deliver-ads';
import { type CampaignHour, deliverHolder, deliverShared } from './deliver-budget';
import { HOUR_MS, type Hour, hasBegun, hourOf } from './hour';
import { adSetState, adState } from './memory';
import type { DeliverySink, MarketAd, MarketAdSet, MarketInput, MarketState } from './types';

/**
 * Delivers hour after hour up to (not including) `untilBucket`. The result depends on the state,
 * the input and the hours alone, never on how often or in which steps it is called.
 */
export function advanceMarket(state: MarketState, input: MarketInput, untilBucket: number, sink: DeliverySink): void {
  const clock = accountClock(input.zone);
  for (; state.nextBucket < untilBucket; state.nextBucket++) {
    const bucket = state.nextBucket;
    const hour = hourOf(input, bucket, clock.startMs(bucket), clock.local(bucket));
    for (const campaign of input.campaigns) deliverCampaign({ state, input, campaign, hour, sink });
  }
}

function deliverableAds(adSet: MarketAdSet, hour: Hour): MarketAd[] {
  if (!hasBegun(adSet.eligibleFromMs, hour) || adSet.startMs > hour.startMs) return [];
  if (adSet.endMs !== null && adSet.endMs < hour.startMs + HOUR_MS) return [];
  if (adSet.hoursOfWeek && !adSet.hoursOfWeek.includes(hour.local.weekday * 24 + hour.local.hour)) return [];
  return adSet.ads.filter((ad) => hasBegun(ad.eligibleFromMs, hour));
}

function deliverCampaign(turn: CampaignHour): void {
  const { state, input, campaign, hour } = turn;
  if (!hasBegun(campaign.eligibleFromMs, hour)) return;

  const live: Live[] = [];
  for (const adSet of campaign.adSets) {
    const ads = deliverableAds(adSet, hour);
    if (ads.length === 0) continue;
    live.push({
      adSet,
      ads,
      state: adSetState(state, input, adSet),
      adStates: ads.map((ad) => adState(state, input, adSet, ad)),
    });
  }
  if (live.length === 0) return;

  const holdsBudget = campaign.dailyBudgetMinor !== null || campaign.lifetimeBudgetMinor !== null;
  if (holdsBudget) {
    deliverShared(turn, live);
    return;
  }
  for (const one of live) deliverHolder(turn, one.adSet, [one]);
}
