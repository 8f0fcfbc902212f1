import { audienceFlaw, OLDEST, SPECIAL_CATEGORY_RADIUS_KM, YOUNGEST } from '../../domain/audience';
import type { PlanTargeting } from '../../domain/plan';
import { accessFor, type ProjectAccess } from '../connections/access';
import { cachedInterests } from '../connections/metadata';
import type { ServiceContext } from '../context';
import { findCities } from '../plans/places';
import { notReady, runningCampaign, type Wished, wish } from './running';

export type AudienceWish = {
  projectId: string;
  campaignId: string | null;
  /** Towns beside those it has. */
  alsoIn?: readonly string[];
  /** Towns instead of those it has. */
  onlyIn?: readonly string[];
  /** Towns it no longer is shown around. */
  notIn?: readonly string[];
  wholeCountry?: boolean;
  radiusKm?: number;
  ageMin?: number;
  ageMax?: number;
  /** Begin with people who like these; [] takes the likes away. */
  interests?: readonly string[];
};

/**
 * Another audience for the ads that run, before the owner on a card that shows before and after. Nothing changes before the
 * press. What keeps it from making sense is an answer, not an exception.
 * @throws AppError facebook_not_connected, platform_*, not_found
 */
export async function wishAudience(ctx: ServiceContext, input: AudienceWish): Promise<Wished> {
  const campaign = await runningCampaign(ctx, input);
  const adSet = campaign?.plan.adSets[0];
  if (!campaign || !adSet) return notReady('nothing_runs');
  const held = await accessFor(ctx, { projectId: input.projectId });
  const special = campaign.plan.specialAdCategories;
  const places = await placesFor(ctx, held, adSet.targeting, input, special.length > 0);
  if ('problem' in places) return notReady(places.problem, places.details);
  const likes = await likesFor(ctx, held, adSet.targeting, input);
  const from = adSet.targeting;
  const to: PlanTargeting = {
    ...from,
    cities: places.cities,
    interests: likes.interests,
    ageMin: input.ageMin ?? from.ageMin,
    ageMax: input.ageMax ?? from.ageMax,
  };
  const flaw = audienceFlaw(from, to, special);
  if (flaw === 'special_category_audience')
    return notReady(flaw, { ages: [YOUNGEST, OLDEST], radiusKm: SPECIAL_CATEGORY_RADIUS_KM });
  if (to.ageMin > to.ageMax) return notReady('ages_swapped', { ages: [to.ageMin, to.ageMax] });
  const notes = [
    ...places.notFound.map((name) => `town_not_found: ${name}`),
    ...likes.notFound.map((name) => `like_not_found: ${name}`),
  ];
  if (flaw)
    return notReady(notes.length > 0 ? 'not_found' : flaw, { notFound: [...places.notFound, ...likes.notFound] });
  return wish(ctx, { campaign, action: { kind: 'set_audience', adSetKey: adSet.key, from, to }, notes });
}

type Held = Pick<ProjectAccess, 'access' | 'connection'>;
type Places =
  | { cities: PlanTargeting['cities']; notFound: string[] }
  | { problem: string; details: Record<string, unknown> };

async function placesFor(
  ctx: ServiceContext,
  held: Held,
  from: PlanTargeting,
  input: AudienceWish,
  isSpecial: boolean,
): Promise<Places> {
  if (input.wholeCountry) return { cities: [], notFound: [] };
  const same = (a: string, b: string) => plain(a) === plain(b);
  const dropped = from.cities.filter(({ name }) => input.notIn?.some((town) => same(town, name)));
  // Already everywhere: a town beside that would make it smaller, which is not what was asked for.
  if (input.alsoIn?.length && from.cities.length === 0) return { problem: 'already_everywhere', details: {} };
  if (dropped.length > 0 && dropped.length === from.cities.length && !input.onlyIn && !input.alsoIn)
    return { problem: 'last_place', details: { place: dropped[0]?.name ?? '' } };
  const least = isSpecial ? SPECIAL_CATEGORY_RADIUS_KM : undefined;
  const radiusKm = input.radiusKm ?? from.cities[0]?.radiusKm ?? least;
  const country = from.countries[0];
  const wanted = [...(input.onlyIn ?? []), ...(input.alsoIn ?? [])];
  const found =
    wanted.length > 0 && country
      ? await findCities(ctx, held, { names: wanted, country, ...(radiusKm === undefined ? {} : { radiusKm }) })
      : { cities: [], notFound: wanted };
  const kept =
    input.onlyIn?.length && found.cities.length > 0 ? [] : from.cities.filter((city) => !dropped.includes(city));
  const beside = found.cities.filter(({ key }) => !kept.some((city) => city.key === key));
  const cities = [...kept, ...beside].map((city) =>
    input.radiusKm === undefined ? city : { ...city, radiusKm: Math.min(80, Math.max(17, Math.round(input.radiusKm))) },
  );
  return { cities, notFound: found.notFound };
}

async function likesFor(
  ctx: ServiceContext,
  held: Held,
  from: PlanTargeting,
  input: AudienceWish,
): Promise<{ interests: PlanTargeting['interests']; notFound: string[] }> {
  if (input.interests === undefined) return { interests: from.interests, notFound: [] };
  const interests: PlanTargeting['interests'] = [];
  const notFound: string[] = [];
  for (const text of input.interests) {
    const { value: hits } = await cachedInterests(ctx, held, { text });
    const hit = hits.find(({ name }) => plain(name) === plain(text)) ?? hits[0];
    if (!hit) notFound.push(text);
    else if (!interests.some(({ id }) => id === hit.id)) interests.push({ id: hit.id, name: hit.name });
  }
  return { interests, notFound };
}

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
