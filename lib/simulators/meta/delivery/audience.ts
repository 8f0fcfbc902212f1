import { isObject } from '../wire/params';
import type { Json, JsonObject } from '../world/types';

/** People reachable per country, roughly. Anything unlisted counts as a middling country. */
const COUNTRY_PEOPLE: Record<string, number> = {
  US: 240e6,
  BR: 150e6,
  IN: 400e6,
  MX: 95e6,
  GB: 52e6,
  DE: 48e6,
  FR: 45e6,
  IT: 42e6,
  ES: 34e6,
  PT: 7.4e6,
  NL: 14e6,
  BE: 9e6,
  CO: 39e6,
  AR: 33e6,
  CL: 15e6,
  JP: 60e6,
  CA: 30e6,
  AU: 20e6,
  IE: 4e6,
  PL: 26e6,
  SE: 8e6,
  CH: 6.5e6,
  AT: 6.6e6,
  LU: 0.5e6,
};
const COUNTRY_DEFAULT = 10e6;
const PEOPLE_PER_KM2 = 900;
const SMALLEST = 1_000;

function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function radiusKm(place: JsonObject): number {
  const radius = Number(place.radius ?? 17);
  return place.distance_unit === 'kilometer' ? radius : radius * 1.609;
}

function circlePeople(place: Json): number {
  if (!isObject(place)) return 100_000;
  return Math.PI * radiusKm(place) ** 2 * PEOPLE_PER_KM2;
}

function geoPeople(geo: Json | undefined): number {
  if (!isObject(geo)) return COUNTRY_DEFAULT;
  const countries = items(geo.countries).reduce<number>(
    (sum, code) => sum + (COUNTRY_PEOPLE[String(code)] ?? COUNTRY_DEFAULT),
    0,
  );
  const circles = [...items(geo.cities), ...items(geo.custom_locations)].reduce<number>(
    (sum, place) => sum + circlePeople(place),
    0,
  );
  const regions =
    items(geo.regions).length * 1.2e6 + items(geo.zips).length * 14_000 + items(geo.geo_markets).length * 1.5e6;
  const groups = items(geo.country_groups).length * 250e6;
  return countries + circles + regions + groups;
}

function ageShare(targeting: JsonObject): number {
  const from = Number(targeting.age_min ?? 18);
  const to = Number(targeting.age_max ?? 65);
  return Math.min(1, Math.max(0.03, (Math.min(to, 65) - from + (to >= 65 ? 12 : 1)) / 60));
}

function interestShare(targeting: JsonObject): number {
  const automation = targeting.targeting_automation;
  // Advantage audience takes interests as hints and reaches beyond them.
  if (isObject(automation) && Number(automation.advantage_audience) === 1) return 1;
  const flexible = items(targeting.flexible_spec).length;
  const direct = items(targeting.interests).length + items(targeting.behaviors).length;
  if (flexible + direct === 0) return 1;
  return Math.min(0.8, 0.06 + 0.05 * direct) * 0.6 ** Math.max(0, flexible - 1);
}

/** How many people an ad set could reach. */
export function audienceSize(targeting: Json | undefined): number {
  if (!isObject(targeting)) return COUNTRY_DEFAULT;
  const genders = items(targeting.genders);
  const genderShare = genders.length === 1 ? 0.49 : 1;
  const people = geoPeople(targeting.geo_locations) * ageShare(targeting) * genderShare * interestShare(targeting);
  return Math.max(SMALLEST, Math.round(people));
}
