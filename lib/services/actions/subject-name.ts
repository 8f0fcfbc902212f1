import type { CampaignAction } from '../../domain/action';
import type { Plan } from '../../domain/plan';

/** What the owner knows the subject by: an ad's headline, a group's name. Null for the whole campaign or an unknown key. */
export function subjectNameOf(action: CampaignAction, plan: Plan | null): string | null {
  if (action.kind === 'add_ad') return action.ad.headline;
  if (!plan) return null;
  if (action.kind === 'set_ad_set_budget' || action.kind === 'set_audience')
    return plan.adSets.find((adSet) => adSet.key === action.adSetKey)?.name ?? null;
  if (!('adKey' in action)) return null;
  const ads = plan.adSets.flatMap((adSet) => [...adSet.ads, ...adSet.reserves]);
  return ads.find((ad) => ad.key === action.adKey)?.headline ?? null;
}

/** Every ad and group of a plan by what the owner knows it by, for the evidence's keys: headlines and names. */
export function planNames(plan: Plan | null): Record<string, string> {
  const adSets = plan?.adSets ?? [];
  const ads = adSets.flatMap((adSet) => [...adSet.ads, ...adSet.reserves]);
  return Object.fromEntries([
    ...adSets.map((adSet) => [adSet.key, adSet.name]),
    ...ads.map((ad) => [ad.key, ad.headline]),
  ]);
}
