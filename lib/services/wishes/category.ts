import type { ServiceContext } from '../context';
import { draftCampaign } from '../plans/draft-campaign';
import { runningCampaign } from './running';

export type CategoryAnswer =
  | { ready: false; problem: string; details: Record<string, unknown> }
  | { ready: true; running: string; version: number; name: string; notes: string[] };

/**
 * Meta fixes the special kind of ads when a campaign is made: what runs cannot be given another one. The honest way is a new
 * plan with the same ads under the stricter rules, on a launch card of its own; the old campaign goes on until its owner
 * pauses it. @throws AppError facebook_not_connected, platform_*, not_found, conflict
 */
export async function wishCategory(
  ctx: ServiceContext,
  input: {
    projectId: string;
    conversationId: string;
    campaignId: string | null;
    specialAdCategories: readonly string[];
  },
): Promise<CategoryAnswer> {
  const campaign = await runningCampaign(ctx, input);
  const adSet = campaign?.plan.adSets[0];
  if (!campaign || !adSet) return { ready: false, problem: 'nothing_runs', details: {} };
  const wanted = [...new Set(input.specialAdCategories)].sort();
  if (wanted.join() === [...campaign.plan.specialAdCategories].sort().join())
    return { ready: false, problem: 'nothing_changes', details: { now: wanted } };
  const drafted = await draftCampaign(ctx, {
    projectId: input.projectId,
    conversationId: input.conversationId,
    ideas: { ads: adSet.ads, reserves: adSet.reserves },
    changes: { specialAdCategories: wanted, cities: adSet.targeting.cities.map(({ name }) => name) },
  });
  if (!drafted.ready) return { ready: false, problem: drafted.problem, details: drafted.details };
  return {
    ready: true,
    running: campaign.name,
    version: drafted.version,
    name: drafted.plan.name,
    notes: ['old_campaign_goes_on', ...drafted.notes],
  };
}
