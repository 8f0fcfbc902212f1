import { allInterests, searchInterests, suggestInterests, validateInterests } from '../search/interests';
import { placeByKey, searchCountries, searchPlaces } from '../search/places';
import { invalid, missing } from '../wire/errors';
import { type Params, readInteger, readText, readTextList, requireText } from '../wire/params';
import type { JsonObject } from '../world/types';

const LOCALES = [
  { key: 6, name: 'English (US)' },
  { key: 24, name: 'English (UK)' },
  { key: 16, name: 'Portuguese (Brazil)' },
  { key: 31, name: 'Portuguese (Portugal)' },
  { key: 7, name: 'Spanish (Spain)' },
  { key: 23, name: 'Spanish' },
  { key: 9, name: 'French (France)' },
  { key: 5, name: 'German' },
  { key: 10, name: 'Italian' },
  { key: 11, name: 'Japanese' },
  { key: 1001, name: 'English (All)' },
];

/** GET /search: targeting search of every type the product and its neighbours use. */
export function searchAnswer(params: Params): JsonObject {
  const type = requireText(params, 'type').toLowerCase();
  const limit = readInteger(params, 'limit') ?? 25;
  const words = readText(params, 'q') ?? '';

  switch (type) {
    case 'adinterest': {
      if (words === '') throw missing('q');
      return { data: searchInterests(words).slice(0, limit) };
    }
    case 'adinterestsuggestion':
      return { data: suggestInterests(readTextList(params, 'interest_list') ?? []).slice(0, limit) };
    case 'adinterestvalid':
      return {
        data: validateInterests(
          readTextList(params, 'interest_list') ?? readTextList(params, 'interest_fbid_list') ?? [],
        ),
      };
    case 'adtargetingcategory':
      return { data: categories(readText(params, 'class') ?? 'interests').slice(0, limit) };
    case 'adgeolocation':
      return {
        data: searchPlaces({
          words,
          types: readTextList(params, 'location_types'),
          country: readText(params, 'country_code'),
        }).slice(0, limit),
      };
    case 'adgeolocationmeta':
      return { data: placeMeta(params) };
    case 'adcountry':
      return { data: searchCountries(words).slice(0, limit) };
    case 'adlocale':
      return { data: LOCALES.filter((one) => one.name.toLowerCase().includes(words.toLowerCase())) };
    case 'adworkemployer':
    case 'adworkposition':
    case 'adeducationschool':
    case 'adeducationmajor':
      return { data: namedPeople(type, words).slice(0, limit) };
    case 'adzipcode':
      return {
        data: searchPlaces({ words, types: ['zip'], country: readText(params, 'country_code') }).slice(0, limit),
      };
    default:
      throw invalid(
        `Param type must be one of {adinterest, adinterestsuggestion, adinterestvalid, adTargetingCategory, adgeolocation, adlocale, adcountry}`,
      );
  }
}

const NAMED: Record<string, string> = {
  adworkemployer: 'Self-employed,Freelancer,City Hospital,Municipal School',
  adworkposition: 'Owner,Manager,Teacher,Nurse,Baker,Engineer',
  adeducationschool: 'City University,Technical College,School of Arts',
  adeducationmajor: 'Business,Computer Science,Design,Nursing',
};

function namedPeople(type: string, words: string): JsonObject[] {
  return (NAMED[type] ?? '')
    .split(',')
    .map((name, at) => ({ id: String(10_800_000_000_000 + at * 131 + type.length * 7), name }))
    .filter((one) => one.name.toLowerCase().includes(words.toLowerCase()));
}

const CATEGORIES: Record<string, string> = {
  behaviors: 'Small business owners,Engaged shoppers,Frequent travellers',
  demographics: 'Parents (all),New parents (0-12 months)',
  life_events: 'Newly engaged (1 year),Recently moved,Upcoming birthday',
  industries: 'Food and restaurants,Education and libraries,Healthcare and medical services',
  income: 'Household income: top 10% of ZIP codes (US)',
  family_statuses: 'Parents (all),Parents with preschoolers (3-5 years)',
  user_device: 'iPhone,Galaxy',
  user_os: 'iOS,Android',
};

function categories(kind: string): JsonObject[] {
  if (kind === 'interests') return allInterests();
  const names = CATEGORIES[kind];
  if (names === undefined)
    throw invalid(`Param class must be one of {interests, ${Object.keys(CATEGORIES).join(', ')}}`);
  return names.split(',').map((name, at) => ({
    id: String(6_002_714_000_000 + at * 373 + kind.length * 11),
    name,
    type: kind,
    path: [kind, name],
    audience_size_lower_bound: 900_000 + at * 40_000,
    audience_size_upper_bound: 1_100_000 + at * 50_000,
  }));
}

function placeMeta(params: Params): JsonObject {
  const meta: JsonObject = {};
  for (const kind of ['countries', 'regions', 'cities', 'zips'] as const) {
    const keys = readTextList(params, kind);
    if (keys) meta[kind] = Object.fromEntries(keys.map((key) => [key, placeByKey(key)]));
  }
  return meta;
}
