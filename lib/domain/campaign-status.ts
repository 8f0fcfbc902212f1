/** Corrections X01: ACTIVE is only ever read back from the platform, never assumed. */
export const CAMPAIGN_STATUSES = [
  'DRAFT',
  'PENDING_APPROVAL',
  'CHANGES_REQUESTED',
  'APPROVED',
  'DEPLOYING',
  'DEPLOY_FAILED',
  'IN_REVIEW',
  'ACTIVE',
  'DISAPPROVED',
  'PAUSED',
  'COMPLETED',
  'ARCHIVED',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

const NEXT: Record<CampaignStatus, readonly CampaignStatus[]> = {
  DRAFT: ['PENDING_APPROVAL', 'ARCHIVED'],
  PENDING_APPROVAL: ['APPROVED', 'CHANGES_REQUESTED', 'ARCHIVED'],
  CHANGES_REQUESTED: ['PENDING_APPROVAL', 'ARCHIVED'],
  APPROVED: ['DEPLOYING', 'DEPLOY_FAILED', 'ARCHIVED'],
  DEPLOYING: ['IN_REVIEW', 'ACTIVE', 'DEPLOY_FAILED', 'DISAPPROVED', 'PAUSED'],
  DEPLOY_FAILED: ['DEPLOYING', 'ARCHIVED'],
  IN_REVIEW: ['ACTIVE', 'DISAPPROVED', 'PAUSED', 'COMPLETED', 'ARCHIVED'],
  ACTIVE: ['IN_REVIEW', 'DISAPPROVED', 'PAUSED', 'COMPLETED', 'ARCHIVED'],
  DISAPPROVED: ['IN_REVIEW', 'ACTIVE', 'PAUSED', 'COMPLETED', 'ARCHIVED'],
  PAUSED: ['IN_REVIEW', 'ACTIVE', 'DISAPPROVED', 'COMPLETED', 'ARCHIVED'],
  COMPLETED: ['ARCHIVED'],
  ARCHIVED: [],
};

export function mayBecome(from: CampaignStatus, to: CampaignStatus): boolean {
  return NEXT[from].includes(to);
}

/** The statuses from which `to` may be reached: what stands in the WHERE clause of the change. */
export function statusesBefore(to: CampaignStatus): CampaignStatus[] {
  return CAMPAIGN_STATUSES.filter((from) => mayBecome(from, to));
}

/** Statuses whose campaign exists on the platform and is worth asking about. */
export const WATCHED_STATUSES = [
  'IN_REVIEW',
  'ACTIVE',
  'DISAPPROVED',
  'PAUSED',
] as const satisfies readonly CampaignStatus[];
