import type { Context } from '../graph/context';
import { childrenOf, textOf } from '../world/live-world';
import type { GraphObject, JsonObject } from '../world/types';

/** Whether a campaign runs as an Advantage+ one: derived from its budget, audience and placements. */
export function advantageState(context: Context, campaign: GraphObject): JsonObject {
  const hasBudget = campaign.data.daily_budget !== undefined || campaign.data.lifetime_budget !== undefined;
  const adSets = childrenOf(context.world, campaign, 'adset');
  const audience =
    adSets.length > 0 &&
    adSets.every((adSet) => JSON.stringify(adSet.data.targeting).includes('"advantage_audience":1'));
  const placement =
    adSets.length > 0 && adSets.every((adSet) => !JSON.stringify(adSet.data.targeting).includes('publisher_platforms'));
  const kinds: Record<string, string> = {
    OUTCOME_SALES: 'ADVANTAGE_PLUS_SALES',
    OUTCOME_LEADS: 'ADVANTAGE_PLUS_LEADS',
    OUTCOME_APP_PROMOTION: 'ADVANTAGE_PLUS_APP',
  };
  const isOn = hasBudget && audience && placement;
  return {
    advantage_state: (isOn ? kinds[textOf(campaign, 'objective') ?? ''] : undefined) ?? 'DISABLED',
    advantage_budget_state: hasBudget ? 'ENABLED' : 'DISABLED',
    advantage_audience_state: audience ? 'ENABLED' : 'DISABLED',
    advantage_placement_state: placement ? 'ENABLED' : 'DISABLED',
  };
}
