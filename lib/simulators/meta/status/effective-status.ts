import { textOf } from '../world/live-world';
import { parseTime } from '../world/time';
import type { GraphObject, World } from '../world/types';
import { hasHardError } from './issues';
import { reviewState } from './review';

/** What the API reports as effective_status: an object's own status seen through its parents, review and account. */
export function effectiveStatus(world: World, object: GraphObject, nowMs: number): string {
  if (object.kind === 'ad') return adStatus(world, object, nowMs);
  if (object.kind === 'adset') return adSetStatus(world, object);
  if (object.kind === 'campaign') return withIssues(world, object, object.status);
  return object.status;
}

/** A hard error shows only where the object would otherwise run. */
function withIssues(world: World, object: GraphObject, status: string): string {
  return status === 'ACTIVE' && hasHardError(world, object) ? 'WITH_ISSUES' : status;
}

function inherited(parents: readonly (GraphObject | undefined)[]): string | null {
  if (parents.some((parent) => parent?.status === 'DELETED')) return 'DELETED';
  if (parents.some((parent) => parent?.status === 'ARCHIVED')) return 'ARCHIVED';
  return null;
}

function isGone(object: GraphObject): boolean {
  return object.status === 'DELETED' || object.status === 'ARCHIVED';
}

function adSetStatus(world: World, adSet: GraphObject): string {
  if (isGone(adSet)) return adSet.status;
  const campaign = world.objects[textOf(adSet, 'campaign_id') ?? ''];
  const gone = inherited([campaign]);
  if (gone) return gone;
  if (adSet.status === 'PAUSED') return 'PAUSED';
  return campaign?.status === 'PAUSED' ? 'CAMPAIGN_PAUSED' : withIssues(world, adSet, adSet.status);
}

function adStatus(world: World, ad: GraphObject, nowMs: number): string {
  if (isGone(ad)) return ad.status;
  const campaign = world.objects[textOf(ad, 'campaign_id') ?? ''];
  const adSet = world.objects[textOf(ad, 'adset_id') ?? ''];
  const gone = inherited([adSet, campaign]);
  if (gone) return gone;

  const review = reviewState(ad, nowMs);
  if (review !== 'APPROVED') return review;
  if (ad.status === 'PAUSED') return 'PAUSED';
  if (campaign?.status === 'PAUSED') return 'CAMPAIGN_PAUSED';
  if (adSet?.status === 'PAUSED') return 'ADSET_PAUSED';
  if (world.objects[ad.account]?.data.funding_source === undefined) return 'PENDING_BILLING_INFO';
  if (hasHardError(world, ad)) return 'WITH_ISSUES';
  return isAhead(world, adSet, nowMs) ? 'PREAPPROVED' : ad.status;
}

/** Approved, but its ad set begins later. */
function isAhead(world: World, adSet: GraphObject | undefined, nowMs: number): boolean {
  const zone = textOf(world.objects[adSet?.account ?? ''], 'timezone_name') ?? 'UTC';
  const startMs = adSet ? parseTime(adSet.data.start_time, zone) : null;
  return startMs !== null && startMs > nowMs;
}
