import type { Money } from '../../../domain/money';
import type { PlanTargeting } from '../../../domain/plan';
import type { AccountAccess } from '../../port';
import { moneyToMetaNumber } from '../codec';
import { adSetParams, type CreateInput } from '../create-params';
import { inAccountCurrency } from '../currency';
import { createdSchema, doneSchema } from '../schemas';
import { targetingOf } from '../targeting';
import { metaApi } from '../transport';

/** Creates an ad set, paused, with its own daily budget. */
export async function createAdSet(access: AccountAccess, input: CreateInput['ad_set']): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post([access.accountId, 'adsets'], adSetParams(access, input), createdSchema);
  return { remoteId: id };
}

/** Sets the daily budget. Meta allows four changes an hour and one edit of the same object in 30 seconds. */
export async function setAdSetBudget(access: AccountAccess, adSetRemoteId: string, dailyBudget: Money): Promise<void> {
  const amount = moneyToMetaNumber(inAccountCurrency(access, dailyBudget));
  await metaApi(access).post([adSetRemoteId], { daily_budget: amount }, doneSchema);
}

/** Another audience for the whole ad set: Meta replaces the targeting as one and starts learning anew. */
export async function setAdSetAudience(
  access: AccountAccess,
  adSetRemoteId: string,
  targeting: PlanTargeting,
): Promise<void> {
  await metaApi(access).post([adSetRemoteId], { targeting: targetingOf(targeting) }, doneSchema);
}

/** Sets the moment from which an ad set no longer delivers; with a daily budget Meta wants it a day away at least. */
export async function setAdSetEnd(access: AccountAccess, adSetRemoteId: string, endsAt: string): Promise<void> {
  await metaApi(access).post([adSetRemoteId], { end_time: String(Math.floor(Date.parse(endsAt) / 1000)) }, doneSchema);
}
