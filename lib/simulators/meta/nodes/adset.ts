import { audienceSize } from '../delivery/audience';
import type { NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { estimateBody } from '../search/estimates';
import { issuesInfo } from '../status/issues';
import { learningStage } from '../status/learning';
import { isObject } from '../wire/params';
import { childrenOf, objectOf, objectsOf, textOf } from '../world/live-world';
import { activityEdge } from './activities';
import { updateAdSet } from './adset-update';
import { budgetRemaining } from './budget-remaining';
import { hasBudgetSchedule, scheduleEdge } from './budget-schedule';
import { copyEdge } from './copies';
import { readTargeting } from './effective-placements';
import { governedEdge } from './rule';
import { sentenceLinesEdge } from './sentence-lines';
import { COMMON_READERS, childEdge, LABEL_EDGE, linkReader, removeObject, timeReader } from './shared';

export const ADSET: NodeType = {
  kind: 'adset',
  typeName: 'AdSet',
  fields:
    `account_id campaign_id campaign name status configured_status effective_status optimization_goal billing_event bid_amount bid_strategy
    bid_info bid_constraints bid_adjustments daily_budget lifetime_budget budget_remaining daily_min_spend_target lifetime_min_spend_target
    daily_spend_cap lifetime_spend_cap start_time end_time created_time updated_time campaign_active_time targeting targeting_optimization_types
    promoted_object destination_type attribution_spec learning_stage_info issues_info recommendations review_feedback is_dynamic_creative
    dsa_payor dsa_beneficiary regional_regulated_categories regional_regulation_identities pacing_type adset_schedule frequency_control_specs
    multi_optimization_goal_weight optimization_sub_event recurring_budget_semantics use_new_app_click instagram_user_id asset_feed_id
    source_adset_id source_adset rf_prediction_id full_funnel_exploration_mode is_budget_schedule_enabled is_incremental_attribution_enabled
    adlabels brand_safety_config placement_soft_opt_out value_rule_set_id special_ad_categories ad_set_goal cost_bidding_mode
    attribution_count_type creative_diversity_score creative_diversity_label low_creative_reach account adset_active_time campaign_attribution
    contextual_bundling_spec creative_sequence existing_customer_budget_percentage lifetime_imps time_based_ad_rotation_intervals`.split(
      /\s+/,
    ),
  read: {
    ...COMMON_READERS,
    campaign: linkReader('campaign_id'),
    start_time: timeReader('start_time'),
    end_time: timeReader('end_time'),
    budget_remaining: budgetRemaining,
    issues_info: (context, adSet) => issuesInfo(context.world, adSet, context.nowMs),
    learning_stage_info: (context, adSet) => learningStage(context.world, adSet, context.nowMs),
    targeting: (_context, adSet) => readTargeting(adSet),
    destination_type: (_context, adSet) => adSet.data.destination_type,
    recurring_budget_semantics: () => true,
    use_new_app_click: () => false,
    is_budget_schedule_enabled: hasBudgetSchedule,
    source_adset_id: (_context, adSet) => textOf(adSet, 'source_adset_id') ?? '0',
    special_ad_categories: (context, adSet) =>
      objectOf(context.world, textOf(adSet, 'campaign_id'))?.data.special_ad_categories,
  },
  edges: {
    ads: childEdge('ad'),
    adcreatives: {
      objects: (context, adSet) => {
        const used = new Set(
          childrenOf(context.world, adSet, 'ad').map((ad) =>
            isObject(ad.data.creative) ? String(ad.data.creative.id) : '',
          ),
        );
        return objectsOf(context.world, 'adcreative', adSet.account).filter((creative) => used.has(creative.id));
      },
    },
    insights: insightsEdge('adset'),
    copies: copyEdge('adset'),
    adlabels: LABEL_EDGE,
    targetingsentencelines: sentenceLinesEdge,
    activities: activityEdge,
    budget_schedules: scheduleEdge,
    adrules_governed: governedEdge,
    delivery_estimate: {
      answer: (context, adSet) => ({
        data: [estimateBody(audienceSize(adSet.data.targeting), context.call.version)],
      }),
    },
  },
  update: updateAdSet,
  remove: removeObject,
};
