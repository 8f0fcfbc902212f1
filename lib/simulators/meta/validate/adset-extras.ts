import { invalid, refused } from '../wire/errors';
import { has, isObject, type Params, readBoolean, readInteger, readJson, readText, readTextList } from '../wire/params';
import type { JsonObject } from '../world/types';

const CAMPAIGN_BUDGET_ONLY = [
  'daily_min_spend_target',
  'daily_spend_cap',
  'lifetime_min_spend_target',
  'lifetime_spend_cap',
] as const;
const TEXT = [
  'optimization_sub_event',
  'multi_optimization_goal_weight',
  'value_rule_set_id',
  'tune_for_category',
] as const;
const JSON_VALUES = [
  'bid_constraints',
  'regional_regulated_categories',
  'regional_regulation_identities',
  'creative_sequence',
  'campaign_spec',
] as const;
const COST_MODES = ['VOLUME_FOCUSED', 'BALANCED', 'COST_FOCUSED'];
const DSA_LENGTH = 512;

/** The rarer parameters of an ad set: checked where a rule is known, kept as they are read back. */
export function readExtras(params: Params, campaignHoldsBudget: boolean): JsonObject {
  const extras: JsonObject = {};
  for (const field of CAMPAIGN_BUDGET_ONLY) {
    const minor = readInteger(params, field);
    if (minor === undefined) continue;
    if (!campaignHoldsBudget) throw invalid(`${field} can only be used with a campaign budget`);
    extras[field] = String(minor);
  }
  for (const field of TEXT) if (has(params, field)) extras[field] = readText(params, field);
  for (const field of JSON_VALUES) if (has(params, field)) extras[field] = readJson(params, field);
  for (const field of ['dsa_payor', 'dsa_beneficiary'] as const)
    if ((readText(params, field)?.length ?? 0) > DSA_LENGTH)
      throw invalid(`Param ${field} must be at most ${DSA_LENGTH} characters`);
  if (has(params, 'is_incremental_attribution_enabled'))
    extras.is_incremental_attribution_enabled = readBoolean(params, 'is_incremental_attribution_enabled');
  const mode = readText(params, 'cost_bidding_mode');
  if (mode !== undefined && !COST_MODES.includes(mode))
    throw invalid(`Param cost_bidding_mode must be one of {${COST_MODES.join(', ')}}`);
  if (mode !== undefined) extras.cost_bidding_mode = mode;
  if (has(params, 'pacing_type')) extras.pacing_type = readTextList(params, 'pacing_type');
  if (has(params, 'adset_schedule')) extras.adset_schedule = readSchedule(params);
  return extras;
}

/** Day parting: whole hours, days 0 (Sunday) to 6. */
function readSchedule(params: Params): JsonObject[] {
  const schedule = readJson(params, 'adset_schedule');
  const items = Array.isArray(schedule) ? schedule.filter(isObject) : null;
  if (!items || items.length !== (schedule as unknown[]).length)
    throw invalid('Param adset_schedule must be a list of {start_minute, end_minute, days}');
  for (const item of items) {
    const start = Number(item.start_minute);
    const end = Number(item.end_minute);
    const days = Array.isArray(item.days) ? item.days.map(Number) : [];
    const isWhole = start % 60 === 0 && end % 60 === 0 && start >= 0 && end <= 1440 && end > start;
    if (isWhole && days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6)) continue;
    throw refused({
      subcode: 1815694,
      title: 'Ad schedule is invalid',
      userMessage: 'Ads can be scheduled in whole hours of the days 0 (Sunday) to 6.',
      blame: 'adset_schedule',
    });
  }
  return items;
}
