import { beliefShares } from './allocation';
import { drawConversion, isOnPlatform } from './conversions';
import { type Hour, isStruckBy, shockFactor } from './hour';
import { learningEventsOf, updateLearning } from './learning';
import { truthOf } from './memory';
import { fatigueOf, type Rates, ratesOf, resultRate } from './rates';
import { type Rng, seeded } from './rng';
import type {
  AdSetState,
  AdState,
  Conversion,
  DeliverySink,
  HourCell,
  MarketAd,
  MarketAdSet,
  MarketInput,
  MarketState,
} from './types';

/** An ad set with the ads that may deliver in this hour. */
export type Live = { adSet: MarketAdSet; ads: MarketAd[]; state: AdSetState; adStates: AdState[] };

type AdSetTurn = {
  state: MarketState;
  input: MarketInput;
  hour: Hour;
  sink: DeliverySink;
  one: Live;
  spend: number;
  dailyRateMinor: number;
};

/** Delivers one hour of one ad set; `grant` charges money and may give less than asked for. */
export function deliverAdSet(turn: AdSetTurn, grant: (minor: number) => number): void {
  const { state, hour, one } = turn;
  updateLearning(one, hour);

  const rates = ratesOf(turn);
  const shares = beliefShares(one.adStates, resultRate(state, one.adSet));
  for (const [at, ad] of one.ads.entries()) {
    const adState = one.adStates[at];
    if (!adState) continue;
    deliverAd({ turn, ad, adState, rates, spend: turn.spend * (shares[at] ?? 0) }, grant);
  }
  one.state.lastDeliveryMs = hour.startMs;
}

type AdTurn = { turn: AdSetTurn; ad: MarketAd; adState: AdState; rates: Rates; spend: number };

function deliverAd({ turn, ad, adState, rates, spend }: AdTurn, grant: (minor: number) => number): void {
  const { hour, input, state, one } = turn;
  const truth = truthOf(adState, ad, one.adSet, input);
  const rng = seeded(input.seed, 'hour', ad.ordinal, hour.bucket);

  const cpm = rates.cpm * truth.ctr ** -0.1;
  const offered = rng.poisson((spend / cpm) * 1000);
  if (offered === 0) return;

  const charged = spend + adState.spendCarry;
  const spendMinor = grant(Math.floor(charged));
  adState.spendCarry = Math.min(1, charged - spendMinor);
  // Where a band or a cap cut the money short, it bought less.
  const isCut = spendMinor < Math.floor(charged);
  const impressions = isCut ? Math.floor((offered * spendMinor) / charged) : offered;
  if (impressions === 0) return;

  const people = peopleAt(one.adSet, hour.startMs);
  const fatigue = fatigueOf(adState, truth, people, hour, one.adSet.key);
  const ctr = Math.min(0.5, rates.ctr * truth.ctr * fatigue);
  const linkClicks = rng.binomial(impressions, ctr);
  const landingRate =
    state.truth.landingRate *
    shockFactor(hour, 'landing_lost', one.adSet.key, 0) *
    shockFactor(hour, 'shop_down', one.adSet.key, 0);
  const landingViews = rng.binomial(linkClicks, landingRate);
  const cvr = Math.min(0.9, rates.cvr * truth.cvr);
  const conversions = drawResults({ rng, turn, ad, adState, linkClicks, impressions, ctr, cvr });
  const isTracked = !isStruckBy(hour, 'tracking_lost', one.adSet.key);
  const isShop = one.adSet.result === 'purchase' && isTracked;

  const cell: HourCell = {
    impressions,
    linkClicks,
    landingViews,
    clicks: linkClicks + rng.binomial(impressions - linkClicks, ctr * 0.35),
    reactions: rng.binomial(impressions, 0.005),
    carts: isShop ? conversions.length + rng.binomial(landingViews, 0.09) : 0,
    checkouts: isShop ? conversions.length + rng.binomial(landingViews, 0.03) : 0,
    spendMinor,
  };

  adState.beliefImpressions += impressions;
  adState.beliefClicks += linkClicks;
  adState.beliefResults += conversions.length;
  adState.memoryImpressions += impressions;
  one.state.learningEvents += learningEventsOf(one.adSet, cell, conversions.length);
  turn.sink(ad.key, hour.bucket, cell, conversions);
}

/** People an ad set may be shown to in an hour: all of its audience, but for the hours in which it is a split test's cell. */
function peopleAt({ audience, peopleShares = [] }: AdSetTurn['one']['adSet'], atMs: number): number {
  return peopleShares.reduce(
    (people, { fromMs, toMs, share }) => (atMs >= fromMs && atMs < toMs ? people * share : people),
    audience,
  );
}

type ResultDraw = {
  rng: Rng;
  turn: AdSetTurn;
  ad: MarketAd;
  adState: AdState;
  linkClicks: number;
  impressions: number;
  ctr: number;
  cvr: number;
};

function drawResults({ rng, turn, adState, linkClicks, impressions, ctr, cvr }: ResultDraw): Conversion[] {
  const { hour, one, state } = turn;
  if (one.adSet.result === 'none') return [];

  const ofClicks = rng.binomial(linkClicks, cvr);
  const ofViews = isOnPlatform(one.adSet.result) ? 0 : rng.poisson(impressions * ctr * cvr * 0.07);
  const drawn: Conversion[] = [];
  for (let at = 0; at < ofClicks + ofViews; at++) {
    drawn.push(
      drawConversion({
        rng,
        n: adState.nextConversion++,
        bucket: hour.bucket,
        bucketStartMs: hour.startMs,
        result: one.adSet.result,
        isView: at >= ofClicks,
        orderMedianMinor: state.truth.orderMedianMinor,
      }),
    );
  }

  adState.trueResults += drawn.length;
  if (!isStruckBy(hour, 'tracking_lost', one.adSet.key) || isOnPlatform(one.adSet.result)) return drawn;
  adState.lostResults += drawn.length;
  return [];
}
