import type { Context } from '../graph/context';
import { GraphError, invalid, missing, refused } from '../wire/errors';
import { has, isObject, type Params, readInteger, readJson } from '../wire/params';
import { objectOf } from '../world/live-world';
import { parseTime } from '../world/time';
import type { GraphObject, Json, JsonObject } from '../world/types';
import type { Budgets } from './budget';
import { CUSTOM_EVENT_TYPES } from './enums';

type Times = { startMs: number; endMs: number | null };

/** Start and end of an ad set; the end must lie ahead. */
export function readTimes(params: Params, zone: string, nowMs: number): Times {
  const start = has(params, 'start_time') ? parseTime(params.start_time, zone) : nowMs;
  if (start === null) throw invalid('Param start_time must be a valid date');
  const isOngoing = !has(params, 'end_time') || String(params.end_time) === '0';
  const end = isOngoing ? null : parseTime(params.end_time, zone);
  if (!isOngoing && end === null) throw invalid('Param end_time must be a valid date');
  if (end !== null && (end <= nowMs || end <= start)) {
    throw refused({
      subcode: 1487033,
      title: 'End Date In The Past',
      userMessage: 'The end date must be in the future and after the start.',
      blame: 'end_time',
    });
  }
  return { startMs: start, endMs: end };
}

/** What is charged for must suit the goal. */
export function checkBilling(goal: string, billing: string): void {
  const fits =
    billing === 'IMPRESSIONS' ||
    billing === goal ||
    (billing === 'APP_INSTALLS' && goal === 'APP_INSTALLS') ||
    billing === 'NONE';
  if (fits) return;
  throw refused({
    subcode: 1815199,
    title: 'Billing event is not available',
    blame: 'billing_event',
    userMessage: `The billing event ${billing} cannot be used with the performance goal ${goal}.`,
  });
}

/** Capped strategies need their bid. */
export function checkBid(params: Params, strategy: string | undefined): number | undefined {
  const bid = readInteger(params, 'bid_amount');
  const needsBid = strategy === 'LOWEST_COST_WITH_BID_CAP' || strategy === 'COST_CAP';
  if (needsBid && bid === undefined) {
    throw refused({
      subcode: 1815857,
      title: 'Bid Amount Required',
      userMessage: `You must provide a bid amount for the bid strategy ${strategy}.`,
      blame: 'bid_amount',
    });
  }
  if (strategy === 'LOWEST_COST_WITH_MIN_ROAS' && !has(params, 'bid_constraints')) throw missing('bid_constraints');
  return bid;
}

/** A return floor: ROAS times 10,000, and only where values are optimized for. */
export function checkRoasFloor(params: Params, goal: string, strategy?: string): void {
  if (!has(params, 'bid_constraints')) return;
  const constraints = readJson(params, 'bid_constraints');
  const floor = isObject(constraints) ? Number(constraints.roas_average_floor) : Number.NaN;
  if (!Number.isInteger(floor) || floor < 100 || floor > 10_000_000)
    throw invalid('Param bid_constraints[roas_average_floor] must be an integer between 100 and 10000000');
  const fits = goal === 'VALUE' && (strategy === undefined || strategy === 'LOWEST_COST_WITH_MIN_ROAS');
  if (!fits) throw invalid('bid_constraints can only be used with LOWEST_COST_WITH_MIN_ROAS and the goal VALUE');
}

/** What an ad set promotes: given where the goal needs it, and really there. */
export function checkPromoted(
  context: Context,
  need: string,
  account: GraphObject,
  promoted: JsonObject | undefined,
): void {
  // A catalogue's product set stands in for the pixel.
  if (need === 'pixel' && promoted?.product_set_id !== undefined) return;
  const noun = { pixel: 'pixel_id', page: 'page_id', app: 'application_id' }[need];
  if (noun !== undefined && (!promoted || promoted[noun] === undefined)) {
    if (need === 'page') {
      throw refused({
        subcode: 1885154,
        title: 'Promoted Page required',
        userMessage: 'Select the Page to promote.',
        blame: 'promoted_object',
      });
    }
    throw new GraphError({
      code: 100,
      subcode: 1885204,
      message: `(#100) Objective requires promoted object: ${noun} is missing`,
      title: 'Promoted object is missing',
      userMessage: 'Your campaign objective requires a promoted object.',
      data: { blame_field_specs: [['promoted_object']] },
    });
  }
  if (!promoted) return;
  if (need === 'app' && promoted.object_store_url === undefined)
    throw invalid('The parameter promoted_object[object_store_url] is required');
  if (need === 'pixel' && promoted.custom_event_type === undefined && promoted.custom_conversion_id === undefined) {
    throw invalid('The parameter promoted_object[custom_event_type] is required');
  }
  const event = promoted.custom_event_type;
  if (event !== undefined && !CUSTOM_EVENT_TYPES.some((known) => known === event)) {
    throw invalid(`Param promoted_object[custom_event_type] must be one of {${CUSTOM_EVENT_TYPES.join(', ')}}`);
  }
  checkPromotedIds(context, account, promoted);
}

function checkPromotedIds(context: Context, account: GraphObject, promoted: JsonObject): void {
  const pixel = promoted.pixel_id === undefined ? null : String(promoted.pixel_id);
  if (pixel !== null && objectOf(context.world, pixel, 'pixel')?.account !== account.id) {
    throw refused({
      subcode: 1885029,
      title: 'Pixel is not available',
      userMessage: `The pixel ${pixel} does not exist or is not shared with this ad account.`,
      blame: 'promoted_object',
    });
  }
  const page = promoted.page_id === undefined ? null : String(promoted.page_id);
  if (
    page !== null &&
    objectOf(context.world, page, 'page')?.data.leadgen_tos_accepted === false &&
    isFormGoal(context.params)
  )
    throw termsNotAccepted();
  if (page !== null && !objectOf(context.world, page, 'page')) {
    throw refused({
      subcode: 1443121,
      title: 'Page is missing',
      userMessage: `The Page ${page} does not exist or you may not advertise for it.`,
      blame: 'promoted_object',
    });
  }
}

function isFormGoal(params: Params): boolean {
  return params.optimization_goal === 'LEAD_GENERATION' || params.optimization_goal === 'QUALITY_LEAD';
}

/** Instant forms need the Page's consent to their terms. */
export function termsNotAccepted() {
  return refused({
    subcode: 1815089,
    title: 'Lead ads terms not accepted',
    userMessage: 'The Page has to accept the terms for instant forms first: https://www.facebook.com/ads/leadgen/tos',
    blame: 'promoted_object',
  });
}

/** Ads in the EU name who pays and who benefits. */
export function checkDsa(account: GraphObject, params: Params, isInEu: boolean, held?: GraphObject): void {
  if (!isInEu) return;
  const rules = [
    { field: 'dsa_payor', fallback: 'default_dsa_payor', subcode: 3858079, noun: 'payor' },
    { field: 'dsa_beneficiary', fallback: 'default_dsa_beneficiary', subcode: 3858081, noun: 'beneficiary' },
  ];
  for (const { field, fallback, subcode, noun } of rules) {
    if (has(params, field) || account.data[fallback] !== undefined || held?.data[field] !== undefined) continue;
    throw new GraphError({
      code: 100,
      subcode,
      type: 'FacebookApiException',
      message: 'Invalid parameter',
      title: `No ${noun} specified`,
      userMessage: `To run ads in the European Union you must say who the ${noun} is. Set ${field}.`,
      data: JSON.stringify({ blame_field_specs: [[field]] }),
    });
  }
}

const CLICK_THROUGH = 'CLICK_THROUGH';
const ATTRIBUTION_EVENTS = [CLICK_THROUGH, 'VIEW_THROUGH', 'ENGAGED_VIDEO_VIEW'];

/** The attribution windows a goal allows. */
export function checkAttribution(params: Params, goal: string): Json | undefined {
  const spec = readJson(params, 'attribution_spec');
  if (spec === undefined) return undefined;
  if (!Array.isArray(spec)) throw invalid('Param attribution_spec must be an array');
  const isOffsite = goal === 'OFFSITE_CONVERSIONS' || goal === 'VALUE';
  for (const item of spec) {
    if (!isObject(item)) throw invalid('Param attribution_spec must be a list of {event_type, window_days}');
    const days = Number(item.window_days);
    const event = String(item.event_type);
    if (!ATTRIBUTION_EVENTS.includes(event))
      throw invalid(`Param attribution_spec[event_type] must be one of {${ATTRIBUTION_EVENTS.join(', ')}}`);
    const isAllowed =
      event === CLICK_THROUGH
        ? days === 1 || (days === 7 && isOffsite)
        : days === 1 && (isOffsite || goal === 'APP_INSTALLS');
    if (!isAllowed)
      throw refused({
        subcode: 1815694,
        title: 'Attribution window is not available',
        userMessage: `The window ${String(item.event_type)} ${days} days cannot be used with the goal ${goal}.`,
        blame: 'attribution_spec',
      });
  }
  if (!spec.some((item) => isObject(item) && item.event_type === CLICK_THROUGH)) {
    throw refused({
      subcode: 1815694,
      title: 'Attribution window is not available',
      userMessage: 'Views are counted only beside clicks: add a CLICK_THROUGH window.',
      blame: 'attribution_spec',
    });
  }
  return spec;
}

/** The attribution an ad set gets when none is asked for. */
export function defaultAttribution(goal: string): Json {
  const isOffsite = goal === 'OFFSITE_CONVERSIONS' || goal === 'VALUE';
  if (!isOffsite) return [{ event_type: CLICK_THROUGH, window_days: 1 }];
  return [
    { event_type: CLICK_THROUGH, window_days: 7 },
    { event_type: 'VIEW_THROUGH', window_days: 1 },
  ];
}

/** Hours of the week can be chosen with a lifetime budget only. */
export function checkSchedule(params: Params, budgets: Budgets): void {
  if (has(params, 'adset_schedule') && budgets.lifetime === undefined) {
    throw refused({
      subcode: 1815694,
      title: 'Ad scheduling needs a lifetime budget',
      userMessage: 'Ads can only run on a schedule with a lifetime budget.',
      blame: 'adset_schedule',
    });
  }
}
