import { isGranted, requireRead, requireScope } from '../validate/access';
import { GraphError, notFound } from '../wire/errors';
import type { GraphObject, ObjectKind } from '../world/types';
import type { Context } from './context';

/** Objects of the ads endpoints: they need a version in the address and a permission to read ads. */
export const ADS_KINDS: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  'adaccount',
  'campaign',
  'adset',
  'ad',
  'adcreative',
  'adimage',
  'adrule',
  'adlabel',
  'advideo',
  'reportrun',
  'pixel',
  'customaudience',
  'customconversion',
  'budgetschedule',
  'adrequestset',
  'adrequest',
]);

/** Refuses objects that this token's person did not let the app see. */
export function checkSight(context: Context, object: GraphObject): void {
  if (ADS_KINDS.has(object.kind)) requireRead(context);
  if (object.kind === 'user' && object.id !== context.world.userId) throw notFound(object.id, context.call.method);
  if (object.kind === 'lead') requireScope(context, 'leads_retrieval');
  if (object.kind === 'adstudy' || object.kind === 'studycell') requireScope(context, 'business_management');
  if (object.kind !== 'page' || context.token.kind === 'PAGE') return;
  if (isGranted(context, 'pages_show_list') || isGranted(context, 'pages_read_engagement')) return;
  throw new GraphError({
    code: 10,
    message:
      "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
  });
}
