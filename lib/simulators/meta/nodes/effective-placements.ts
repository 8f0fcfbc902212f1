import { POSITIONS } from '../validate/placements';
import { isObject } from '../wire/params';
import type { GraphObject, Json, JsonObject } from '../world/types';

const AUTOMATIC = ['facebook', 'instagram', 'audience_network', 'messenger'];

/** Targeting as it is read back: beside what was asked for stands where the ads may really appear. */
export function readTargeting(adSet: GraphObject | null): Json | undefined {
  const targeting = adSet?.data.targeting;
  if (!isObject(targeting)) return targeting;
  const platforms = isFilled(targeting.publisher_platforms) ? targeting.publisher_platforms : AUTOMATIC;
  const effective: JsonObject = { effective_publisher_platforms: platforms };
  for (const [field, all] of Object.entries(POSITIONS)) {
    if (!platforms.includes(field.replace('_positions', ''))) continue;
    effective[`effective_${field}`] = isFilled(targeting[field])
      ? targeting[field]
      : all.filter((one) => one !== 'story' || field !== 'messenger_positions');
  }
  return { ...targeting, ...effective };
}

function isFilled(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && value.length > 0;
}
