import type { AccountAccess } from '../../port';
import { doneSchema } from '../schemas';
import { metaApi } from '../transport';

/** Deletes an object for good. Its numbers stay readable; what stands below it goes with it. */
export async function removeObject(access: AccountAccess, remoteId: string): Promise<void> {
  await metaApi(access).delete([remoteId], {}, doneSchema);
}
