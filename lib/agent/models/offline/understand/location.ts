import { findPlaces } from './places';

export type SaidLocation = { location: string; country: string | null | undefined };

const NAMED_AREA =
  /\b(?:based in|located in|live in|in|near|around|outside|from)\s+((?:the\s+)?(?:(?:north|south|east|west|central|downtown|old)\s+)?\p{Lu}[\p{L}'’.-]+(?:\s+(?:de|da|do|del|la|le|upon|on|of|am|an der|under)?\s?\p{Lu}[\p{L}'’.-]+){0,3})/u;
const NOT_A_PLACE =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Facebook|Instagram|Google|English|Portuguese|Spanish|French|German|Italian|I|We|My|Our)\b/;
const OWN_PLACE =
  /\b(?:we(?:'re| are)|i(?:'m| am)|based|located|(?:shop|store|salon|studio|place|business|office|bakery|restaurant|cafe|café) is|moved|it'?s|we serve|i serve|deliver(?:ing)? (?:in|to|across)|actually|sorry|i meant|not \p{Lu}\p{L}+|instead)\b/iu;

/** Where the business or its customers are, as the text says; undefined when it does not. */
export function findLocation(text: string): SaidLocation | undefined {
  const places = findPlaces(text);
  const town = places.find((place) => place.kind === 'town' && !negated(text, place.index));
  const region = places.find((place) => place.kind === 'region' && !negated(text, place.index));
  const country = places.find((place) => place.kind === 'country' && !negated(text, place.index));
  if (town) {
    // A country or state beside the town outranks the table: there is more than one Portland and one Cambridge.
    const beside = [country, region].find(
      (place) => place && place.index > town.end - 1 && place.index - town.end <= 12,
    );
    const wider = beside && !(beside.country === town.country && beside.kind === 'country') ? `, ${beside.name}` : '';
    return { location: `${town.name}${wider}`, country: beside?.country ?? town.country };
  }
  const named = NAMED_AREA.exec(text)?.[1]
    ?.replace(/[.,;]+$/, '')
    .replace(/^the\s+(?=\p{Lu})/u, 'the ');
  const unknownTown =
    named && !NOT_A_PLACE.test(named) && !places.some((place) => named.includes(place.name)) ? named : null;
  const wider = region ?? country;
  if (unknownTown && wider) return { location: `${unknownTown}, ${wider.name}`, country: wider.country };
  if (wider) return { location: wider.name, country: wider.country };
  return unknownTown ? { location: unknownTown, country: undefined } : undefined;
}

/** True when the words speak of where the business itself is, so that an earlier answer may be replaced. */
export function movesTheBusiness(text: string): boolean {
  return OWN_PLACE.test(text);
}

/** A bare answer to "where are you?": what stands there is the place. */
export function readLocationAnswer(text: string): SaidLocation | undefined {
  const found = findLocation(text);
  if (found) return found;
  const bare = text
    .trim()
    .replace(
      /^(?:we(?:'re| are)|i(?:'m| am)|it'?s|its|in|near|around|from|the town of|a (?:small )?(?:town|village|city) (?:called|named))\s+/gi,
      '',
    )
    .replace(/^(?:in|near|around|called)\s+/i, '')
    .replace(/[.!]+$/, '')
    .trim();
  if (bare.length < 2 || bare.length > 60 || bare.split(/\s+/).length > 6 || /[?]/.test(bare)) return undefined;
  if (
    /^(?:everywhere|online|anywhere|worldwide|all over|no|yes|i don|not sure|idk|dunno|what|why|ok|hello|hi)\b/i.test(
      bare,
    )
  )
    return undefined;
  return {
    location: bare.replace(/(^|[\s-])(\p{Ll})/gu, (_all, gap: string, letter: string) => gap + letter.toUpperCase()),
    country: undefined,
  };
}

function negated(text: string, index: number): boolean {
  return /\b(?:not|no longer|isn'?t)\s+(?:in\s+)?$/i.test(text.slice(0, index));
}
