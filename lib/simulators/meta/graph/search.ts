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
      return { data: allInterests().slice(0, limit) };
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
    case 'adzipcode':
      return { data: [] };
    default:
      throw invalid(
        `Param type must be one of {adinterest, adinterestsuggestion, adinterestvalid, adTargetingCategory, adgeolocation, adlocale, adcountry}`,
      );
  }
}

function placeMeta(params: Params): JsonObject {
  const meta: JsonObject = {};
  for (const kind of ['countries', 'regions', 'cities', 'zips'] as const) {
    const keys = readTextList(params, kind);
    if (keys) meta[kind] = Object.fromEntries(keys.map((key) => [key, placeByKey(key)]));
  }
  return meta;
}
