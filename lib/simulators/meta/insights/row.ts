import { dayToIso } from '../../market/market';
import { passes } from '../wire/filtering';
import { isObject } from '../wire/params';
import { currencyOf, textOf, zoneOf } from '../world/live-world';
import { majorText, minorPerMajor } from '../world/money';
import { formatTime } from '../world/time';
import type { GraphObject, Json, JsonObject, World } from '../world/types';
import { splitActions } from './action-breakdowns';
import {
  actionRows,
  conversionRows,
  conversionValueRows,
  moneyWriter,
  resultOf,
  valueRows,
  writeActions,
  writeCosts,
} from './actions';
import { ASSET_BREAKDOWNS, HOURLY } from './catalogue';
import type { Period } from './periods';
import type { Query } from './query';
import type { Columns } from './segments';
import { peopleIn, type Tally } from './tally';

/** The object a row is about, with its ancestors. */
export type Subject = {
  account: GraphObject;
  campaign?: GraphObject;
  adSet?: GraphObject;
  ad?: GraphObject;
  goals: readonly string[];
  settings: readonly string[];
};

const NOT_BY_HOUR = /^(reach|frequency|cpp|unique_|cost_per_unique_|video_)/;
/** What is known per part of a creative; who the row is about comes along. */
const BY_ASSET = /^(impressions|clicks|spend|reach|actions|action_values)$|_(id|name|currency)$/;
const OFF_META_HIDDEN = new Set(['region', 'comscore_market', HOURLY]);

export type RowInput = {
  world: World;
  query: Query;
  subject: Subject;
  period: Period;
  columns: Columns;
  tally: Tally;
};

function six(value: number): string {
  return value.toFixed(6);
}

/** One insights row: every scalar a string, fields without a value left out. */
export function writeRow(input: RowInput): JsonObject {
  const { query, columns, period } = input;
  const row: JsonObject = {};
  const isByAsset = query.breakdowns.some((name) => ASSET_BREAKDOWNS.includes(name));
  for (const field of query.fields) {
    if (query.breakdowns.includes(HOURLY) && NOT_BY_HOUR.test(field)) continue;
    if (isByAsset && !BY_ASSET.test(field)) continue;
    const value = fieldValue(field, input);
    if (value !== undefined) row[field] = value;
  }
  row.date_start = dayToIso(period.since);
  row.date_stop = dayToIso(period.until);
  return { ...row, ...columns };
}

/** The value of one field of a row; undefined when it has none. */
export function fieldValue(field: string, input: RowInput): Json | undefined {
  return identity(field, input) ?? counter(field, input) ?? ratio(field, input) ?? list(field, input);
}

function identity(field: string, { world, subject }: RowInput): Json | undefined {
  const { account, campaign, adSet, ad, goals, settings } = subject;
  const deepest = ad ?? adSet ?? campaign ?? account;
  switch (field) {
    case 'account_id':
      return account.id.replace('act_', '');
    case 'account_name':
      return textOf(account, 'name');
    case 'account_currency':
      return currencyOf(world, account);
    case 'campaign_id':
      return campaign?.id;
    case 'campaign_name':
      return textOf(campaign, 'name');
    case 'adset_id':
      return adSet?.id;
    case 'adset_name':
      return textOf(adSet, 'name');
    case 'ad_id':
      return ad?.id;
    case 'ad_name':
      return textOf(ad, 'name');
    case 'objective':
      return textOf(campaign, 'objective');
    case 'buying_type':
      return textOf(campaign, 'buying_type');
    case 'optimization_goal':
      return goals.length === 1 ? goals[0] : undefined;
    case 'attribution_setting':
      return settings.length === 1 ? settings[0] : settings.length > 1 ? 'multiple' : undefined;
    case 'created_time':
      return formatTime(deepest.createdMs, zoneOf(world, deepest)).slice(0, 10);
    case 'updated_time':
      return formatTime(deepest.updatedMs, zoneOf(world, deepest)).slice(0, 10);
    default:
      return undefined;
  }
}

function counter(field: string, { world, subject, tally }: RowInput): Json | undefined {
  const { cell } = tally;
  switch (field) {
    case 'impressions':
      return String(cell.impressions);
    case 'clicks':
      return String(cell.clicks);
    case 'inline_link_clicks':
      return cell.linkClicks > 0 ? String(cell.linkClicks) : undefined;
    case 'inline_post_engagement':
      return cell.linkClicks + cell.reactions > 0 ? String(cell.linkClicks + cell.reactions) : undefined;
    case 'spend':
      return majorText(cell.spendMinor, currencyOf(world, subject.account));
    case 'social_spend':
      return '0';
    case 'reach':
      return String(peopleIn(tally));
    case 'unique_clicks':
      return cell.clicks > 0 ? String(Math.ceil(cell.clicks * 0.94)) : undefined;
    case 'unique_inline_link_clicks':
      return cell.linkClicks > 0 ? String(Math.ceil(cell.linkClicks * 0.95)) : undefined;
    default:
      return undefined;
  }
}

function ratio(field: string, { world, subject, tally }: RowInput): Json | undefined {
  const { cell } = tally;
  const spend = cell.spendMinor / minorPerMajor(currencyOf(world, subject.account));
  const per = (top: number, bottom: number) => (bottom > 0 ? six(top / bottom) : undefined);
  const shown = cell.impressions;
  switch (field) {
    case 'ctr':
      return per(100 * cell.clicks, shown);
    case 'inline_link_click_ctr':
      return cell.linkClicks > 0 ? per(100 * cell.linkClicks, shown) : undefined;
    case 'cpc':
      return per(spend, cell.clicks);
    case 'cpm':
      return per(1000 * spend, shown);
    case 'cpp':
      return per(1000 * spend, peopleIn(tally));
    case 'cost_per_inline_link_click':
      return per(spend, cell.linkClicks);
    case 'cost_per_inline_post_engagement':
      return per(spend, cell.linkClicks + cell.reactions);
    case 'frequency':
      return per(shown, peopleIn(tally));
    case 'unique_ctr':
      return per(100 * Math.ceil(cell.clicks * 0.94), peopleIn(tally));
    case 'cost_per_unique_click':
      return per(spend, Math.ceil(cell.clicks * 0.94));
    case 'quality_ranking':
    case 'engagement_rate_ranking':
    case 'conversion_rate_ranking':
      return ranking(tally);
    default:
      return undefined;
  }
}

function ranking({ cell }: Tally): string {
  if (cell.impressions < 500) return 'UNKNOWN';
  const ctr = cell.linkClicks / cell.impressions;
  if (ctr < 0.005) return 'BELOW_AVERAGE_20';
  return ctr > 0.018 ? 'ABOVE_AVERAGE' : 'AVERAGE';
}

function list(field: string, input: RowInput): Json | undefined {
  const { query, tally, world, subject } = input;
  const currency = currencyOf(world, subject.account);
  const hidesOffMeta = query.breakdowns.some((name) => OFF_META_HIDDEN.has(name));
  const wanted = query.filters.filter((filter) => filter.field === 'action_type');
  const visible = (rows: ReturnType<typeof actionRows>) =>
    rows.filter((row) => (!hidesOffMeta || !row.isOffMeta) && wanted.every((filter) => passes(row.type, filter)));
  const split = (items: JsonObject[]) => splitActions(items, query.actionBreakdowns);
  const full = (items: JsonObject[]) => (items.length > 0 ? items : undefined);

  switch (field) {
    case 'actions':
      return full(split(writeActions(visible(actionRows(tally)), query.windows, String)));
    case 'unique_actions':
      return full(writeActions(visible(actionRows(tally)), [], (count) => String(Math.ceil(count * 0.95))));
    case 'action_values':
      return full(writeActions(visible(valueRows(tally)), query.windows, moneyWriter(currency)));
    case 'conversions':
      return full(writeActions(visible(conversionRows(tally)), query.windows, String));
    case 'conversion_values':
      return full(writeActions(visible(conversionValueRows(tally)), query.windows, moneyWriter(currency)));
    case 'cost_per_conversion':
      return full(writeCosts(visible(conversionRows(tally)), tally.cell.spendMinor, currency));
    case 'cost_per_unique_action_type':
      return full(writeCosts(visible(actionRows(tally)), tally.cell.spendMinor / 0.95, currency));
    case 'outbound_clicks_ctr':
      return tally.cell.linkClicks > 0
        ? [{ action_type: 'outbound_click', value: six((100 * tally.cell.linkClicks) / tally.cell.impressions) }]
        : undefined;
    case 'unique_outbound_clicks':
      return tally.cell.linkClicks > 0
        ? [{ action_type: 'outbound_click', value: String(Math.ceil(tally.cell.linkClicks * 0.95)) }]
        : undefined;
    case 'cost_per_action_type':
      return full(writeCosts(visible(actionRows(tally)), tally.cell.spendMinor, currency));
    case 'outbound_clicks':
      return tally.cell.linkClicks > 0
        ? [{ action_type: 'outbound_click', value: String(tally.cell.linkClicks) }]
        : undefined;
    case 'cost_per_outbound_click':
      return tally.cell.linkClicks > 0
        ? [
            {
              action_type: 'outbound_click',
              value: six(tally.cell.spendMinor / minorPerMajor(currency) / tally.cell.linkClicks),
            },
          ]
        : undefined;
    case 'website_ctr':
      return tally.cell.linkClicks > 0
        ? [{ action_type: 'link_click', value: six((100 * tally.cell.linkClicks) / tally.cell.impressions) }]
        : undefined;
    case 'purchase_roas':
      return hidesOffMeta ? undefined : roas(tally, 'omni_purchase');
    case 'website_purchase_roas':
      return hidesOffMeta ? undefined : roas(tally, 'offsite_conversion.fb_pixel_purchase');
    case 'results':
    case 'cost_per_result':
      return hidesOffMeta ? undefined : results(field, input);
    default:
      return undefined;
  }
}

function roas(tally: Tally, type: string): Json | undefined {
  const row = valueRows(tally).find((one) => one.type === type);
  if (!row || row.counts.value <= 0 || tally.cell.spendMinor <= 0) return undefined;
  return [{ action_type: type, value: six(row.counts.value / tally.cell.spendMinor) }];
}

function results(field: string, { tally, subject, world }: RowInput): Json | undefined {
  if (subject.goals.length !== 1) return undefined;
  const found = resultOf(subject.goals[0] ?? '', tally);
  if (!found || found.count === 0) return undefined;
  const spend = tally.cell.spendMinor / minorPerMajor(currencyOf(world, subject.account));
  const value = field === 'results' ? String(found.count) : six(spend / found.count);
  return [{ indicator: found.indicator, values: [{ value, attribution_windows: ['default'] }] }];
}

/** "7d_click_or_1d_view" and its kin. */
export function attributionSetting(adSet: GraphObject): string {
  const { clickDays, viewDays } = attributionOf(adSet);
  return viewDays > 0 ? `${clickDays}d_click_or_${viewDays}d_view` : `${clickDays}d_click`;
}

export function attributionOf(adSet: GraphObject): { clickDays: number; viewDays: number } {
  const spec = Array.isArray(adSet.data.attribution_spec) ? adSet.data.attribution_spec.filter(isObject) : [];
  const days = (type: string) => Number(spec.find((one) => one.event_type === type)?.window_days ?? 0);
  return { clickDays: days('CLICK_THROUGH') || 7, viewDays: days('VIEW_THROUGH') };
}
