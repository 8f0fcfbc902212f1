import type { AccountAccess } from '../port';
import { pageSchema } from './schemas';
import { metaApi } from './transport';

/** The same login speaking as the Page: its own token is read for this one call and kept nowhere. */
export async function asPage(access: AccountAccess, pageId: string): Promise<AccountAccess> {
  const page = await metaApi(access).get([pageId], { fields: 'id,access_token' }, pageSchema);
  return page.access_token ? { ...access, token: page.access_token } : access;
}
