import type { CampaignAction } from '../../domain/action';
import type { Plan } from '../../domain/plan';

/** What the owner knows the subject by: an ad's headline, a group's name. Null for the whole campaign or an unknown key. */
export function subjectNameOf(action: CampaignAction, plan: Plan | null): string | null {
  if (!plan) return null;
  if (action.kind === 'set_ad_set_budget')
    return plan.adSets.find((adSet) => adSet.key === action.adSetKey)?.name ?? null;
  if (!('adKey' in action)) return null;
  const ads = plan.adSets.flatMap((adSet) => [...adSet.ads, ...adSet.reserves]);
  return ads.find((ad) => ad.key === action.adKey)?.headline ?? null;
}
