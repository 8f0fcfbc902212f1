import { AdSet } from 'facebook-nodejs-business-sdk';
import { type Money, moneyFromJson } from '../../../domain/money';
import type { AccountAccess, AdPlatformWriter } from '../../port';
import { moneyToMetaNumber } from '../codec';
import { adSetGoalOf } from '../goals';
import { createdSchema, doneSchema } from '../schemas';
import { targetingOf } from '../targeting';
import { metaApi } from '../transport';
import { inAccountCurrency } from './currency';

type Input = Parameters<AdPlatformWriter['createAdSet']>[1];

/** Creates an ad set, paused, with its own daily budget. */
export async function createAdSet(access: AccountAccess, input: Input): Promise<{ remoteId: string }> {
  const { name, campaignRemoteId, goal, adSet, dsa } = input;
  const aim = adSetGoalOf(goal, input);
  const { id } = await metaApi(access).post(
    [access.accountId, 'adsets'],
    {
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
    },
    createdSchema,
  );
  return { remoteId: id };
}

/** Sets the daily budget. Meta allows four changes an hour and one edit of the same object in 30 seconds. */
export async function setAdSetBudget(access: AccountAccess, adSetRemoteId: string, dailyBudget: Money): Promise<void> {
  const amount = moneyToMetaNumber(inAccountCurrency(access, dailyBudget));
  await metaApi(access).post([adSetRemoteId], { daily_budget: amount }, doneSchema);
}

/** Sets the moment from which an ad set no longer delivers; with a daily budget Meta wants it a day away at least. */
export async function setAdSetEnd(access: AccountAccess, adSetRemoteId: string, endsAt: string): Promise<void> {
  await metaApi(access).post([adSetRemoteId], { end_time: String(Math.floor(Date.parse(endsAt) / 1000)) }, doneSchema);
}
