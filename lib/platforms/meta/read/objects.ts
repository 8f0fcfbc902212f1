import type * as z from 'zod';
import type { Money } from '../../../domain/money';
import type { AccountAccess, RemoteLevel, RemoteSeen } from '../../port';
import { moneyFromMeta } from '../codec';
import { metaFailure } from '../errors';
import { listAll } from '../paging';
import { adSchema, adSetSchema, campaignSchema, creativeSchema } from '../schemas';
import { metaApi } from '../transport';

const SHARED = 'id,name,status,configured_status,effective_status,issues_info';

/** Every field we read, per level: without them Meta answers the id alone. */
export const OBJECT_FIELDS: Record<RemoteLevel, string> = {
  campaign: `${SHARED},objective,special_ad_categories,daily_budget,lifetime_budget,spend_cap,is_adset_budget_sharing_enabled,updated_time`,
  adset: `${SHARED},campaign_id,daily_budget,lifetime_budget,optimization_goal,billing_event,bid_strategy,destination_type,promoted_object,targeting,attribution_spec,learning_stage_info,dsa_payor,dsa_beneficiary,end_time,updated_time`,
  ad: `${SHARED},adset_id,campaign_id,creative{id},ad_review_feedback,preview_shareable_link,updated_time`,
  creative: 'id,name,status,object_story_spec,asset_feed_spec,url_tags,degrees_of_freedom_spec',
};

type Shared = Pick<
  z.infer<typeof campaignSchema>,
  'id' | 'name' | 'status' | 'configured_status' | 'effective_status' | 'issues_info'
>;

function seen(
  row: Shared,
  level: RemoteLevel,
  rest: {
    parent: string | null;
    budget?: Money | null;
    creativeId?: string | null;
    feedback?: string[];
    spendCap?: Money | null;
    endsAt?: string | null;
  },
): RemoteSeen {
  const {
    id,
    name,
    status,
    configured_status: configured,
    effective_status: effective,
    issues_info: issues,
    ...fields
  } = row;
  const problems = (issues ?? []).flatMap((issue) => issue.error_message ?? issue.error_summary ?? []);
  return {
    remoteId: id,
    level,
    name,
    parentRemoteId: rest.parent,
    status: configured ?? status ?? null,
    effectiveStatus: effective ?? null,
    dailyBudget: rest.budget ?? null,
    creativeId: rest.creativeId ?? null,
    ...(rest.spendCap === undefined ? {} : { spendCap: rest.spendCap }),
    ...(rest.endsAt === undefined ? {} : { endsAt: rest.endsAt }),
    reviewFeedback: [...(rest.feedback ?? []), ...problems],
    fields,
  };
}

/** Meta reads the budget that is not set as "0". */
function budgetOf(amount: string | undefined, currency: string): Money | null {
  return amount === undefined || amount === '0' ? null : moneyFromMeta(amount, currency);
}

/** Meta's way of saying that no cap is set: nothing, nought, or the number with which one is taken away. */
function capOf(amount: string | undefined, currency: string): Money | null {
  return amount === undefined || amount === '0' || amount.startsWith('922337203685478')
    ? null
    : moneyFromMeta(amount, currency);
}

/** "2026-12-01T00:00:00+0000" as an ISO instant; the epoch stands for none. */
function instantOf(time: string | undefined): string | null {
  const ms = time === undefined ? Number.NaN : Date.parse(time.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) || ms === 0 ? null : new Date(ms).toISOString();
}

function feedbackOf(feedback: z.infer<typeof adSchema>['ad_review_feedback']): string[] {
  const placed = Object.values(feedback?.placement_specific ?? {}).flatMap((reasons) => Object.entries(reasons));
  const reasons = new Map([...Object.entries(feedback?.global ?? {}), ...placed]);
  return [...reasons].map(([policy, text]) => text || policy);
}

const campaignSeen = (row: z.infer<typeof campaignSchema>, currency: string) =>
  seen(row, 'campaign', {
    parent: null,
    budget: budgetOf(row.daily_budget, currency),
    spendCap: capOf(row.spend_cap, currency),
  });
const adSetSeen = (row: z.infer<typeof adSetSchema>, currency: string) =>
  seen(row, 'adset', {
    parent: row.campaign_id,
    budget: budgetOf(row.daily_budget, currency),
    endsAt: instantOf(row.end_time),
  });
const adSeen = (row: z.infer<typeof adSchema>) =>
  seen(row, 'ad', {
    parent: row.adset_id,
    creativeId: row.creative?.id ?? null,
    feedback: feedbackOf(row.ad_review_feedback),
  });
const creativeSeen = (row: z.infer<typeof creativeSchema>) => ({
  ...seen(row, 'creative', { parent: null }),
  status: null,
  effectiveStatus: null,
});

/** An object as Meta shows it now, or null when Meta knows no such object (or hides it from this login). */
export async function readObject(
  access: AccountAccess,
  level: RemoteLevel,
  remoteId: string,
): Promise<RemoteSeen | null> {
  const api = metaApi(access);
  const params = { fields: OBJECT_FIELDS[level] };
  try {
    switch (level) {
      case 'campaign':
        return campaignSeen(await api.get([remoteId], params, campaignSchema), access.currency);
      case 'adset':
        return adSetSeen(await api.get([remoteId], params, adSetSchema), access.currency);
      case 'ad':
        return adSeen(await api.get([remoteId], params, adSchema));
      case 'creative':
        return creativeSeen(await api.get([remoteId], params, creativeSchema));
    }
  } catch (error) {
    if (metaFailure(error)?.reason === 'object_missing') return null;
    throw error;
  }
}

const EDGES = { campaign: 'campaigns', adset: 'adsets', ad: 'ads', creative: 'adcreatives' } as const;

/** Objects of one level on an edge ("act_…" or a parent's id). */
export async function listObjects(
  access: AccountAccess,
  level: RemoteLevel,
  ownerId: string,
  params: Record<string, unknown> = {},
): Promise<RemoteSeen[]> {
  const api = metaApi(access);
  const path = [ownerId, EDGES[level]];
  const query = { fields: OBJECT_FIELDS[level], limit: 100, ...params };
  switch (level) {
    case 'campaign':
      return (await listAll(api, path, query, campaignSchema, (row) => row.id)).map((row) =>
        campaignSeen(row, access.currency),
      );
    case 'adset':
      return (await listAll(api, path, query, adSetSchema, (row) => row.id)).map((row) =>
        adSetSeen(row, access.currency),
      );
    case 'ad':
      return (await listAll(api, path, query, adSchema, (row) => row.id)).map(adSeen);
    case 'creative':
      return (await listAll(api, path, query, creativeSchema, (row) => row.id)).map(creativeSeen);
  }
}

/** Lists leave out archived and deleted objects unless they are asked for by name. */
export const EVERY_AD_SET_STATUS = [
  'ACTIVE',
  'PAUSED',
  'CAMPAIGN_PAUSED',
  'IN_PROCESS',
  'WITH_ISSUES',
  'ARCHIVED',
  'DELETED',
];
export const EVERY_AD_STATUS = [
  ...EVERY_AD_SET_STATUS,
  'ADSET_PAUSED',
  'PENDING_REVIEW',
  'DISAPPROVED',
  'PREAPPROVED',
  'PENDING_BILLING_INFO',
];

/** The campaign, its ad sets and its ads, archived and deleted ones included. Empty when the campaign is unknown. */
export async function readCampaignTree(access: AccountAccess, campaignRemoteId: string): Promise<RemoteSeen[]> {
  const campaign = await readObject(access, 'campaign', campaignRemoteId);
  if (!campaign) return [];
  const [adSets, ads] = await Promise.all([
    listObjects(access, 'adset', campaignRemoteId, { effective_status: EVERY_AD_SET_STATUS }),
    listObjects(access, 'ad', campaignRemoteId, { effective_status: EVERY_AD_STATUS }),
  ]);
  return [campaign, ...adSets, ...ads];
}
