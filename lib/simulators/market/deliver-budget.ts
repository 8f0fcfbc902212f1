import { charge, hourlyAllowance, spareMinor } from './budget';
import { deliverAdSet, type Live } from './deliver-ads';
import { HOUR_MS, type Hour } from './hour';
import { budgetState } from './memory';
import { dayVolume, hourVolume } from './season';
import type { BudgetBoost, BudgetState, DeliverySink, MarketCampaign, MarketInput, MarketState } from './types';

/** One hour of one campaign. */
export type CampaignHour = {
  state: MarketState;
  input: MarketInput;
  campaign: MarketCampaign;
  hour: Hour;
  sink: DeliverySink;
};

/** Who holds the money: an ad set, or a campaign for all of its ad sets. */
export type Holder = {
  key: string;
  ordinal: number;
  dailyBudgetMinor: number | null;
  lifetimeBudgetMinor: number | null;
  endMs: number | null;
  boosts: readonly BudgetBoost[];
};

/** A campaign's own budget, spread over the ad sets that may deliver. */
export function deliverShared(turn: CampaignHour, live: Live[]): void {
  const ends = live.map((one) => one.adSet.endMs);
  const endMs = ends.every((end) => end !== null) ? Math.max(...ends.map((end) => end ?? 0)) : null;
  const first = live[0];
  if (!first) return;
  deliverHolder(turn, { ...turn.campaign, ordinal: first.adSet.ordinal, endMs }, live);
}

/** Spends what a holder wants to spend in this hour, inside its bands and every cap above it. */
export function deliverHolder(turn: CampaignHour, holder: Holder, live: Live[]): void {
  const { state, input, campaign, hour } = turn;
  const budget = budgetState(state, holder.key);
  const pace = {
    ...holder,
    seed: input.seed,
    local: hour.local,
    bucketStartMs: hour.startMs,
    season: state.truth.season,
  };
  const usual = hourlyAllowance(budget, pace);
  const purse: Purse = { turn, budget, boostMinor: boostMinor(holder, turn), spare: () => spareMinor(budget, pace) };
  const allowed = Math.min(usual + purse.boostMinor, capsLeft(turn));
  if (allowed <= 0) return;

  const shares = sharesOf(live);
  const daily = dailyRate(holder, hour);
  for (const [at, one] of live.entries()) {
    const share = shares[at] ?? 0;
    deliverAdSet(
      { state, input, hour, sink: turn.sink, one, spend: allowed * share, dailyRateMinor: daily * share },
      (minor) => grant(purse, minor, campaign.key),
    );
  }
}

/** More money goes where more results are believed; every ad set that runs keeps a share. */
function sharesOf(live: readonly Live[]): number[] {
  const weights = live.map(
    (one) =>
      one.adStates.reduce((sum, ad) => sum + ad.beliefResults + 0.3, 0) / (one.state.truth.price + one.adStates.length),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

type Purse = { turn: CampaignHour; budget: BudgetState; boostMinor: number; spare: () => number };

/** Charges up to `minor`. Rounding never carries a day, a week or a cap over its edge. */
function grant(purse: Purse, minor: number, campaignKey: string): number {
  const { state } = purse.turn;
  const extra = Math.floor(purse.boostMinor);
  const granted = Math.max(0, Math.min(minor, purse.spare() + extra, Math.floor(capsLeft(purse.turn))));
  // Money of a high-demand period comes on top: it counts as spent, not against the day's and the week's band.
  const boosted = Math.min(granted, extra);
  purse.boostMinor -= boosted;
  purse.budget.spentMinor += boosted;
  charge(purse.budget, granted - boosted);
  state.campaignSpentMinor[campaignKey] = (state.campaignSpentMinor[campaignKey] ?? 0) + granted;
  state.spentMinor += granted;
  return granted;
}

/** What the holder's high-demand periods add in this hour, in minor units. Only daily budgets can be raised. */
function boostMinor({ dailyBudgetMinor, boosts }: Holder, { hour, state }: CampaignHour): number {
  if (dailyBudgetMinor === null) return 0;
  const { season } = state.truth;
  const share = hourVolume(hour.local.hour, season) / dayVolume(season);
  return boosts
    .filter((boost) => boost.fromMs <= hour.startMs && hour.startMs < boost.toMs)
    .reduce((sum, { addMinor, factor }) => sum + share * (addMinor + Math.max(0, dailyBudgetMinor * (factor - 1))), 0);
}

function dailyRate(holder: Holder, hour: Hour): number {
  if (holder.dailyBudgetMinor !== null) return holder.dailyBudgetMinor;
  const hoursLeft = Math.max(24, ((holder.endMs ?? hour.startMs) - hour.startMs) / HOUR_MS);
  return ((holder.lifetimeBudgetMinor ?? 0) * 24) / hoursLeft;
}

function capsLeft({ state, input, campaign }: CampaignHour): number {
  const ofAccount =
    input.accountSpendCapMinor === null ? Number.POSITIVE_INFINITY : input.accountSpendCapMinor - state.spentMinor;
  const spent = state.campaignSpentMinor[campaign.key] ?? 0;
  const ofCampaign = campaign.spendCapMinor === null ? Number.POSITIVE_INFINITY : campaign.spendCapMinor - spent;
  return Math.max(0, Math.min(ofAccount, ofCampaign));
}
