import type { InsightLevel } from '../../../domain/insight';

/** What names a row at each level. */
export const IDS: Record<InsightLevel, string> = {
  campaign: 'campaign_id',
  adset: 'campaign_id,adset_id',
  ad: 'campaign_id,adset_id,ad_id',
};

/** Numbers of archived and deleted objects are left out unless their status is named; without them sums do not add up. */
export const STATUSES: Record<InsightLevel, string[]> = {
  campaign: ['ACTIVE', 'PAUSED', 'IN_PROCESS', 'WITH_ISSUES', 'ARCHIVED', 'DELETED'],
  adset: ['ACTIVE', 'PAUSED', 'CAMPAIGN_PAUSED', 'IN_PROCESS', 'WITH_ISSUES', 'ARCHIVED', 'DELETED'],
  ad: [
    'ACTIVE',
    'PAUSED',
    'CAMPAIGN_PAUSED',
    'ADSET_PAUSED',
    'IN_PROCESS',
    'WITH_ISSUES',
    'PENDING_REVIEW',
    'DISAPPROVED',
    'PREAPPROVED',
    'PENDING_BILLING_INFO',
    'ARCHIVED',
    'DELETED',
  ],
};
