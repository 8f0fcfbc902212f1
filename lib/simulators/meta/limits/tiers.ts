import type { App } from '../graph/context';
import type { World } from '../world/types';

/** What an access tier allows: points per ad account, calls per hour and use case. */
export type TierRules = {
  name: string;
  mostPoints: number;
  blockMs: number;
  hourlyBase: Record<UseCase, number>;
};
export type UseCase = 'ads_management' | 'ads_insights' | 'custom_audience';

const LIMITED: TierRules = {
  name: 'development_access',
  mostPoints: 60,
  blockMs: 300_000,
  hourlyBase: { ads_management: 300, ads_insights: 600, custom_audience: 5000 },
};
const FULL: TierRules = {
  name: 'standard_access',
  mostPoints: 9000,
  blockMs: 60_000,
  hourlyBase: { ads_management: 100_000, ads_insights: 190_000, custom_audience: 190_000 },
};

/** The rules for a call. A world's own tier comes before its app's; generous worlds refuse nothing. */
export function tierOf(world: World, app: App | undefined): TierRules {
  return world.rateTier === 'limited' || (app?.tier === 'limited' && world.rateTier !== 'generous') ? LIMITED : FULL;
}

/** Calls per hour for each active ad or audience, beside the base. */
export const PER_ACTIVE: Record<UseCase, number> = { ads_management: 40, ads_insights: 400, custom_audience: 40 };

/** The code of a use case's hourly limit. */
export const USE_CASE_CODES: Record<UseCase, number> = {
  ads_insights: 80000,
  custom_audience: 80003,
  ads_management: 80004,
};
