import type { Context } from '../graph/context';
import { GraphError, noPermission } from '../wire/errors';
import type { GraphObject } from '../world/types';

/** Whether the person still grants this app a permission: a token's scopes shrink when one is withdrawn. */
export function isGranted({ world, token }: Context, scope: string): boolean {
  return token.scopes.includes(scope) && world.grants[token.appId]?.[scope] === 'granted';
}

export function requireRead(context: Context): void {
  if (isGranted(context, 'ads_read') || isGranted(context, 'ads_management')) return;
  throw noPermission();
}

export function requireScope(context: Context, scope: string): void {
  if (isGranted(context, scope)) return;
  throw new GraphError({ code: 200, message: `(#200) Requires ${scope} permission to manage the object` });
}

/** Writes need ads_management and an account that is not shut down. */
export function requireWrite(context: Context, account: GraphObject | undefined): void {
  if (!isGranted(context, 'ads_management')) throw noPermission();
  if (account?.data.account_status !== 2 && account?.data.account_status !== 101) return;
  throw new GraphError({
    code: 200,
    subcode: 1404163,
    message: '(#200) This ad account is disabled and cannot be used to create or edit ads',
    title: 'Ad account disabled',
    userMessage: 'Your ad account is disabled. You can request a review in Account Quality.',
  });
}
