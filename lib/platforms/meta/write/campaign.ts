import { Campaign } from 'facebook-nodejs-business-sdk';
import type { AccountAccess, AdPlatformWriter } from '../../port';
import { moneyToMetaNumber } from '../codec';
import { objectiveOf } from '../goals';
import { createdSchema } from '../schemas';
import { metaApi } from '../transport';
import { inAccountCurrency } from './currency';

type Input = Parameters<AdPlatformWriter['createCampaign']>[1];

/** Creates a campaign, paused, whose budgets stand on its ad sets. */
export async function createCampaign(access: AccountAccess, input: Input): Promise<{ remoteId: string }> {
  const { name, goal, specialAdCategories, spendCap, countries, app } = input;
  const { id } = await metaApi(access).post(
    [access.accountId, 'campaigns'],
    {
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
    },
    createdSchema,
  );
  return { remoteId: id };
}
