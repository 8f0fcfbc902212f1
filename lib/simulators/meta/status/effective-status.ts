import { textOf } from '../world/live-world';
import type { GraphObject, World } from '../world/types';

const IN_PROCESS_MS = 20_000;

/** What the API reports as effective_status: an object's own status seen through its parents, review and account. */
export function effectiveStatus(world: World, object: GraphObject, nowMs: number): string {
  if (object.kind === 'ad') return adStatus(world, object, nowMs);
  if (object.kind === 'adset') return adSetStatus(world, object);
  return object.status;
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
  return campaign?.status === 'PAUSED' ? 'CAMPAIGN_PAUSED' : adSet.status;
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
  return ad.status;
}

/** Where the review of an ad stands. */
export function reviewState(
  ad: GraphObject,
  nowMs: number,
): 'IN_PROCESS' | 'PENDING_REVIEW' | 'DISAPPROVED' | 'APPROVED' {
  const { reviewStartMs = ad.createdMs, reviewDoneMs = ad.createdMs, disapproval } = ad.hidden;
  if (nowMs < reviewDoneMs) return nowMs < reviewStartMs + IN_PROCESS_MS ? 'IN_PROCESS' : 'PENDING_REVIEW';
  return disapproval ? 'DISAPPROVED' : 'APPROVED';
}
