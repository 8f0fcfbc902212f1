import type { ResultKind } from '../../market/market';
import { isObject } from '../wire/params';
import { majorText, minorPerMajor } from '../world/money';
import type { GraphObject, JsonObject } from '../world/types';
import { LIVE_WINDOWS } from './catalogue';
import type { Tally, WindowCounts } from './tally';

/** The pixel event an ad set counts, as action types name it. */
export function eventOf(adSet: GraphObject, kind: ResultKind): string {
  if (kind === 'purchase') return 'purchase';
  if (kind === 'pixel_lead' || kind === 'form_lead' || kind === 'conversation' || kind === 'install') return kind;
  const promoted = adSet.data.promoted_object;
  return isObject(promoted) ? String(promoted.custom_event_type ?? 'OTHER').toLowerCase() : 'other';
}

/** All names one result goes by; they overlap and must not be summed. */
function actionTypes(event: string): string[] {
  if (event === 'purchase') return ['purchase', 'omni_purchase', 'offsite_conversion.fb_pixel_purchase'];
  if (event === 'pixel_lead') return ['lead', 'offsite_conversion.fb_pixel_lead'];
  if (event === 'form_lead') return ['lead', 'onsite_conversion.lead_grouped'];
  if (event === 'conversation')
    return ['onsite_conversion.messaging_conversation_started_7d', 'onsite_conversion.total_messaging_connection'];
  if (event === 'install') return ['mobile_app_install', 'omni_app_install'];
  if (event === 'complete_registration')
    return ['complete_registration', 'omni_complete_registration', 'offsite_conversion.fb_pixel_complete_registration'];
  return [`${event}_total`, `${event}_website`, 'offsite_conversion.fb_pixel_custom'];
}

const ON_META = new Set(['form_lead', 'conversation']);

export type ActionRow = { type: string; counts: WindowCounts; isOffMeta: boolean };

function plainCounts(count: number): WindowCounts {
  return { value: count, '1d_click': count, '7d_click': count, '28d_click': count, '1d_view': 0, '1d_ev': 0 };
}

function merged(rows: ActionRow[]): ActionRow[] {
  const byType = new Map<string, ActionRow>();
  for (const row of rows) {
    const known = byType.get(row.type);
    if (!known) {
      byType.set(row.type, { ...row, counts: { ...row.counts } });
      continue;
    }
    for (const key of Object.keys(known.counts) as (keyof WindowCounts)[]) known.counts[key] += row.counts[key];
  }
  return [...byType.values()];
}

/** The rows of `actions`. */
export function actionRows({ cell, results }: Tally): ActionRow[] {
  const rows: ActionRow[] = [];
  const plain = (types: string[], count: number, isOffMeta: boolean) => {
    if (count > 0) for (const type of types) rows.push({ type, counts: plainCounts(count), isOffMeta });
  };
  plain(['page_engagement', 'post_engagement'], cell.linkClicks + cell.reactions, false);
  plain(['link_click'], cell.linkClicks, false);
  plain(['post_reaction'], cell.reactions, false);
  plain(['landing_page_view', 'omni_landing_page_view'], cell.landingViews, true);
  plain(['add_to_cart', 'omni_add_to_cart', 'offsite_conversion.fb_pixel_add_to_cart'], cell.carts, true);
  plain(
    ['initiate_checkout', 'omni_initiated_checkout', 'offsite_conversion.fb_pixel_initiate_checkout'],
    cell.checkouts,
    true,
  );
  for (const result of results.values()) {
    for (const type of actionTypes(result.event))
      rows.push({ type, counts: result.counts, isOffMeta: !ON_META.has(result.event) });
  }
  return merged(rows).filter((row) => Object.values(row.counts).some((count) => count > 0));
}

/** The rows of `action_values`, in minor units. */
export function valueRows({ results }: Tally): ActionRow[] {
  const rows = [...results.values()]
    .filter((result) => result.event === 'purchase')
    .flatMap((result) => actionTypes(result.event).map((type) => ({ type, counts: result.values, isOffMeta: true })));
  return rows.filter((row) => Object.values(row.counts).some((minor) => minor > 0));
}

const CONVERSION_NAMES: Record<string, string> = {
  complete_registration: 'complete_registration',
  contact: 'contact_total',
  schedule: 'schedule_total',
  start_trial: 'start_trial_total',
  submit_application: 'submit_application_total',
  subscribe: 'subscribe_total',
  find_location: 'find_location_total',
  donate: 'donate_total',
};

/** The rows of `conversions`: standard events that are neither sales nor leads. */
export function conversionRows(tally: Tally): ActionRow[] {
  return [...tally.results.values()]
    .filter((result) => CONVERSION_NAMES[result.event] !== undefined)
    .map((result) => ({ type: CONVERSION_NAMES[result.event] ?? '', counts: result.counts, isOffMeta: true }))
    .filter((row) => Object.values(row.counts).some((count) => count > 0));
}

export function conversionValueRows(tally: Tally): ActionRow[] {
  return [...tally.results.values()]
    .filter((result) => CONVERSION_NAMES[result.event] !== undefined)
    .map((result) => ({ type: CONVERSION_NAMES[result.event] ?? '', counts: result.values, isOffMeta: true }))
    .filter((row) => row.counts.value > 0);
}

function windowKeys(windows: readonly string[]): (keyof WindowCounts)[] {
  return LIVE_WINDOWS.filter((one) => windows.includes(one));
}

/** Action objects as the API writes them: strings, one key per asked window. */
export function writeActions(
  rows: ActionRow[],
  windows: readonly string[],
  write: (count: number) => string,
): JsonObject[] {
  const keys = windowKeys(windows);
  const showsValue = windows.length === 0 || windows.includes('default');
  return rows
    .filter((row) => row.counts.value > 0 || keys.some((key) => row.counts[key] > 0))
    .map((row) => {
      const action: JsonObject = { action_type: row.type };
      if (showsValue || keys.length === 0 || row.counts.value > 0) action.value = write(row.counts.value);
      for (const key of keys) if (row.counts[key] > 0) action[key] = write(row.counts[key]);
      return action;
    });
}

export function moneyWriter(currency: string): (minor: number) => string {
  return (minor) => majorText(minor, currency);
}

/** Cost per action: major units with six decimals. */
export function writeCosts(rows: ActionRow[], spendMinor: number, currency: string): JsonObject[] {
  return rows
    .filter((row) => row.counts.value > 0)
    .map((row) => ({
      action_type: row.type,
      value: (spendMinor / minorPerMajor(currency) / row.counts.value).toFixed(6),
    }));
}

/** What the objective counts as a result, with the indicator the API names it by. */
export function resultOf(goal: string, tally: Tally): { indicator: string; count: number } | null {
  const [result] = tally.results.values();
  if (goal === 'LINK_CLICKS') return { indicator: 'actions:link_click', count: tally.cell.linkClicks };
  if (goal === 'LANDING_PAGE_VIEWS') return { indicator: 'actions:landing_page_view', count: tally.cell.landingViews };
  if (goal === 'REACH' || goal === 'IMPRESSIONS')
    return { indicator: goal === 'REACH' ? 'reach' : 'impressions', count: tally.cell.impressions };
  if (!result) return null;
  const [first = '', , pixel = first] = actionTypes(result.event);
  const name =
    result.event === 'pixel_lead'
      ? 'offsite_conversion.fb_pixel_lead'
      : result.event === 'form_lead'
        ? 'onsite_conversion.lead_grouped'
        : result.event === 'conversation'
          ? 'onsite_conversion.messaging_conversation_started_7d'
          : pixel;
  return { indicator: `actions:${name}`, count: result.counts.value };
}
