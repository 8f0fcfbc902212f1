import { childrenOf, objectOf, textOf } from '../world/live-world';
import type { GraphObject, JsonObject, World } from '../world/types';
import { reviewState } from './review';

const LEVELS: Partial<Record<GraphObject['kind'], string>> = { campaign: 'CAMPAIGN', adset: 'AD_SET', ad: 'AD' };
const MOST_SHOWN = 5;

function hardError(level: string, code: number, summary: string, message: string): JsonObject {
  return { level, error_code: code, error_summary: summary, error_message: message, error_type: 'HARD_ERROR', mid: '' };
}

/** Issues of the object itself: set by the admin interface, or following from what it points to. */
function ownIssues(world: World, object: GraphObject): JsonObject[] {
  const level = LEVELS[object.kind] ?? object.kind.toUpperCase();
  const given = (object.hidden.issues ?? []).map((issue) => ({ level, error_type: 'HARD_ERROR', mid: '', ...issue }));
  return object.kind === 'ad' ? [...given, ...formIssues(world, object)] : given;
}

/** An ad whose instant form was archived or deleted has nothing to open. */
function formIssues(world: World, ad: GraphObject): JsonObject[] {
  const choice = ad.data.creative as JsonObject | undefined;
  const creative = objectOf(world, String(choice?.id ?? ''), 'adcreative');
  const formId = /"lead_gen_form_id":"?(\d+)/.exec(JSON.stringify(creative?.data ?? {}))?.[1];
  if (formId === undefined || objectOf(world, formId, 'leadform')?.status === 'ACTIVE') return [];
  return [hardError('AD', 3390001, 'Instant form is missing', 'The instant form of this ad was archived or deleted.')];
}

/** Whether an issue of its own keeps the object from delivering. */
export function hasHardError(world: World, object: GraphObject): boolean {
  if (object.kind !== 'ad' && object.hidden.issues === undefined) return false;
  return ownIssues(world, object).some((issue) => issue.error_type === 'HARD_ERROR');
}

/** issues_info of a campaign, ad set or ad with those of everything below it; absent when there is nothing to report. */
export function issuesInfo(world: World, object: GraphObject, nowMs: number): JsonObject[] | undefined {
  const ads = object.kind === 'ad' ? [object] : childrenOf(world, object, 'ad');
  const adSets = object.kind === 'campaign' ? childrenOf(world, object, 'adset') : [];
  const found = [
    ...accountIssues(world, object),
    ...(object.kind === 'ad' ? [] : ownIssues(world, object)),
    ...adSets.filter(isThere).flatMap((adSet) => ownIssues(world, adSet)),
    ...ads.filter(isThere).flatMap((ad) => [...rejection(ad, nowMs), ...ownIssues(world, ad)]),
  ];
  return found.length > 0 ? found.slice(0, MOST_SHOWN) : undefined;
}

function isThere(object: GraphObject): boolean {
  return object.status !== 'DELETED' && object.status !== 'ARCHIVED';
}

function rejection(ad: GraphObject, nowMs: number): JsonObject[] {
  if (reviewState(ad, nowMs) !== 'DISAPPROVED') return [];
  const text = 'This ad was rejected because it does not follow our Advertising Standards.';
  return [hardError('AD', 1815869, 'Ad Not Approved', text)];
}

function accountIssues(world: World, object: GraphObject): JsonObject[] {
  const account = world.objects[object.account];
  if (account?.data.account_status !== 3) return [];
  const name = textOf(account, 'name') ?? 'Your ad account';
  return [
    hardError('ACCOUNT', 1359188, 'Payment failed', `${name} has an unpaid balance. Update your payment method.`),
  ];
}
