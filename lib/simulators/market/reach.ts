/** How unevenly impressions fall on people: lower is more uneven. */
const EVENNESS = 1.3;

/**
 * The people a small budget really moves among: platforms keep returning to those they believe
 * in, so the pool grows with the square root of who could be reached.
 */
export function poolOf(audience: number): number {
  return Math.min(audience, 60 * Math.sqrt(audience));
}

/**
 * Distinct people behind `impressions` shown to an audience. Rising and concave, so the reach of
 * two periods never exceeds their sum and never falls below either.
 */
export function distinctPeople(impressions: number, audience: number): number {
  if (impressions <= 0) return 0;
  const people = audience * (1 - (1 + impressions / (EVENNESS * audience)) ** -EVENNESS);
  return Math.min(impressions, people);
}

/** Distinct people of several ad sets whose audiences overlap inside one population. */
export function unionOfPeople(reaches: readonly number[], population: number): number {
  let missed = 1;
  for (const reach of reaches) missed *= 1 - Math.min(1, reach / population);
  return population * (1 - missed);
}
