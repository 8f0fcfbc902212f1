import type { CampaignStatus } from './campaign-status';

/** What of a remote object's state decides the campaign's. */
export type SeenState = { level: string; effectiveStatus: string | null };

const IN_REVIEW = ['PENDING_REVIEW', 'IN_PROCESS', 'PREAPPROVED'];
const PAUSED = ['PAUSED', 'CAMPAIGN_PAUSED', 'ADSET_PAUSED'];
const GONE = ['ARCHIVED', 'DELETED'];

/**
 * The campaign's status by what the platform shows now. A campaign counts as live only while at least one of its ads is
 * shown; the platform calls a campaign active long before that. Null where nothing certain can be said (issues, billing).
 */
export function statusFromTree(tree: readonly SeenState[]): CampaignStatus | null {
  const campaign = tree.find((object) => object.level === 'campaign');
  if (!campaign?.effectiveStatus) return null;
  if (GONE.includes(campaign.effectiveStatus)) return 'ARCHIVED';
  if (campaign.effectiveStatus === 'PAUSED') return 'PAUSED';
  const ads = tree.filter((object) => object.level === 'ad' && !GONE.includes(object.effectiveStatus ?? '')).map((ad) => ad.effectiveStatus ?? '');
  if (ads.includes('ACTIVE')) return 'ACTIVE';
  if (ads.some((status) => IN_REVIEW.includes(status))) return 'IN_REVIEW';
  if (ads.length > 0 && ads.every((status) => PAUSED.includes(status))) return 'PAUSED';
  const switchedOn = ads.filter((status) => !PAUSED.includes(status));
  return switchedOn.length > 0 && switchedOn.every((status) => status === 'DISAPPROVED') ? 'DISAPPROVED' : null;
}
