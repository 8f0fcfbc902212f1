import type { CampaignAction } from './action';
import type { Plan } from './plan';

/**
 * The plan as it stands once an action was carried out; null where the action changes nothing that a plan says. A deleted ad
 * stays in the plan, so that what was done to it keeps its name; that it is gone stands in the mirror.
 */
export function planAfter(plan: Plan, action: CampaignAction): Plan | null {
  if (action.kind !== 'set_audience' && action.kind !== 'add_ad') return null;
  return {
    ...plan,
    adSets: plan.adSets.map((adSet) => {
      if (adSet.key !== action.adSetKey) return adSet;
      if (action.kind === 'set_audience') return { ...adSet, targeting: action.to };
      return { ...adSet, ads: [...adSet.ads.filter(({ key }) => key !== action.ad.key), action.ad] };
    }),
  };
}
