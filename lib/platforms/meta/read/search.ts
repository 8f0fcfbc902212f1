import type { AccountAccess } from '../../port';
import { citySchema, interestSchema, pageOf } from '../schemas';
import { metaApi } from '../transport';

/** Cities by (part of) their name in one country; `key` is what targeting wants. */
export async function searchCities(
  access: AccountAccess,
  query: { text: string; country: string },
): Promise<{ key: string; name: string; region: string }[]> {
  const params = {
    type: 'adgeolocation',
    q: query.text,
    location_types: ['city'],
    country_code: query.country,
    limit: 10,
  };
  const { data } = await metaApi(access).get(['search'], params, pageOf(citySchema));
  return data
    .filter((city) => city.country_code === undefined || city.country_code === query.country)
    .map((city) => ({ key: city.key, name: city.name, region: city.region ?? '' }));
}

/** Interests Meta can aim at, with the audience's size where Meta tells it. */
export async function searchInterests(
  access: AccountAccess,
  query: { text: string },
): Promise<{ id: string; name: string; audienceLow: number | null; audienceHigh: number | null }[]> {
  const { data } = await metaApi(access).get(
    ['search'],
    { type: 'adinterest', q: query.text, limit: 10 },
    pageOf(interestSchema),
  );
  const known = (size: number | undefined) => (size === undefined || size < 0 ? null : size);
  return data.map((row) => ({
    id: row.id,
    name: row.name,
    audienceLow: known(row.audience_size_lower_bound),
    audienceHigh: known(row.audience_size_upper_bound),
  }));
}
