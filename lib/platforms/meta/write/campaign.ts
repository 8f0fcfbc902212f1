import type { AccountAccess } from '../../port';
import { type CreateInput, campaignParams } from '../create-params';
import { createdSchema } from '../schemas';
import { metaApi } from '../transport';

/** Creates a campaign, paused, whose budgets stand on its ad sets. */
export async function createCampaign(
  access: AccountAccess,
  input: CreateInput['campaign'],
): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post(
    [access.accountId, 'campaigns'],
    campaignParams(access, input),
    createdSchema,
  );
  return { remoteId: id };
}
