export type AudienceWish = { ageMin?: number; ageMax?: number; cities?: string[]; radiusKm?: number };

const KM_PER_MILE = 1.609;
const YOUNGEST = 18;
const OLDEST = 65;

/** What a message wants of ages and places; null when it says nothing about them. */
export function audienceWish(
  text: string,
  now: { ages: readonly [number, number]; places: readonly string[]; said: string | null },
): AudienceWish | null {
  const wish: AudienceWish = { ...agesIn(text) };
  const radius = /(\d{1,3})\s*(km|kilomet\w*|miles?|mi)\b/i.exec(text);
  if (radius?.[1])
    wish.radiusKm = Math.min(
      80,
      Math.max(2, Math.round(Number(radius[1]) * (/^mi/i.test(radius[2] ?? '') ? KM_PER_MILE : 1))),
    );
  if (/\b(?:whole|entire|all (?:of )?the|across the) country\b|\beverywhere\b|\bnation ?wide\b/i.test(text))
    wish.cities = [];
  else if (now.said) {
    const town = now.said.split(',')[0] ?? now.said;
    const cities = now.places.filter((place) => place.length > 2);
    if (/\b(?:without|remove|drop|not)\b/i.test(text)) {
      const rest = cities.filter((place) => place !== town);
      // Without its last town a plan would reach the whole country, which nobody asked for.
      if (rest.length > 0) wish.cities = rest;
    } else if (/\b(?:also|add|plus|too|as well|and)\b/i.test(text)) wish.cities = [...new Set([...cities, town])];
    else wish.cities = [town];
  }
  return Object.keys(wish).length > 0 ? wish : null;
}

function agesIn(text: string): { ageMin?: number; ageMax?: number } {
  const between = /\b(\d{2})\s*(?:-|–|to|and|until)\s*(\d{2})\b(?!\s*(?:€|euros?|dollars?|km|miles?|%))/i.exec(text);
  const bounded = (age: string) => Math.min(OLDEST, Math.max(YOUNGEST, Number(age)));
  if (between?.[1] && between[2] && /\b(?:age[ds]?|years?|old|people|women|men|between|from|only|show)\b/i.test(text)) {
    return {
      ageMin: Math.min(bounded(between[1]), bounded(between[2])),
      ageMax: Math.max(bounded(between[1]), bounded(between[2])),
    };
  }
  const over =
    /\b(?:over|older than|above|from age|at least)\s*(\d{2})\b|\b(\d{2})\s*(?:\+|plus|and (?:over|older|up))/i.exec(
      text,
    );
  const under = /\b(?:under|younger than|below|up to age)\s*(\d{2})\b/i.exec(text);
  if (over && !/[€$£]/.test(text)) return { ageMin: bounded(over[1] ?? over[2] ?? ''), ageMax: OLDEST };
  if (under?.[1] && !/[€$£]/.test(text)) return { ageMin: YOUNGEST, ageMax: bounded(under[1]) };
  if (/\b(?:older people|elderly|seniors|pensioners|retired)\b/i.test(text)) return { ageMin: 50, ageMax: OLDEST };
  return /\b(?:younger people|young people|young adults|students)\b/i.test(text)
    ? { ageMin: YOUNGEST, ageMax: 35 }
    : {};
}

export function wantsNewWords(text: string): boolean {
  return /\b(?:other|different|new|better|nicer|change|rewrite|don'?t like|do not like|hate|redo|try again|another)\b.{0,30}\b(?:texts?|words?|wording|copy|headlines?|ads?|ideas?|pictures?|images?|photos?|colou?rs?|designs?|version)\b/i.test(
    text,
  );
}

/** A headline the owner dictates, within the length ads allow. */
export function wishedHeadline(text: string): string | null {
  const match =
    /\bheadline\b.{0,20}?(?:to|say|says|should (?:be|say|read)|:|=)\s*["“'‘]?(?<words>[^"”’\n]{3,60}?)["”'’]?[.!]?\s*$/i.exec(
      text,
    );
  const words = match?.groups?.words?.trim();
  return words && [...words].length <= 40 ? words : null;
}

/** Whether the form should ask for a phone number; null where nothing is said about it. */
export function phoneWish(text: string): boolean | null {
  if (!/\bphone(?: numbers?)?\b/i.test(text) || !/\b(?:form|ask\w*|questions?|fields?)\b/i.test(text)) return null;
  return !/\b(?:no|not|without|don'?t|do not|stop|drop|remove|leave out)\b/i.test(text);
}
