import type { Edge } from '../graph/context';
import { placeByKey } from '../search/places';
import { missing } from '../wire/errors';
import { isObject, readObject } from '../wire/params';
import { objectOf, textOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject } from '../world/types';

/** The targeting of an ad set, an ad, or the spec an account is asked about, said in lines a person can read. */
export const sentenceLinesEdge: Edge = {
  answer: (context, parent, params) => {
    const adSet = parent.kind === 'ad' ? objectOf(context.world, textOf(parent, 'adset_id'), 'adset') : parent;
    const spec = parent.kind === 'adaccount' ? readObject(params, 'targeting_spec') : targetingOf(adSet);
    if (spec === undefined) throw missing('targeting_spec');
    return { data: [{ id: parent.id, params: spec, targetingsentencelines: linesOf(spec) }] };
  },
};

function targetingOf(adSet: GraphObject | null): JsonObject {
  return isObject(adSet?.data.targeting) ? adSet.data.targeting : {};
}

function linesOf(spec: JsonObject): JsonObject[] {
  const geo = isObject(spec.geo_locations) ? spec.geo_locations : {};
  const places = [
    ...list(geo.countries).map((code) => placeName(code)),
    ...['regions', 'cities', 'zips'].flatMap((kind) => list(geo[kind])).map((place) => placeName(keyOf(place))),
  ];
  const oldest = Number(spec.age_max ?? 65);
  const genders = list(spec.genders).map((gender) => (gender === 1 ? 'Male' : 'Female'));
  const interests = [spec, ...list(spec.flexible_spec).filter(isObject)]
    .flatMap((part) => list(part.interests))
    .map((one) => String(isObject(one) ? (one.name ?? one.id) : one));
  return [
    { content: 'Location:', children: places },
    { content: 'Age:', children: [`${Number(spec.age_min ?? 18)} - ${oldest >= 65 ? '65+' : oldest}`] },
    { content: 'Gender:', children: genders },
    { content: 'People who match:', children: interests },
  ].filter(({ children }) => children.length > 0);
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function keyOf(place: Json): Json {
  return isObject(place) ? (place.key ?? '') : place;
}

function placeName(key: Json): string {
  return String(placeByKey(String(key))?.name ?? key);
}
