import { fieldDifferences } from '../../../domain/drift';
import type { PlanTargeting } from '../../../domain/plan';
import type { AdPlatformWriter, RemoteSeen } from '../../port';
import { creativeSpecOf } from '../creative-spec';
import { adSetGoalOf, objectiveOf } from '../goals';
import { targetingOf } from '../targeting';

type CampaignInput = Parameters<AdPlatformWriter['createCampaign']>[1];
type AdSetInput = Parameters<AdPlatformWriter['createAdSet']>[1];
type CreativeInput = Parameters<AdPlatformWriter['createCreative']>[1];

export type Planned =
  | { level: 'campaign'; input: CampaignInput }
  | { level: 'adset'; input: AdSetInput }
  | { level: 'ad'; input: object }
  | { level: 'creative'; input: CreativeInput };

/** True where an ad set shows exactly this audience; what Meta adds by itself beside it is its own business. */
export function showsAudience(seen: Pick<RemoteSeen, 'fields'>, targeting: PlanTargeting): boolean {
  return fieldDifferences({ targeting: targetingOf(targeting) }, { targeting: seen.fields.targeting }).length === 0;
}

/**
 * The fields of `RemoteSeen.fields` as they must read if nobody changed what we created; for the watch over silent
 * changes. Status, budget and which creative an ad shows change with our own actions and are not part of it.
 */
export function expectedFields(planned: Planned): Record<string, unknown> {
  switch (planned.level) {
    case 'campaign':
      return {
        objective: objectiveOf(planned.input.goal, planned.input.app),
        special_ad_categories: planned.input.specialAdCategories,
      };
    case 'adset': {
      const aim = adSetGoalOf(planned.input.goal, planned.input);
      return {
        optimization_goal: aim.optimizationGoal,
        billing_event: 'IMPRESSIONS',
        bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
        ...(aim.destinationType ? { destination_type: aim.destinationType } : {}),
        ...(aim.promotedObject ? { promoted_object: aim.promotedObject } : {}),
        targeting: targetingOf(planned.input.adSet.targeting),
        ...(planned.input.dsa
          ? { dsa_payor: planned.input.dsa.payor, dsa_beneficiary: planned.input.dsa.beneficiary }
          : {}),
      };
    }
    case 'creative':
      return { ...creativeSpecOf(planned.input), url_tags: planned.input.urlTags };
    case 'ad':
      return {};
  }
}
