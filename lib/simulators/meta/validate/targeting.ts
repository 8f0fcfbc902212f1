import { isKnownInterest } from '../search/interests';
import { countryOfKey } from '../search/places';
import { invalid, refused } from '../wire/errors';
import { isObject, toBoolean } from '../wire/params';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { EU_COUNTRIES } from './enums';
import { checkPlacements } from './placements';

const KEYS = new Set(
  `geo_locations excluded_geo_locations age_min age_max age_range genders locales interests behaviors life_events education_schools
  education_statuses education_majors relationship_statuses family_statuses income industries work_employers work_positions college_years
  flexible_spec exclusions custom_audiences excluded_custom_audiences device_platforms user_os user_device wireless_carrier publisher_platforms
  facebook_positions instagram_positions audience_network_positions messenger_positions threads_positions whatsapp_positions
  targeting_automation targeting_relaxation_types targeting_optimization brand_safety_content_filter_levels excluded_publisher_list_ids
  excluded_publisher_categories excluded_user_device app_install_state keywords user_age_unknown interested_in connections
  excluded_connections friends_of_connections user_adclusters demographics politics home_ownership net_worth product_audience_specs
  excluded_product_audience_specs dynamic_audience_ids effective_publisher_platforms effective_device_platforms`.split(
    /\s+/,
  ),
);

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

type TargetingRules = { hasSpecialCategory: boolean };

const SPECIAL = ['HOUSING', 'EMPLOYMENT', 'CREDIT', 'FINANCIAL_PRODUCTS_SERVICES'];

/** Whether the campaign is in a category whose audience may not be narrowed. */
export function hasSpecialCategory(campaign: GraphObject): boolean {
  return list(campaign.data.special_ad_categories).some((one) => SPECIAL.includes(String(one)));
}

/** Checks a targeting spec as ad set creation does and returns it as it is stored. */
export function checkTargeting(targeting: JsonObject, rules: TargetingRules): JsonObject {
  for (const key of Object.keys(targeting)) {
    if (!KEYS.has(key) && !key.startsWith('effective_')) throw invalid(`Invalid key "${key}" in targeting spec`);
  }
  checkGeo(targeting.geo_locations);
  checkAutomation(targeting);
  checkAges(targeting);
  checkPlacements(targeting);
  checkInterests(targeting);
  checkMinors(targeting);
  if (rules.hasSpecialCategory) checkSpecialCategory(targeting);
  return withDefaults(targeting);
}

function withDefaults(targeting: JsonObject): JsonObject {
  const automation = isObject(targeting.targeting_automation) ? targeting.targeting_automation : {};
  // Messenger's stories ended with v26: the placement is taken out without a word.
  const messenger = list(targeting.messenger_positions).filter((position) => position !== 'story');
  const hasMessenger = list(targeting.messenger_positions).length > 0;
  return {
    age_min: 18,
    age_max: 65,
    ...targeting,
    ...(hasMessenger ? { messenger_positions: messenger.length > 0 ? messenger : undefined } : {}),
    targeting_automation: { ...automation, advantage_audience: toBoolean(automation.advantage_audience) ? 1 : 0 },
  };
}

function checkGeo(geo: Json | undefined): asserts geo is JsonObject {
  const isEmpty =
    !isObject(geo) || Object.entries(geo).every(([key, value]) => key === 'location_types' || list(value).length === 0);
  if (isEmpty) {
    throw refused({
      subcode: 1885364,
      title: 'Missing Location',
      userMessage: 'Your ad set must have at least one location in its targeting, or a custom audience.',
      blame: 'targeting',
    });
  }
  const types = list(geo.location_types).map(String).sort();
  if (types.length > 0 && types.join(',') !== 'home,recent') {
    throw refused({
      subcode: 1870199,
      title: 'Location targeting option is no longer available',
      userMessage:
        'Reaching only people living in, recently in or travelling in a location is no longer possible. Omit location_types.',
      blame: 'targeting',
    });
  }
  checkCircles(geo);
  checkOverlap(geo);
}

function checkCircles(geo: JsonObject): void {
  for (const country of list(geo.countries)) {
    if (!isCountry(String(country)))
      throw invalid(`Country code ${String(country)} is invalid in targeting[geo_locations][countries]`);
  }
  for (const city of list(geo.cities)) {
    if (!isObject(city) || city.key === undefined)
      throw invalid('targeting[geo_locations][cities] must be a list of {key}');
    if (city.radius !== undefined) checkRadius(city, { mile: [10, 50], kilometer: [17, 80] });
  }
  for (const place of list(geo.custom_locations)) {
    if (!isObject(place) || place.radius === undefined)
      throw invalid('targeting[geo_locations][custom_locations] needs a radius');
    checkRadius(place, { mile: [0.63, 50], kilometer: [1, 80] });
  }
}

const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && COUNTRY_NAMES.of(code) !== undefined && code !== 'ZZ' && code !== 'EU';
}

function checkRadius(place: JsonObject, limits: { mile: [number, number]; kilometer: [number, number] }): void {
  const unit = place.distance_unit === 'kilometer' ? 'kilometer' : 'mile';
  const [low, high] = limits[unit];
  const radius = Number(place.radius);
  if (radius >= low && radius <= high) return;
  throw refused({
    subcode: 1487079,
    title: 'Radius out of range',
    userMessage: `The radius must be between ${low} and ${high} ${unit}s.`,
    blame: 'targeting',
  });
}

function checkOverlap(geo: JsonObject): void {
  const countries = list(geo.countries).map(String);
  const inside = [...list(geo.cities), ...list(geo.regions)].filter(isObject);
  const overlapping = inside.find((place) => countries.includes(countryOf(place)));
  if (!overlapping) return;
  throw refused({
    subcode: 1487756,
    title: 'Some of your locations overlap',
    userMessage: 'Locations that contain each other cannot be targeted together. Remove one of them.',
    blame: 'targeting',
  });
}

function checkAutomation(targeting: JsonObject): void {
  const automation = targeting.targeting_automation;
  const flag = isObject(automation) ? toBoolean(automation.advantage_audience) : undefined;
  if (flag === undefined) {
    throw refused({
      subcode: 1870227,
      title: 'Advantage Audience Flag Required',
      userMessage:
        'To create your ad set, you need to enable or disable the Advantage audience feature. Set the advantage_audience flag within the targeting_automation field of targeting to 0 or 1.',
      blame: 'targeting',
    });
  }
  if (!flag) return;
  if (Number(targeting.age_max ?? 65) !== 65 || Number(targeting.age_min ?? 18) > 25) {
    throw refused({
      subcode: 1870219,
      title: 'Age controls are too narrow for Advantage+ audience',
      userMessage: 'With Advantage+ audience the maximum age must be 65 and the minimum age may not be above 25.',
      blame: 'targeting',
    });
  }
}

function checkAges(targeting: JsonObject): void {
  const low = Number(targeting.age_min ?? 18);
  const high = Number(targeting.age_max ?? 65);
  if (!Number.isInteger(low) || !Number.isInteger(high) || low < 13 || high > 65 || low > high) {
    throw refused({
      subcode: 1487079,
      title: 'Invalid age range',
      userMessage: 'Ages must lie between 13 and 65, the minimum not above the maximum.',
      blame: 'targeting',
    });
  }
  const genders = targeting.genders;
  if (
    genders !== undefined &&
    (!Array.isArray(genders) || genders.some((gender) => gender !== 1 && gender !== 2 && gender !== 0))
  ) {
    throw invalid('Param targeting[genders] must be a list of 1 (male) and 2 (female)');
  }
}

function interestsOf(targeting: JsonObject): Json[] {
  const flexible = list(targeting.flexible_spec).flatMap((spec) => (isObject(spec) ? list(spec.interests) : []));
  return [...list(targeting.interests), ...flexible];
}

function checkInterests(targeting: JsonObject): void {
  for (const interest of interestsOf(targeting)) {
    const id = isObject(interest) ? String(interest.id ?? '') : String(interest);
    if (isKnownInterest(id)) continue;
    throw refused({
      subcode: 2446394,
      title: 'Detailed targeting option is not available',
      userMessage: `The interest ${id} is not available. It may have been removed or merged. Search for it again.`,
      blame: 'targeting',
    });
  }
}

function checkSpecialCategory(targeting: JsonObject): void {
  const geo = isObject(targeting.geo_locations) ? targeting.geo_locations : {};
  const isNarrowed =
    Number(targeting.age_min ?? 18) !== 18 ||
    Number(targeting.age_max ?? 65) !== 65 ||
    list(targeting.genders).length > 0 ||
    list(geo.zips).length > 0 ||
    [...list(geo.cities), ...list(geo.custom_locations)].some(isTooSmall);
  if (!isNarrowed) return;
  throw refused({
    subcode: 2859015,
    title: 'Audience is not allowed for a special ad category',
    userMessage: 'Ads in a special category cannot be narrowed by age, gender or postal code.',
    blame: 'targeting',
  });
}

/** Special categories reach at least 15 miles or 25 kilometres around a place. */
function isTooSmall(place: Json): boolean {
  if (!isObject(place) || place.radius === undefined) return false;
  return Number(place.radius) < (place.distance_unit === 'kilometer' ? 25 : 15);
}

/** Nobody under 18 sees ads in the EU. */
function checkMinors(targeting: JsonObject): void {
  if (Number(targeting.age_min ?? 18) >= 18) return;
  if (!reachesEu(targeting)) return;
  throw refused({
    code: 2641,
    subcode: 1487079,
    title: 'Age is restricted in this location',
    userMessage: 'Ads in the European Union can only be shown to people of 18 and above.',
    blame: 'targeting',
  });
}

function countryOf(place: JsonObject): string {
  return String(place.country ?? place.country_code ?? countryOfKey(String(place.key ?? '')) ?? '');
}

/** The countries a targeting spec names, directly or by its places. */
export function targetedCountries(targeting: JsonObject): string[] {
  const geo = isObject(targeting.geo_locations) ? targeting.geo_locations : {};
  const places = ['cities', 'regions', 'custom_locations'].flatMap((key) => list(geo[key])).filter(isObject);
  const ofPlaces = places.map(countryOf);
  const ofZips = list(geo.zips)
    .filter(isObject)
    .map((zip) => String(zip.key ?? '').split(':')[0] ?? '');
  return [...list(geo.countries).map(String), ...ofPlaces, ...ofZips].filter((code) => code !== '');
}

/** Groups of countries that reach into the EU. */
const GROUPS_WITH_EU = ['worldwide', 'europe', 'eea', 'eu', 'euro_area', 'eurozone', 'emea'];

/** Whether anybody in the EU may see the ads: groups such as `worldwide` count too. */
export function reachesEu(targeting: JsonObject): boolean {
  const geo = isObject(targeting.geo_locations) ? targeting.geo_locations : {};
  return (
    targetedCountries(targeting).some((country) => EU_COUNTRIES.has(country)) ||
    list(geo.country_groups).some((group) => GROUPS_WITH_EU.includes(String(group).toLowerCase()))
  );
}
