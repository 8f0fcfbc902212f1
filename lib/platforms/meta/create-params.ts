import { Ad, AdSet, Campaign } from 'facebook-nodejs-business-sdk';
import { moneyFromJson } from '../../domain/money';
import type { AccountAccess, AdPlatformWriter } from '../port';
import { moneyToMetaNumber } from './codec';
import { creativeSpecOf, DECLINED_ENHANCEMENTS } from './creative-spec';
import { inAccountCurrency } from './currency';
import { adSetGoalOf, objectiveOf } from './goals';
import { targetingOf } from './targeting';
import type { GraphParams } from './wire';

/**
 * What each create sends, apart from the sending: the writer makes the object with it, and a reader may ask Meta whether it
 * would take it. Required fields no one may forget stand here once.
 */
export type CreateInput = {
  campaign: Parameters<AdPlatformWriter['createCampaign']>[1];
  ad_set: Parameters<AdPlatformWriter['createAdSet']>[1];
  creative: Parameters<AdPlatformWriter['createCreative']>[1];
  ad: Parameters<AdPlatformWriter['createAd']>[1];
};

export const CREATE_EDGES: Record<keyof CreateInput, string> = {
  campaign: 'campaigns',
  ad_set: 'adsets',
  creative: 'adcreatives',
  ad: 'ads',
};

/** A campaign, paused, whose budgets stand on its ad sets. */
export function campaignParams(access: AccountAccess, input: CreateInput['campaign']): GraphParams {
  const { name, goal, specialAdCategories, spendCap, countries, app } = input;
  return {
    name,
    objective: objectiveOf(goal, app),
    status: Campaign.Status.paused,
    buying_type: 'AUCTION',
    // Never left out: an empty list says that none applies.
    special_ad_categories: specialAdCategories,
    ...(specialAdCategories.length > 0 && countries ? { special_ad_category_country: countries } : {}),
    // Required where the campaign has no budget of its own; no ad set may lend to another behind the owner's back.
    is_adset_budget_sharing_enabled: false,
    ...(spendCap ? { spend_cap: moneyToMetaNumber(inAccountCurrency(access, spendCap)) } : {}),
  };
}

/** An ad set, paused, with its own daily budget. */
export function adSetParams(access: AccountAccess, input: CreateInput['ad_set']): GraphParams {
  const { name, campaignRemoteId, goal, adSet, dsa } = input;
  const aim = adSetGoalOf(goal, input);
  return {
    name,
    campaign_id: campaignRemoteId,
    status: AdSet.Status.paused,
    daily_budget: moneyToMetaNumber(inAccountCurrency(access, moneyFromJson(adSet.dailyBudget))),
    billing_event: AdSet.BillingEvent.impressions,
    bid_strategy: AdSet.BidStrategy.lowest_cost_without_cap,
    optimization_goal: aim.optimizationGoal,
    ...(aim.destinationType ? { destination_type: aim.destinationType } : {}),
    ...(aim.promotedObject ? { promoted_object: aim.promotedObject } : {}),
    ...(aim.attribution ? { attribution_spec: aim.attribution } : {}),
    targeting: targetingOf(adSet.targeting),
    ...(dsa ? { dsa_payor: dsa.payor, dsa_beneficiary: dsa.beneficiary } : {}),
  };
}

/** A creative; it can never be changed afterwards. */
export function creativeParams(_access: AccountAccess, input: CreateInput['creative']): GraphParams {
  return {
    name: input.name,
    ...creativeSpecOf(input),
    ...(input.urlTags ? { url_tags: input.urlTags } : {}),
    ...DECLINED_ENHANCEMENTS,
  };
}

/** An ad, paused. */
export function adParams(_access: AccountAccess, input: CreateInput['ad']): GraphParams {
  return {
    name: input.name,
    adset_id: input.adSetRemoteId,
    creative: { creative_id: input.creativeRemoteId },
    status: Ad.Status.paused,
  };
}
