import type { Goal } from '../../../domain/brief';
import type { InsightLevel, InsightRow, WindowReach } from '../../../domain/insight';
import { addDays, daysBetween } from '../../../domain/time';
import { systemClock } from '../../../runtime/clock';
import type { AccountAccess, LongAnswer } from '../../port';
import { moneyFromMetaMajor } from '../codec';
import { metaFailure } from '../errors';
import { type Measure, usualMeasure } from '../goals';
import { listAll } from '../paging';
import { type InsightRowSeen, insightRowSchema, pageOf } from '../schemas';
import { metaApi } from '../transport';
import { IDS, STATUSES } from './insight-levels';
import { type Measures, measuresOf } from './measures';
import { type ReportWait, runReport } from './report';

export type InsightQuery = {
  level: InsightLevel;
  since: string;
  until: string;
  goal: Goal;
  goalOf?: ReadonlyMap<string, Goal>;
  campaignRemoteId?: string;
  long?: LongAnswer;
};

/** How long a run of ours waits for a report before it goes on with it at the next try, real milliseconds. */
const WAITS_MS = 25_000;

const FIELDS = 'spend,impressions,reach,inline_link_clicks,actions,action_values,account_currency,attribution_setting';
/** The attribution every row is stored under: Meta's own setting of the ad set, which we send ourselves when we make it. */
export const ATTRIBUTION = 'default';

/**
 * Daily rows of every object at one level, both days included, in the account's days. Days without delivery have no row.
 * `raw` is what Meta answered, without its paging addresses.
 */
export async function insights(
  access: AccountAccess,
  query: InsightQuery,
): Promise<{ rows: InsightRow[]; raw: InsightRowSeen[] }> {
  if (query.until < query.since) return { rows: [], raw: [] };
  const raw = await rowsOf(patient(access), query);
  // Asked only when there are rows: most quiet accounts need no second call.
  const measures = raw.length > 0 ? await measuresOf(patient(access), query.campaignRemoteId) : new Map();
  return { rows: raw.map((row) => toRow(row, query, access.currency, measures)), raw };
}

/** Numbers can wait: they are the first to be held back when limits run short. */
function patient(access: AccountAccess): AccountAccess {
  return { urgency: 'background', ...access };
}

async function rowsOf(access: AccountAccess, query: InsightQuery): Promise<InsightRowSeen[]> {
  const { level, since, until } = query;
  const params = {
    level,
    fields: `${IDS[level]},${FIELDS}`,
    time_increment: 1,
    time_range: { since, until },
    limit: 500,
    filtering: [{ field: `${level}.effective_status`, operator: 'IN', value: STATUSES[level] }],
  };
  const ownerId = query.campaignRemoteId ?? access.accountId;
  const keyOf = (row: InsightRowSeen) => `${entityOf(row, level)} ${row.date_start}`;
  const { long } = query;
  const earlier = long?.earlier?.since === since && long.earlier.until === until ? long.earlier : null;
  const report = (wait: ReportWait) => runReport(access, ownerId, params, insightRowSchema, keyOf, wait);
  try {
    if (earlier) return await report({ ...keeping(query), runId: earlier.runId, orderedAt: earlier.orderedAt });
    return await listAll(metaApi(access), [ownerId, 'insights'], params, insightRowSchema, keyOf);
  } catch (error) {
    if (metaFailure(error)?.reason !== 'too_much_data') throw error;
    const days = daysBetween(since, until);
    // Too much for an answer at once: Meta prepares the whole window. Too much for a report as well: halves.
    if (long && !earlier) {
      try {
        return await report(keeping(query));
      } catch (again) {
        if (metaFailure(again)?.reason !== 'too_much_data') throw again;
      }
    }
    // A single day that is still too much is left to Meta to prepare in the background.
    if (days < 1) return runReport(access, ownerId, params, insightRowSchema, keyOf);
    const middle = addDays(since, Math.floor(days / 2));
    const head = await rowsOf(access, { ...query, until: middle });
    return [...head, ...(await rowsOf(access, { ...query, since: addDays(middle, 1) }))];
  }
}

function keeping({ long, since, until }: InsightQuery): ReportWait {
  if (!long) return {};
  return {
    deadlineMs: long.waitMs ?? WAITS_MS,
    pollMs: Math.min(3_000, (long.waitMs ?? WAITS_MS) / 4),
    onOrdered: (runId) => long.keep({ runId, since, until, orderedAt: systemClock.now().getTime() }),
  };
}

function entityOf(row: InsightRowSeen, level: InsightLevel): string {
  return (level === 'ad' ? row.ad_id : level === 'adset' ? row.adset_id : row.campaign_id) ?? '';
}

function toRow(row: InsightRowSeen, query: InsightQuery, currency: string, measures: Measures): InsightRow {
  const { level } = query;
  const measure = measures.get((level === 'campaign' ? row.campaign_id : row.adset_id) ?? '');
  const counted =
    measure === undefined
      ? guessResults(row, query.goalOf?.get(row.campaign_id ?? '') ?? query.goal, currency)
      : countResults(row, measure, currency);
  return {
    level,
    entityId: entityOf(row, level),
    parentId: (level === 'ad' ? row.adset_id : level === 'adset' ? row.campaign_id : null) ?? null,
    ...(row.campaign_id === undefined
      ? {}
      : {
          campaign: {
            id: row.campaign_id,
            countsOneKind: measures.get(row.campaign_id) !== null,
            goal: measures.get(row.campaign_id)?.goal ?? null,
          },
        }),
    day: row.date_start,
    currency,
    attribution: ATTRIBUTION,
    spendMinor: moneyFromMetaMajor(row.spend, currency).minor,
    impressions: Number(row.impressions),
    reach: row.reach === undefined ? null : Number(row.reach),
    clicks: Number(row.inline_link_clicks ?? firstOf(row.actions, ['link_click']) ?? 0),
    landingPageViews: numberOrNull(firstOf(row.actions, ['landing_page_view', 'omni_landing_page_view'])),
    ...counted,
  };
}

const numberOrNull = (text: string | null) => (text === null ? null : Math.round(Number(text)));

/** The value of the first action type that exists. Types contain one another, so they are never summed. */
function firstOf(list: InsightRowSeen['actions'], types: readonly string[]): string | null {
  for (const type of types) {
    const found = list?.find((action) => action.action_type === type);
    if (found) return found.value;
  }
  return null;
}

/** Meta leaves a count of none out: where results are measured at all, absence means zero; where not, null. */
function countResults(
  row: InsightRowSeen,
  measure: Measure | null,
  currency: string,
): Pick<InsightRow, 'results' | 'valueMinor'> {
  if (!measure) return { results: null, valueMinor: null };
  const results = numberOrNull(firstOf(row.actions, measure.actions)) ?? 0;
  const value = measure.hasValue ? firstOf(row.action_values, measure.actions) : null;
  if (value !== null) return { results, valueMinor: moneyFromMetaMajor(value, currency).minor };
  return { results, valueMinor: measure.hasValue && results === 0 ? 0n : null };
}

/** For objects whose setup can no longer be read: what the goal usually counts, where the row has it. */
function guessResults(row: InsightRowSeen, goal: Goal, currency: string): Pick<InsightRow, 'results' | 'valueMinor'> {
  const usual = usualMeasure(goal);
  if (!usual || firstOf(row.actions, usual.actions) === null) return { results: null, valueMinor: null };
  return countResults(row, usual, currency);
}

/** People reached in exactly this window, counted once each; null when nothing was delivered in it. */
export async function windowReach(
  access: AccountAccess,
  query: { campaignRemoteId: string; since: string; until: string },
): Promise<WindowReach | null> {
  const params = { fields: 'reach,impressions', time_range: { since: query.since, until: query.until } };
  const {
    data: [row],
  } = await metaApi(access).get([query.campaignRemoteId, 'insights'], params, pageOf(insightRowSchema));
  if (!row?.reach) return null;
  return {
    entityId: query.campaignRemoteId,
    since: query.since,
    until: query.until,
    reach: Number(row.reach),
    impressions: Number(row.impressions),
  };
}
