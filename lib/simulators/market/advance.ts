import { accountClock, type LocalHour } from './account-clock';
import { beliefShares } from './allocation';
import { charge, emptyBudgetState, hourlyAllowance, spareMinor } from './budget';
import { drawConversion, isOnPlatform } from './conversions';
import { hashOf, type Rng, seeded } from './rng';
import { clickSeason, conversionSeason, drift, weekdayVolume } from './season';
import { drawAdSetTruth, drawCreativeTruth } from './truth';
import type {
  AdSetState,
  AdState,
  BudgetState,
  Conversion,
  CreativeTruth,
  DeliverySink,
  HourCell,
  MarketAd,
  MarketAdSet,
  MarketCampaign,
  MarketGoal,
  MarketInput,
  MarketState,
  Shock,
} from './types';

const HOUR_MS = 3_600_000;
/** Writing a line or installing takes less of a person than filling in a form. */
const CONVERSATIONS_PER_FORM = 2;
const INSTALLS_PER_FORM = 1.5;
const LEARNING_EVENTS = 50;
const LEARNING_MS = 7 * 24 * HOUR_MS;
const LONG_PAUSE_MS = 7 * 24 * HOUR_MS;
const LEARNING_PENALTY = 0.28;
/** An exposure is forgotten with this half-life. */
const MEMORY_HOURS = 21 * 24;

const GOALS: Record<MarketGoal, { price: number; ctr: number; cvr: number }> = {
  conversions: { price: 1, ctr: 1, cvr: 1 },
  value: { price: 1.1, ctr: 0.95, cvr: 0.95 },
  landing: { price: 0.8, ctr: 1.15, cvr: 0.5 },
  clicks: { price: 0.75, ctr: 1.25, cvr: 0.4 },
  reach: { price: 0.5, ctr: 0.5, cvr: 0.5 },
};

/** Everything that is common to all ads of the account in one hour. */
type Hour = {
  bucket: number;
  startMs: number;
  local: LocalHour;
  shocks: Shock[];
  dayCtr: number;
  dayPrice: number;
  dayCvr: number;
};

/**
 * Delivers hour after hour up to (not including) `untilBucket`. The result depends on the state,
 * the input and the hours alone, never on how often or in which steps it is called.
 */
export function advanceMarket(state: MarketState, input: MarketInput, untilBucket: number, sink: DeliverySink): void {
  const clock = accountClock(input.zone);
  for (; state.nextBucket < untilBucket; state.nextBucket++) {
    const bucket = state.nextBucket;
    const startMs = clock.startMs(bucket);
    const hour = hourOf(input, bucket, startMs, clock.local(bucket));
    for (const campaign of input.campaigns) deliverCampaign(state, input, campaign, hour, sink);
  }
}

function hourOf(input: MarketInput, bucket: number, startMs: number, local: LocalHour): Hour {
  const ofDay = seeded(input.seed, 'day', local.day);
  return {
    bucket,
    startMs,
    local,
    shocks: input.shocks.filter((shock) => shock.fromMs <= startMs && startMs < shock.toMs),
    dayCtr: ofDay.logNormal(0.06),
    dayPrice: ofDay.logNormal(0.06),
    dayCvr: ofDay.logNormal(0.07),
  };
}

function hasBegun(eligibleFromMs: number | null, hour: Hour): boolean {
  return eligibleFromMs !== null && eligibleFromMs <= hour.startMs;
}

function deliverableAds(adSet: MarketAdSet, hour: Hour): MarketAd[] {
  if (!hasBegun(adSet.eligibleFromMs, hour) || adSet.startMs > hour.startMs) return [];
  if (adSet.endMs !== null && adSet.endMs < hour.startMs + HOUR_MS) return [];
  return adSet.ads.filter((ad) => hasBegun(ad.eligibleFromMs, hour));
}

type Live = { adSet: MarketAdSet; ads: MarketAd[]; state: AdSetState; adStates: AdState[] };

function deliverCampaign(
  state: MarketState,
  input: MarketInput,
  campaign: MarketCampaign,
  hour: Hour,
  sink: DeliverySink,
): void {
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
    deliverShared(state, input, campaign, live, hour, sink);
    return;
  }
  for (const one of live) deliverHolder(state, input, campaign, one.adSet.key, one.adSet, [one], hour, sink);
}

function deliverShared(
  state: MarketState,
  input: MarketInput,
  campaign: MarketCampaign,
  live: Live[],
  hour: Hour,
  sink: DeliverySink,
): void {
  const ends = live.map((one) => one.adSet.endMs);
  const endMs = ends.every((end) => end !== null) ? Math.max(...ends.map((end) => end ?? 0)) : null;
  const first = live[0];
  if (!first) return;
  const holder = { ...campaign, ordinal: first.adSet.ordinal, endMs };
  deliverHolder(state, input, campaign, campaign.key, holder, live, hour, sink);
}

type Holder = {
  ordinal: number;
  dailyBudgetMinor: number | null;
  lifetimeBudgetMinor: number | null;
  endMs: number | null;
};

function deliverHolder(
  state: MarketState,
  input: MarketInput,
  campaign: MarketCampaign,
  key: string,
  holder: Holder,
  live: Live[],
  hour: Hour,
  sink: DeliverySink,
): void {
  const budget = budgetState(state, key);
  const turn = { ...holder, seed: input.seed, local: hour.local, bucketStartMs: hour.startMs };
  const wanted = hourlyAllowance(budget, turn);
  const caps = capsLeft(state, input, campaign);
  let allowed = Math.min(wanted, caps);
  if (allowed <= 0) return;

  const weights = live.map(
    (one) =>
      one.adStates.reduce((sum, ad) => sum + ad.beliefResults + 0.3, 0) / (one.state.truth.price + one.adStates.length),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const daily = dailyRate(holder, hour);

  for (const [at, one] of live.entries()) {
    const share = (weights[at] ?? 0) / total;
    deliverAdSet(
      {
        state,
        input,
        campaign,
        hour,
        sink,
        one,
        spend: wanted * share * (allowed / wanted),
        dailyRateMinor: daily * share,
      },
      (minor) => {
        // Rounding never carries a day, a week or a cap over its edge.
        const granted = Math.min(minor, spareMinor(budget, turn), Math.floor(capsLeft(state, input, campaign)));
        charge(budget, granted);
        state.campaignSpentMinor[campaign.key] = (state.campaignSpentMinor[campaign.key] ?? 0) + granted;
        state.spentMinor += granted;
        allowed -= granted;
        return granted;
      },
    );
  }
}

function dailyRate(holder: Holder, hour: Hour): number {
  if (holder.dailyBudgetMinor !== null) return holder.dailyBudgetMinor;
  const hoursLeft = Math.max(24, ((holder.endMs ?? hour.startMs) - hour.startMs) / HOUR_MS);
  return ((holder.lifetimeBudgetMinor ?? 0) * 24) / hoursLeft;
}

function capsLeft(state: MarketState, input: MarketInput, campaign: MarketCampaign): number {
  const ofAccount =
    input.accountSpendCapMinor === null ? Number.POSITIVE_INFINITY : input.accountSpendCapMinor - state.spentMinor;
  const spent = state.campaignSpentMinor[campaign.key] ?? 0;
  const ofCampaign = campaign.spendCapMinor === null ? Number.POSITIVE_INFINITY : campaign.spendCapMinor - spent;
  return Math.max(0, Math.min(ofAccount, ofCampaign));
}

type AdSetTurn = {
  state: MarketState;
  input: MarketInput;
  campaign: MarketCampaign;
  hour: Hour;
  sink: DeliverySink;
  one: Live;
  spend: number;
  dailyRateMinor: number;
};

function deliverAdSet(turn: AdSetTurn, grant: (minor: number) => number): void {
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

type Rates = { cpm: number; ctr: number; cvr: number; events: number };

function resultRate(state: MarketState, adSet: MarketAdSet): number {
  if (adSet.result === 'purchase') return state.truth.saleRate;
  if (adSet.result === 'form_lead') return state.truth.formLeadRate;
  if (adSet.result === 'conversation') return Math.min(0.5, state.truth.formLeadRate * CONVERSATIONS_PER_FORM);
  if (adSet.result === 'install') return Math.min(0.5, state.truth.formLeadRate * INSTALLS_PER_FORM);
  if (adSet.result === 'none') return 0;
  return state.truth.leadRate;
}

function shockFactor(hour: Hour, kind: Shock['kind'], adSetKey: string, fallback: number): number {
  return hour.shocks
    .filter((shock) => shock.kind === kind && (!shock.adSetKey || shock.adSetKey === adSetKey))
    .reduce((factor, shock) => factor * (shock.factor ?? fallback), 1);
}

function ratesOf({ state, one, hour, dailyRateMinor }: AdSetTurn): Rates {
  const { truth } = one.state;
  const goal = GOALS[one.adSet.goal];
  const { local } = hour;
  const pressure = Math.min(12, Math.max(0.15, dailyRateMinor / state.truth.referenceDailyMinor));
  const learning = 1 + LEARNING_PENALTY * learningLeft(one.state, hour);
  const shopIsUp = shockFactor(hour, 'shop_down', one.adSet.key, 0);

  return {
    cpm:
      state.truth.cpmMinor *
      truth.price *
      goal.price *
      hour.dayPrice *
      learning *
      pressure ** (truth.elasticity * 0.55) *
      drift(local.day, state.truth.driftPhase) *
      (2 - weekdayVolume(local.weekday)) *
      shockFactor(hour, 'price', one.adSet.key, 1.6),
    ctr: state.truth.linkCtr * truth.ctr * goal.ctr * hour.dayCtr * clickSeason(local.hour),
    cvr:
      resultRate(state, one.adSet) *
      truth.cvr *
      goal.cvr *
      hour.dayCvr *
      conversionSeason(local.weekday, local.hour) *
      pressure ** (truth.elasticity * -0.45) *
      shopIsUp *
      shockFactor(hour, 'conversion_drop', one.adSet.key, 0.5),
    events: learning,
  };
}

type AdTurn = { turn: AdSetTurn; ad: MarketAd; adState: AdState; rates: Rates; spend: number };

function deliverAd({ turn, ad, adState, rates, spend }: AdTurn, grant: (minor: number) => number): void {
  const { hour, input, state, one } = turn;
  const truth = truthOf(adState, ad, one.adSet, input);
  const rng = seeded(input.seed, 'hour', ad.ordinal, hour.bucket);

  const cpm = rates.cpm * truth.ctr ** -0.1;
  const impressions = rng.poisson((spend / cpm) * 1000);
  if (impressions === 0) return;

  const charged = spend + adState.spendCarry;
  const spendMinor = grant(Math.floor(charged));
  adState.spendCarry = Math.min(1, charged - spendMinor);

  const fatigue = fatigueOf(adState, truth, one.adSet.audience, hour.bucket);
  const ctr = Math.min(0.5, rates.ctr * truth.ctr * fatigue);
  const linkClicks = rng.binomial(impressions, ctr);
  const landingRate = state.truth.landingRate * shockFactor(hour, 'landing_lost', one.adSet.key, 0);
  const landingViews = rng.binomial(linkClicks, landingRate);
  const cvr = Math.min(0.9, rates.cvr * truth.cvr);
  const conversions = drawResults({ rng, turn, ad, adState, linkClicks, impressions, ctr, cvr });
  const isTracked = !hour.shocks.some((shock) => shock.kind === 'tracking_lost');
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

function learningEventsOf(adSet: MarketAdSet, cell: HourCell, results: number): number {
  if (adSet.goal === 'clicks') return cell.linkClicks;
  if (adSet.goal === 'landing') return cell.landingViews;
  if (adSet.goal === 'reach') return cell.impressions;
  return results;
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
  const isTrackingLost = hour.shocks.some((shock) => shock.kind === 'tracking_lost');
  if (!isTrackingLost || one.adSet.result === 'form_lead') return drawn;
  adState.lostResults += drawn.length;
  return [];
}

/** Clicks fall as (earlier exposures + 1) to a negative power; memory fades over weeks. */
function fatigueOf(adState: AdState, truth: CreativeTruth, audience: number, bucket: number): number {
  const hours = Math.max(0, bucket - adState.memoryBucket);
  adState.memoryImpressions *= 0.5 ** (hours / MEMORY_HOURS);
  adState.memoryBucket = bucket;
  return (1 + adState.memoryImpressions / audience) ** -truth.fatigue;
}

function updateLearning(one: Live, hour: Hour): void {
  const { state } = one;
  const pausedMs = state.lastDeliveryMs === null ? 0 : hour.startMs - state.lastDeliveryMs;
  const since = Math.max(one.adSet.significantEditMs, pausedMs >= LONG_PAUSE_MS ? hour.startMs : 0);
  if (since > state.learningSinceMs) {
    state.learningSinceMs = since;
    state.learningEvents = 0;
    state.learnedAtMs = null;
  }
  const isInTime = hour.startMs - state.learningSinceMs <= LEARNING_MS;
  if (state.learnedAtMs === null && isInTime && state.learningEvents >= LEARNING_EVENTS)
    state.learnedAtMs = hour.startMs;
}

function learningLeft(state: AdSetState, hour: Hour): number {
  if (state.learnedAtMs !== null) return 0;
  const byEvents = state.learningEvents / LEARNING_EVENTS;
  const byTime = (hour.startMs - state.learningSinceMs) / LEARNING_MS;
  return Math.max(0, 1 - Math.max(byEvents, byTime));
}

function truthOf(adState: AdState, ad: MarketAd, adSet: MarketAdSet, input: MarketInput): CreativeTruth {
  const known = adState.truths[ad.creativeKey];
  if (known) return known;

  const drawn = drawCreativeTruth({
    seed: input.seed,
    adSetOrdinal: adSet.ordinal,
    adOrdinal: ad.ordinal,
    indexInSet: ad.indexInSet,
    creativeIndex: Object.keys(adState.truths).length,
    spread: input.spread,
  });
  adState.truths[ad.creativeKey] = drawn;
  // People have not seen a new creative yet, and the platform knows nothing about it.
  adState.memoryImpressions = 0;
  adState.beliefImpressions = 0;
  adState.beliefClicks = 0;
  adState.beliefResults = 0;
  return drawn;
}

/** The hidden quality of an ad as it runs now, drawn if it never ran. */
export function creativeTruth(state: MarketState, input: MarketInput, adSet: MarketAdSet, ad: MarketAd): CreativeTruth {
  return truthOf(adState(state, input, adSet, ad), ad, adSet, input);
}

function budgetState(state: MarketState, key: string): BudgetState {
  const known = state.budgets[key];
  if (known) return known;
  const made = emptyBudgetState();
  state.budgets[key] = made;
  return made;
}

function adSetState(state: MarketState, input: MarketInput, adSet: MarketAdSet): AdSetState {
  const known = state.adSets[adSet.key];
  if (known) return known;
  const made: AdSetState = {
    truth: drawAdSetTruth(input.seed, adSet.ordinal, input.spread),
    learningSinceMs: adSet.significantEditMs,
    learningEvents: 0,
    learnedAtMs: null,
    lastDeliveryMs: null,
  };
  state.adSets[adSet.key] = made;
  return made;
}

function adState(state: MarketState, input: MarketInput, adSet: MarketAdSet, ad: MarketAd): AdState {
  const known = state.ads[ad.key];
  if (known) return known;
  const made: AdState = {
    truths: {},
    spendCarry: 0,
    beliefImpressions: 0,
    beliefClicks: 0,
    beliefResults: 0,
    memoryImpressions: 0,
    memoryBucket: 0,
    trueResults: 0,
    lostResults: 0,
    nextConversion: hashOf(input.seed, adSet.ordinal, ad.ordinal) % 1000,
  };
  state.ads[ad.key] = made;
  return made;
}
