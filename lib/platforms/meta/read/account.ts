import type { WindowReach } from '../../../domain/insight';
import type { AccountAccess, RemoteSeen } from '../../port';
import { listAll } from '../paging';
import { insightRowSchema } from '../schemas';
import { metaApi } from '../transport';
import { EVERY_AD_SET_STATUS, EVERY_AD_STATUS, listObjects } from './objects';

/** Ids named in one filter at most: beyond it the address grows too long. */
const MOST_IDS = 100;

/**
 * The named campaigns with their ad sets and ads, archived and deleted ones included: three questions to the account
 * however many campaigns there are (paged, and per hundred campaigns). Campaigns Meta does not know are left out.
 */
export async function readAccountTree(
  access: AccountAccess,
  query: { campaignRemoteIds: readonly string[] },
): Promise<RemoteSeen[]> {
  const seen: RemoteSeen[] = [];
  for (let at = 0; at < query.campaignRemoteIds.length; at += MOST_IDS) {
    const value = query.campaignRemoteIds.slice(at, at + MOST_IDS);
    const below = [{ field: 'campaign.id', operator: 'IN', value }];
    const levels = await Promise.all([
      listObjects(access, 'campaign', access.accountId, {
        filtering: [{ field: 'id', operator: 'IN', value }],
        effective_status: EVERY_CAMPAIGN_STATUS,
      }),
      listObjects(access, 'adset', access.accountId, { filtering: below, effective_status: EVERY_AD_SET_STATUS }),
      listObjects(access, 'ad', access.accountId, { filtering: below, effective_status: EVERY_AD_STATUS }),
    ]);
    seen.push(...levels.flat());
  }
  return seen;
}

const EVERY_CAMPAIGN_STATUS = ['ACTIVE', 'PAUSED', 'IN_PROCESS', 'WITH_ISSUES', 'ARCHIVED', 'DELETED'];

/**
 * People each campaign of the account reached in exactly this window, counted once each: one question for all of them.
 * Campaigns without delivery in it have no row.
 */
export async function accountReach(
  access: AccountAccess,
  query: { since: string; until: string },
): Promise<WindowReach[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'insights'],
    {
      level: 'campaign',
      fields: 'campaign_id,reach,impressions',
      time_range: { since: query.since, until: query.until },
      limit: 500,
      filtering: [{ field: 'campaign.effective_status', operator: 'IN', value: EVERY_CAMPAIGN_STATUS }],
    },
    insightRowSchema,
    (row) => row.campaign_id ?? '',
  );
  return rows.flatMap((row) =>
    row.campaign_id && row.reach !== undefined
      ? [
          {
            entityId: row.campaign_id,
            since: query.since,
            until: query.until,
            reach: Number(row.reach),
            impressions: Number(row.impressions),
          },
        ]
      : [],
  );
}
