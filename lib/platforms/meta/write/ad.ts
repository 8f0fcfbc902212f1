import { Ad } from 'facebook-nodejs-business-sdk';
import type { AccountAccess } from '../../port';
import { createdSchema, doneSchema } from '../schemas';
import { metaApi } from '../transport';

/** Creates an ad, paused. Its review begins at once. */
export async function createAd(
  access: AccountAccess,
  input: { name: string; adSetRemoteId: string; creativeRemoteId: string },
): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post(
    [access.accountId, 'ads'],
    {
      name: input.name,
      adset_id: input.adSetRemoteId,
      creative: { creative_id: input.creativeRemoteId },
      status: Ad.Status.paused,
    },
    createdSchema,
  );
  return { remoteId: id };
}

/** Points an ad at another creative, which sends it through review again. */
export async function setAdCreative(
  access: AccountAccess,
  adRemoteId: string,
  creativeRemoteId: string,
): Promise<void> {
  await metaApi(access).post([adRemoteId], { creative: { creative_id: creativeRemoteId } }, doneSchema);
}
