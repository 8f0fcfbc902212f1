import type { Context } from '../graph/context';
import { isDryRun } from '../validate/status-moves';
import { invalid } from '../wire/errors';
import { isObject, readList } from '../wire/params';
import { childrenOf } from '../world/live-world';
import type { GraphObject, JsonObject } from '../world/types';

/** `adset_budgets` takes the budget from the campaign and gives each of its ad sets one. */
export function giveBudgetsToAdSets(context: Context, campaign: GraphObject, fields: JsonObject): void {
  const budgets = readList(context.params, 'adset_budgets');
  if (budgets === undefined) return;
  const adSets = childrenOf(context.world, campaign, 'adset').filter((one) => one.status !== 'DELETED');
  const given = budgets.filter(isObject).map((one) => ({
    adSet: adSets.find((adSet) => adSet.id === String(one.adset_id)),
    daily: Number(one.daily_budget ?? 0),
    lifetime: Number(one.lifetime_budget ?? 0),
  }));
  const isWhole =
    given.length === adSets.length &&
    given.every((one) => one.adSet !== undefined && one.daily > 0 !== one.lifetime > 0);
  if (!isWhole) throw invalid('Param adset_budgets must name every ad set of the campaign with one budget');
  fields.daily_budget = undefined;
  fields.lifetime_budget = undefined;
  fields.bid_strategy = undefined;
  if (isDryRun(context.params)) return;
  for (const { adSet, daily, lifetime } of given) {
    if (!adSet) continue;
    const strategy = adSet.data.bid_strategy ?? campaign.data.bid_strategy ?? 'LOWEST_COST_WITHOUT_CAP';
    Object.assign(adSet.data, {
      daily_budget: String(daily),
      lifetime_budget: String(lifetime),
      bid_strategy: strategy,
    });
  }
}
