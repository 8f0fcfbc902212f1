import type { AccountAccess } from '../../port';
import { type Measure, measureOf } from '../goals';
import { listAll } from '../paging';
import { measuredAdSetSchema } from '../schemas';
import { metaApi } from '../transport';

/** By ad set id and by campaign id: what counts as a result there, null where nothing is counted. */
export type Measures = Map<string, Measure | null>;

const EVERY_STATUS = ['ACTIVE', 'PAUSED', 'CAMPAIGN_PAUSED', 'IN_PROCESS', 'WITH_ISSUES', 'ARCHIVED', 'DELETED'];

/**
 * What each ad set was really set up to count, and each campaign whose ad sets agree. The goal alone does not say it:
 * leads may come from a form, from the site, or be counted by nobody.
 */
export async function measuresOf(access: AccountAccess, campaignRemoteId: string | undefined): Promise<Measures> {
  const adSets = await listAll(
    metaApi(access),
    [campaignRemoteId ?? access.accountId, 'adsets'],
    {
      fields: 'id,campaign_id,optimization_goal,destination_type,promoted_object',
      effective_status: EVERY_STATUS,
      limit: 200,
    },
    measuredAdSetSchema,
    (row) => row.id,
  );
  const measures: Measures = new Map();
  const byCampaign = new Map<string, Map<string, Measure | null>>();
  for (const adSet of adSets) {
    const measure = measureOf(adSet);
    measures.set(adSet.id, measure);
    const kinds = byCampaign.get(adSet.campaign_id) ?? new Map<string, Measure | null>();
    kinds.set(measure?.actions.join() ?? '', measure);
    byCampaign.set(adSet.campaign_id, kinds);
  }
  for (const [campaignId, kinds] of byCampaign) {
    const [first, ...others] = kinds.values();
    // Results of different kinds must not be added up: such a campaign counts none.
    measures.set(campaignId, others.length === 0 && first !== undefined ? first : null);
  }
  return measures;
}
