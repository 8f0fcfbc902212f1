import type { PlanTargeting } from '../../domain/plan';
import type { ProjectAccess } from '../connections/access';
import { cachedCities } from '../connections/metadata';
import type { ServiceContext } from '../context';

/** Meta accepts 17 to 80 km around a town; what the card says must be what runs. */
const RADIUS_KM = { least: 17, most: 80 };

export type FoundPlaces = { cities: PlanTargeting['cities']; notFound: string[] };

/** Towns by name as the platform knows them (kept for a week per login), each with a radius it accepts. What it does not know is named. */
export async function findCities(
  ctx: ServiceContext,
  held: Pick<ProjectAccess, 'access' | 'connection'>,
  input: { names: readonly string[]; country: string; radiusKm?: number },
): Promise<FoundPlaces> {
  const radiusKm = Math.min(RADIUS_KM.most, Math.max(RADIUS_KM.least, Math.round(input.radiusKm ?? RADIUS_KM.least)));
  const found: FoundPlaces = { cities: [], notFound: [] };
  for (const name of input.names) {
    const { value: hits } = await cachedCities(ctx, held, { text: name, country: input.country });
    const hit = hits.find((city) => plain(city.name) === plain(name)) ?? hits[0];
    if (!hit) found.notFound.push(name);
    else if (!found.cities.some((city) => city.key === hit.key))
      found.cities.push({ key: hit.key, name: hit.name, radiusKm });
  }
  return found;
}

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
