import type { PlanTargeting } from '../../domain/plan';

/** Meta accepts 17 to 80 km around a city. */
const RADIUS_KM = { least: 17, most: 80 };
/** With its own audience search on, Meta takes a youngest age of at most 25 and no oldest age. */
const HIGHEST_AGE_MIN = 25;
const OLDEST = 65;

/**
 * The plan's audience in Meta's words. `advantage_audience` is always said, as Meta refuses ad sets that leave it out.
 * With it on, ages beyond Meta's limits travel as a suggestion (`age_range`); a low youngest age stays a hard limit.
 */
export function targetingOf(targeting: PlanTargeting): Record<string, unknown> {
  const { cities, countries, interests, advantageAudience, ageMin, ageMax } = targeting;
  // A country together with a city inside it is refused: naming cities means only these cities.
  const places =
    cities.length > 0
      ? {
          cities: cities.map(({ key, radiusKm }) => ({
            key,
            radius: clamp(Math.round(radiusKm)),
            distance_unit: 'kilometer',
          })),
        }
      : { countries };
  return {
    geo_locations: places,
    ...(advantageAudience
      ? {
          age_min: ageMin <= HIGHEST_AGE_MIN ? ageMin : 18,
          age_max: OLDEST,
          age_range: [ageMin, Math.min(ageMax, OLDEST)],
        }
      : { age_min: ageMin, age_max: Math.min(ageMax, OLDEST) }),
    ...(interests.length > 0
      ? { flexible_spec: [{ interests: interests.map(({ id, name }) => ({ id, name })) }] }
      : {}),
    targeting_automation: { advantage_audience: advantageAudience ? 1 : 0 },
  };
}

function clamp(radius: number): number {
  return Math.min(RADIUS_KM.most, Math.max(RADIUS_KM.least, radius));
}
