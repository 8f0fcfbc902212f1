import { canonicalJson } from './canonical';
import type { PlanTargeting } from './plan';

/** Ads about jobs, homes or credit may not aim at anything narrower than this around a town (Marketing API). */
export const SPECIAL_CATEGORY_RADIUS_KM = 25;
export const YOUNGEST = 18;
export const OLDEST = 65;

/** One line of what differs between two audiences; the sentences stand in words. */
export type AudienceChange = { part: 'places' | 'ages' | 'interests'; before: PlanTargeting; after: PlanTargeting };

/** What another audience would change, in the order an owner asks about it. Empty where nothing does. */
export function audienceChanges(before: PlanTargeting, after: PlanTargeting): AudienceChange[] {
  const differs = (pick: (targeting: PlanTargeting) => unknown) =>
    canonicalJson(pick(before)) !== canonicalJson(pick(after));
  const parts: AudienceChange['part'][] = [];
  if (differs(({ countries, cities }) => ({ countries, cities }))) parts.push('places');
  if (differs(({ ageMin, ageMax, advantageAudience }) => ({ ageMin, ageMax, advantageAudience }))) parts.push('ages');
  if (differs(({ interests }) => interests)) parts.push('interests');
  return parts.map((part) => ({ part, before, after }));
}

/** Why an audience cannot be judged or may not be; null where it can. */
export function audienceFlaw(
  from: PlanTargeting,
  to: PlanTargeting,
  specialAdCategories: readonly string[],
): 'nothing_changes' | 'special_category_audience' | null {
  if (audienceChanges(from, to).length === 0) return 'nothing_changes';
  return specialAdCategories.length > 0 && !isOpenToAll(to) ? 'special_category_audience' : null;
}

/** Whether an audience is as open as ads about jobs, homes or credit must be. */
function isOpenToAll({ ageMin, ageMax, interests, cities }: PlanTargeting): boolean {
  return (
    ageMin === YOUNGEST &&
    ageMax === OLDEST &&
    interests.length === 0 &&
    cities.every(({ radiusKm }) => radiusKm >= SPECIAL_CATEGORY_RADIUS_KM)
  );
}
