import { type AudienceChange, audienceChanges } from '../../domain/audience';
import type { PlanTargeting } from '../../domain/plan';
import { formatNumber, type Locale } from '../format';

/** Who sees the ads, as one sentence. Ages are a hint to Facebook while it may look further. */
export function audienceSentence(targeting: PlanTargeting, locale: Locale): string {
  const ages =
    targeting.ageMin <= 18 && targeting.ageMax >= 65
      ? 'Adults of any age'
      : `People aged ${targeting.ageMin} to ${targeting.ageMax === 65 ? '65 and over' : targeting.ageMax}`;
  const start = targeting.advantageAudience && !ages.startsWith('Adults') ? `${ages}, as a starting point` : ages;
  const likes = targeting.interests.slice(0, 4).map(({ name }) => name);
  if (likes.length === 0) return `${start}.`;
  return `${start}. Facebook is told to begin with people who like ${new Intl.ListFormat(locale, { type: 'conjunction' }).format(likes)}.`;
}

/** Where the ads are shown: towns with their radius, else whole countries. */
export function placeSentence(targeting: PlanTargeting, locale: Locale): string {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  if (targeting.cities.length > 0)
    return list.format(
      targeting.cities.map((city) => `${city.name} and ${formatNumber(city.radiusKm, locale)} km around`),
    );
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return list.format(targeting.countries.map((country) => names.of(country) ?? country));
}

const LABELS: Record<AudienceChange['part'], string> = { places: 'Where', ages: 'How old', interests: 'Likes' };
const NO_LIKES = 'Anything';

/** How old, in the fewest words. */
export function agesSentence({ ageMin, ageMax, advantageAudience }: PlanTargeting): string {
  const ages =
    ageMin <= 18 && ageMax >= 65
      ? 'Adults of any age'
      : ageMax >= 65
        ? `${ageMin} and older`
        : `${ageMin} to ${ageMax}`;
  return advantageAudience && !ages.startsWith('Adults') ? `${ages}, as a starting point` : ages;
}

/** Where, in the fewest words: "10 km around Porto and 25 km around Braga". */
function placesInShort(targeting: PlanTargeting, locale: Locale): string {
  if (targeting.cities.length === 0) return placeSentence(targeting, locale);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    targeting.cities.map((city) => `${formatNumber(city.radiusKm, locale)} km around ${city.name}`),
  );
}

/** What another audience changes, line by line: how it is now, and how it would be. */
export function audienceRows(
  before: PlanTargeting,
  after: PlanTargeting,
  locale: Locale,
): { label: string; before: string; after: string }[] {
  const say: Record<AudienceChange['part'], (targeting: PlanTargeting) => string> = {
    places: (targeting) => placesInShort(targeting, locale),
    ages: agesSentence,
    interests: ({ interests }) => interests.map(({ name }) => name).join(', ') || NO_LIKES,
  };
  return audienceChanges(before, after).map(({ part }) => ({
    label: LABELS[part],
    before: say[part](before),
    after: say[part](after),
  }));
}

/** The change in one phrase: only what becomes different. */
export function audienceAsked(before: PlanTargeting, after: PlanTargeting, locale: Locale): string {
  const rows = audienceRows(before, after, locale);
  return rows.map(({ label, after: then }) => `${label.toLowerCase()}: ${then}`).join('; ');
}
