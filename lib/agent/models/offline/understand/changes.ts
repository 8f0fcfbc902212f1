import { audienceWish } from '../converse/wishes';
import { findLocation } from './location';

/** What an owner wants different about ads that run, as the tools take it; null where the words are about something else. */
export type WishedChange =
  | { tool: 'propose_deletion'; input: { what: 'ad' | 'campaign'; number?: number; headline?: string } }
  | { tool: 'propose_category'; input: { specialAdCategories: string[] } }
  | { tool: 'propose_new_ad'; headline: string | null }
  | { tool: 'propose_audience'; input: Record<string, unknown> };

const DELETE = /\b(?:delete|remove|erase|get rid of|throw (?:away|out)|bin)\b/i;
const ONE_AD = /\b(?:ads?|adverts?|advertisements?|one|picture)\b/i;
const WHOLE =
  /\b(?:campaigns?|(?:all|every(?:thing)?|both)(?: of)?(?: (?:my|the|these|those))?(?: ads?| adverts?)?)\b/i;
const NUMBERS: readonly [RegExp, number][] = [
  [/\b(?:first|1st|number (?:one|1)|ad (?:one|1))\b/i, 1],
  [/\b(?:second|2nd|number (?:two|2)|ad (?:two|2))\b/i, 2],
  [/\b(?:third|3rd|number (?:three|3)|ad (?:three|3))\b/i, 3],
  [/\b(?:fourth|4th|number (?:four|4)|ad (?:four|4))\b/i, 4],
  [/\b(?:fifth|5th|number (?:five|5)|ad (?:five|5))\b/i, 5],
  [/\b(?:last|newest|latest)\b/i, -1],
];
const QUOTED = /["“”'‘’]([^"“”'‘’]{3,60})["“”'‘’]/;

const NEW_AD =
  /\b(?:new|another|one more|extra|add an?|additional|make (?:me )?an?|write (?:me )?an?)\b[^.!?]{0,25}\b(?:ad|advert|advertisement)\b/i;
const HEADLINE =
  /\b(?:headline|saying|that says|says|called|with the words?|text)\b[:\s]*["“'‘]?([^"”’\n.!?]{3,40})["”’]?/i;

const ABOUT_KIND =
  /\b(?:special (?:ad )?(?:categor|kind)\w*|(?:ads?|campaign|they|these|it)(?:'s| is| are| were) (?:really |actually |also |now )?(?:about|for) (?:a )?(?:jobs?|hiring|vacanc\w+|recruit\w+|credits?|loans?|mortgages?|insurance|housing|apartments?|flats?|homes?|houses?|rentals?))\b/i;
const KINDS: readonly [RegExp, string][] = [
  [/\b(?:jobs?|hiring|vacanc\w+|recruit\w+)\b/i, 'EMPLOYMENT'],
  [/\b(?:housing|apartments?|flats?|homes?|houses?|rentals?)\b/i, 'HOUSING'],
  [/\b(?:credits?|loans?|mortgages?|insurance)\b/i, 'FINANCIAL_PRODUCTS_SERVICES'],
];

const SHOWN =
  /\b(?:shows?|shown|sees?|reach|target|audience|also|too|as well|only|just|people|women|men|aged?|ages|older|younger|around|within|radius|km|miles?|everywhere|nation ?wide|country|leave out|not in|without)\b/i;

export function wishedChange(
  text: string,
  now: { ages: readonly [number, number]; places: readonly string[] },
): WishedChange | null {
  if (DELETE.test(text)) {
    const what = deletion(text);
    if (what) return { tool: 'propose_deletion', input: what };
  }
  if (ABOUT_KIND.test(text)) {
    const kinds = KINDS.filter(([shape]) => shape.test(text)).map(([, kind]) => kind);
    if (kinds.length > 0) return { tool: 'propose_category', input: { specialAdCategories: kinds } };
  }
  if (NEW_AD.test(text)) return { tool: 'propose_new_ad', headline: headlineIn(text) };
  return audience(text, now);
}

function deletion(text: string): { what: 'ad' | 'campaign'; number?: number; headline?: string } | null {
  const number = NUMBERS.find(([shape]) => shape.test(text))?.[1];
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted && ONE_AD.test(text)) return { what: 'ad', headline: quoted };
  if (number !== undefined && ONE_AD.test(text)) return { what: 'ad', number };
  if (WHOLE.test(text) && /\b(?:campaigns?|ads?|adverts?)\b/i.test(text)) return { what: 'campaign' };
  // Which one is asked back: the tool names those there are.
  return /\b(?:ad|advert)\b/i.test(text) ? { what: 'ad' } : null;
}

function headlineIn(text: string): string | null {
  const said = QUOTED.exec(text)?.[1] ?? HEADLINE.exec(text)?.[1];
  const words = said?.trim();
  return words && words.length >= 3 && [...words].length <= 40 ? words : null;
}

function audience(
  text: string,
  now: { ages: readonly [number, number]; places: readonly string[] },
): Extract<WishedChange, { tool: 'propose_audience' }> | null {
  if (!SHOWN.test(text)) return null;
  const said = findLocation(text)?.location ?? null;
  const wish = audienceWish(text, { ages: now.ages, places: now.places, said });
  if (!wish) return null;
  const { cities, ...rest } = wish;
  const town = said?.split(',')[0];
  const places =
    cities === undefined
      ? {}
      : cities.length === 0 && !town
        ? { wholeCountry: true }
        : /\b(?:without|remove|drop|not in|leave out|not)\b/i.test(text)
          ? { notIn: [town] }
          : /\b(?:also|add|plus|too|as well|and)\b/i.test(text)
            ? { alsoIn: [town] }
            : { onlyIn: [town] };
  return { tool: 'propose_audience', input: { ...rest, ...places } };
}
