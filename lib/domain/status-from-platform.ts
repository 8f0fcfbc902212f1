import type { CampaignStatus } from './campaign-status';

/** As much of a remote object as its campaign's status depends on. */
export type SeenStatus = { level: string; status: string | null; effectiveStatus: string | null };

const GONE = ['DELETED', 'ARCHIVED'];
/** Refused, or stuck in a way that keeps it from running until somebody changes it. */
const REFUSED = ['DISAPPROVED', 'WITH_ISSUES'];

/**
 * What a campaign's status is, read from the campaign and everything below it. ACTIVE only where the platform's own
 * effective status says that at least one ad runs; a campaign that is on over ads still being looked at is IN_REVIEW.
 * Null where the tree does not say (the campaign is missing).
 */
export function statusFromPlatform(
  tree: readonly SeenStatus[],
): Extract<CampaignStatus, 'IN_REVIEW' | 'ACTIVE' | 'DISAPPROVED' | 'PAUSED' | 'ARCHIVED'> | null {
  const campaign = tree.find((seen) => seen.level === 'campaign');
  if (!campaign) return null;
  const effective = campaign.effectiveStatus ?? campaign.status;
  if (effective !== null && GONE.includes(effective)) return 'ARCHIVED';
  if (effective === 'PAUSED') return 'PAUSED';
  const ads = tree.filter((seen) => seen.level === 'ad' && !GONE.includes(seen.effectiveStatus ?? ''));
  const on = ads.filter((ad) => ad.status === 'ACTIVE');
  if (effective === 'ACTIVE' && on.some((ad) => ad.effectiveStatus === 'ACTIVE')) return 'ACTIVE';
  if (on.length === 0 || on.every((ad) => ad.effectiveStatus === 'ADSET_PAUSED')) return 'PAUSED';
  return on.every((ad) => REFUSED.includes(ad.effectiveStatus ?? '')) ? 'DISAPPROVED' : 'IN_REVIEW';
}
