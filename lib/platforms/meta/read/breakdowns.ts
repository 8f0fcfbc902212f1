import type { InsightLevel } from '../../../domain/insight';
import type { AccountAccess, AttributionWindow, Breakdown, InsightCut, InsightCutQuery } from '../../port';
import { moneyFromMetaMajor } from '../codec';
import { metaFailure } from '../errors';
import { type Measure, usualMeasure } from '../goals';
import { listAll } from '../paging';
import { type CutRowSeen, cutRowSchema } from '../schemas';
import { metaApi } from '../transport';
import { IDS, STATUSES } from './insight-levels';
import { measuresOf } from './measures';
import { type ReportWait, runReport } from './report';

/**
 * Each of our cuts in Meta's words; only one at a time may be asked for. Those that need an opt-in at Meta (viewer's time
 * zone, impression device, frequency) are left out: without it Meta answers nothing, which looks like no delivery.
 */
const CUTS: Record<Breakdown, readonly string[]> = {
  age: ['age'],
  gender: ['gender'],
  age_and_gender: ['age', 'gender'],
  country: ['country'],
  region: ['region'],
  platform: ['publisher_platform'],
  placement: ['publisher_platform', 'platform_position'],
  device: ['device_platform'],
  hour: ['hourly_stats_aggregated_by_advertiser_time_zone'],
};
/** Meta counts people neither by hour nor, for what happens off Meta, results by hour or region. */
const WITHOUT_REACH = new Set<Breakdown>(['hour']);
const WITHOUT_SITE_RESULTS = new Set<Breakdown>(['hour', 'region']);

const FIELDS = 'spend,impressions,inline_link_clicks,actions,action_values,attribution_setting';

/**
 * Sums of a window (or one row per day of it) cut by age, place, hour and the like, in the account's days. Reach is of
 * each cut alone and adds up to nothing; where Meta does not count a number in a cut it is null, never 0. A cut without
 * delivery has no row. With `windows`, results are told per attribution window as well.
 */
export async function insightCuts(
  access: AccountAccess,
  query: InsightCutQuery,
  wait: ReportWait = {},
): Promise<InsightCut[]> {
  if (query.until < query.since) return [];
  const patient: AccountAccess = { urgency: 'background', ...access };
  const rows = await rowsOf(patient, query, wait);
  if (rows.length === 0) return [];
  const measures = await measuresOf(patient, query.campaignRemoteId);
  return rows.map((row) => {
    const own = measures.get((query.level === 'campaign' ? row.campaign_id : row.adset_id) ?? '');
    return cutOf(row, query, access.currency, own === undefined ? usualMeasure(query.goal) : own);
  });
}

async function rowsOf(access: AccountAccess, query: InsightCutQuery, wait: ReportWait): Promise<CutRowSeen[]> {
  const { level, since, until, by, windows } = query;
  const params = {
    level,
    fields: `${IDS[level]},${FIELDS}${WITHOUT_REACH.has(by) ? '' : ',reach'}`,
    breakdowns: CUTS[by].join(','),
    time_range: { since, until },
    time_increment: query.perDay ? 1 : 'all_days',
    limit: 500,
    ...(windows && windows.length > 0 ? { action_attribution_windows: [...windows] } : {}),
    filtering: [{ field: `${level}.effective_status`, operator: 'IN', value: STATUSES[level] }],
  };
  const ownerId = query.campaignRemoteId ?? access.accountId;
  const keyOf = (row: CutRowSeen) => JSON.stringify([idOf(row, level), row.date_start, ...cellsOf(row, by)]);
  try {
    return await listAll(metaApi(access), [ownerId, 'insights'], params, cutRowSchema, keyOf);
  } catch (error) {
    if (metaFailure(error)?.reason !== 'too_much_data') throw error;
    return runReport(access, ownerId, params, cutRowSchema, keyOf, wait);
  }
}

function idOf(row: CutRowSeen, level: InsightLevel): string {
  return (level === 'ad' ? row.ad_id : level === 'adset' ? row.adset_id : row.campaign_id) ?? '';
}

function cellsOf(row: CutRowSeen, by: Breakdown): string[] {
  return CUTS[by].map((name) => (typeof row[name] === 'string' ? row[name] : 'unknown'));
}

function cutOf(row: CutRowSeen, query: InsightCutQuery, currency: string, measure: Measure | null): InsightCut {
  const { level, by, windows = [] } = query;
  const isCounted = measure !== null && !(WITHOUT_SITE_RESULTS.has(by) && isOffMeta(measure));
  const found = measure ? firstOf(row.actions, measure.actions) : null;
  const value = measure?.hasValue ? firstOf(row.action_values, measure.actions) : null;
  return {
    entityId: idOf(row, level),
    since: row.date_start,
    until: row.date_stop,
    cells: cellsOf(row, by),
    currency,
    spendMinor: moneyFromMetaMajor(row.spend, currency).minor,
    impressions: Number(row.impressions),
    reach: row.reach === undefined ? null : Number(row.reach),
    clicks: Number(row.inline_link_clicks ?? firstOf(row.actions, ['link_click'])?.value ?? 0),
    results: isCounted ? countOf(found, 'value') : null,
    valueMinor: isCounted && value?.value !== undefined ? moneyFromMetaMajor(value.value, currency).minor : null,
    resultsByWindow: isCounted ? Object.fromEntries(windows.map((name) => [name, countOf(found, name)])) : {},
    attributionSetting: row.attribution_setting ?? null,
  };
}

type Action = NonNullable<CutRowSeen['actions']>[number];

/** Types contain one another: the first that exists is taken and never a sum. */
function firstOf(list: Action[] | undefined, types: readonly string[]): Action | null {
  for (const type of types) {
    const found = list?.find((action) => action.action_type === type);
    if (found) return found;
  }
  return null;
}

/** Meta leaves a count of none out, as a whole action and as one window of it. */
function countOf(action: Action | null, name: 'value' | AttributionWindow): number {
  const count = Number(action?.[name] ?? 0);
  return Number.isFinite(count) ? Math.round(count) : 0;
}

/** What a pixel saw on the owner's site. */
function isOffMeta(measure: Measure): boolean {
  return measure.actions.some((type) => type.startsWith('offsite_conversion') || type.startsWith('omni_'));
}
