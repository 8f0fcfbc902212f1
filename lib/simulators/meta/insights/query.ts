import { isoToDay } from '../../market/market';
import { GraphError, invalid } from '../wire/errors';
import { type Filter, readFilters } from '../wire/filtering';
import { isObject, type Params, readJson, readText, readTextList, toBoolean } from '../wire/params';
import type { Json } from '../world/types';
import { ACTION_BREAKDOWNS, BREAKDOWNS, DATE_PRESETS, INSIGHT_FIELDS, isCombination, WINDOWS } from './catalogue';
import { cutPeriod, type Increment, oldestDay, type Period, presetPeriod } from './periods';

export const LEVELS = ['account', 'campaign', 'adset', 'ad'] as const;
export type Level = (typeof LEVELS)[number];

export type Query = {
  level: Level;
  fields: string[];
  periods: Period[];
  breakdowns: string[];
  windows: string[];
  actionBreakdowns: string[];
  filters: Filter[];
  sort: { field: string; isDescending: boolean } | null;
  summary: string[] | null;
  isSplitByTime: boolean;
};

const OWN_FIELDS: Record<Level, string[]> = {
  account: ['account_id'],
  campaign: ['account_id', 'campaign_id'],
  adset: ['account_id', 'campaign_id', 'adset_id'],
  ad: ['account_id', 'campaign_id', 'adset_id', 'ad_id'],
};

type Reading = { params: Params; ownLevel: Level; fieldNames: string[] | null; today: number; firstDay: number };

/** Reads and checks the parameters of an insights call. */
export function readQuery({ params, ownLevel, fieldNames, today, firstDay }: Reading): Query {
  const level = readLevel(params, ownLevel);
  const fields = fieldNames ?? [...OWN_FIELDS[level], 'date_start', 'date_stop', 'impressions', 'spend'];
  for (const field of fields) {
    if (!INSIGHT_FIELDS.has(field))
      throw invalid(
        `${field} is not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values`,
      );
  }
  const breakdowns = (readTextList(params, 'breakdowns') ?? []).filter((name) => name !== '');
  const unknown = breakdowns.findIndex((name) => !BREAKDOWNS.has(name));
  if (unknown >= 0) throw invalid(`Param breakdowns[${unknown}] must be one of {${[...BREAKDOWNS].join(', ')}}`);
  if (breakdowns.length > 0 && !isCombination(breakdowns)) {
    throw invalid(`Current combination of data breakdown columns (${breakdowns.join(', ')}) is invalid`);
  }
  return {
    level,
    fields,
    breakdowns,
    ...readTimes(params, today, firstDay),
    windows: readWindows(params),
    actionBreakdowns: readActionBreakdowns(params),
    filters: readInsightFilters(params),
    sort: readSort(params),
    summary: readSummary(params, fields),
  };
}

const OBJECT_PREFIX = /^(account|campaign|adset|ad)\.[a-z0-9_]+$/;

/** Filters name a level's field (`ad.name`), a metric, or the kind of action. */
function readInsightFilters(params: Params): Filter[] {
  const filters = readFilters(params);
  for (const [at, { field }] of filters.entries()) {
    if (OBJECT_PREFIX.test(field) || INSIGHT_FIELDS.has(field) || BREAKDOWNS.has(field) || ACTION_BREAKDOWNS.has(field))
      continue;
    throw invalid(`Filtering field ${field} is invalid in filtering[${at}][field]`);
  }
  return filters;
}

function readLevel(params: Params, ownLevel: Level): Level {
  const text = readText(params, 'level');
  if (text === undefined) return ownLevel;
  const level = LEVELS.find((one) => one === text.toLowerCase());
  if (level === undefined) throw invalid('Param level must be one of {ad, adset, campaign, account}');
  if (LEVELS.indexOf(level) < LEVELS.indexOf(ownLevel)) throw invalid(`Level ${level} is above the queried object`);
  return level;
}

function readIncrement(params: Params): Increment {
  const text = readText(params, 'time_increment');
  if (text === undefined || text === 'all_days') return 'all_days';
  if (text === 'monthly') return 'monthly';
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 90)
    throw invalid('Param time_increment must be an integer between 1 and 90, monthly or all_days');
  return days;
}

function readRange(value: Json | undefined, today: number): Period {
  const range = isObject(value) ? value : {};
  const since = isoToDay(String(range.since ?? ''));
  const until = isoToDay(String(range.until ?? ''));
  if (since === null || until === null)
    throw invalid('Param time_range must be {"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}');
  if (since > until) throw invalid('The start of time_range must not be after its end');
  if (since < oldestDay(today)) {
    throw new GraphError({
      code: 3018,
      message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
    });
  }
  return { since, until };
}

function readTimes(params: Params, today: number, firstDay: number): { periods: Period[]; isSplitByTime: boolean } {
  const increment = readIncrement(params);
  const ranges = readJson(params, 'time_ranges');
  if (ranges !== undefined) {
    if (!Array.isArray(ranges)) throw invalid('Param time_ranges must be an array');
    if (params.time_range !== undefined || increment !== 'all_days')
      throw invalid('time_ranges cannot be used together with time_range or time_increment');
    return { periods: ranges.map((range) => readRange(range, today)), isSplitByTime: true };
  }
  const range = readJson(params, 'time_range');
  if (range !== undefined)
    return { periods: cutPeriod(readRange(range, today), increment), isSplitByTime: increment !== 'all_days' };

  const given = readText(params, 'date_preset');
  const preset = DATE_PRESETS.find((one) => one === (given ?? 'last_30d').toLowerCase());
  if (preset === undefined) throw invalid(`Param date_preset must be one of {${DATE_PRESETS.join(', ')}}`);
  return {
    periods: cutPeriod(presetPeriod(preset, today, firstDay), increment),
    isSplitByTime: increment !== 'all_days',
  };
}

function readWindows(params: Params): string[] {
  const windows = readTextList(params, 'action_attribution_windows') ?? [];
  const unknown = windows.find((one) => !WINDOWS.has(one));
  if (unknown !== undefined)
    throw invalid(`Param action_attribution_windows[0] must be one of {${[...WINDOWS].join(', ')}}`);
  return windows;
}

function readActionBreakdowns(params: Params): string[] {
  const names = (readTextList(params, 'action_breakdowns') ?? []).filter((name) => name !== '');
  const unknown = names.find((name) => !ACTION_BREAKDOWNS.has(name));
  if (unknown !== undefined)
    throw invalid(`Param action_breakdowns[0] must be one of {${[...ACTION_BREAKDOWNS].join(', ')}}`);
  return names.filter((name) => name !== 'action_type');
}

function readSort(params: Params): Query['sort'] {
  const key = readTextList(params, 'sort')?.[0];
  if (key === undefined || key === '') return null;
  const parts = /^(.+)_(ascending|descending)$/.exec(key);
  if (!parts) throw invalid('Param sort must be field_ascending or field_descending');
  return { field: parts[1] ?? '', isDescending: parts[2] === 'descending' };
}

function readSummary(params: Params, fields: string[]): string[] | null {
  if (toBoolean(params.default_summary) === true) return fields;
  const summary = readTextList(params, 'summary');
  if (!summary || summary[0] === 'false') return null;
  if (summary[0] === 'true') return fields;
  const absent = summary.find((name) => !fields.includes(name));
  if (absent !== undefined)
    throw invalid(`Cannot include ${absent} in summary param because they weren't there while creating the report run`);
  return summary;
}
