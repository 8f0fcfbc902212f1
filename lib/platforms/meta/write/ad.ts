import type { AccountAccess } from '../../port';
import { adParams, type CreateInput } from '../create-params';
import { createdSchema, doneSchema } from '../schemas';
import { metaApi } from '../transport';

/** Creates an ad, paused. Its review begins at once. */
export async function createAd(access: AccountAccess, input: CreateInput['ad']): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post([access.accountId, 'ads'], adParams(access, input), createdSchema);
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
