import { type BusinessKind, kindOf } from '../../../../domain/business-kind';

const TRADE =
  '(?:accountants?|bakers?|barbers?|builders?|carpenters?|caterers?|cleaners?|coach(?:es)?|dentists?|electricians?|florists?|gardeners?|hair ?dressers?|hair ?stylists?|handym[ae]n|jewell?ers?|landscapers?|lawyers?|locksmiths?|mechanics?|painters?|personal trainers?|photographers?|physiotherapists?|plumbers?|realtors?|roofers?|tailors?|teachers?|therapists?|tutors?|vets?|yoga teachers?|videographers?|nutritionists?|make-?up artists?|nail artists?|massage therapists?|dog groomers?|dog walkers?|driving instructors?|piano teachers?|tour guides?|wedding planners?|chefs?|web designers?|freelancers?|consultants?)';
const INTRODUCTIONS: readonly RegExp[] = [
  /\b(?:i|we|she|he|they|my (?:mother|father|wife|husband|partner|family|sister|brother|mum|mom|dad|friend)(?: and i)?)(?: both| also| now| currently| just)?\s+(?:runs?|owns?|have|has|manages?|operates?|started|opened|founded|'ve got|have got|got|keep)\s+(?<what>(?:an?|the|my own|our own|our|two|three|\d)\s+[^.!?;,\n]+)/i,
  /\b(?:i'?m|i am|we'?re|we are)\s+(?<what>(?:an?|the)\s+(?!bit|lot|few|little|beginner|newbie|new here|member|fan)[^.!?;,\n]+)/i,
  /\b(?:it'?s|it is|this is|ours is|mine is)\s+(?<what>(?:an?)\s+[^.!?;,\n]+)/i,
  new RegExp(`\\b(?:i'?m|i am|we'?re|we are)\\s+(?<what>${TRADE}\\b[^.!?;,\\n]*)`, 'i'),
  /\b(?:my|our)\s+(?<what>(?:small |little |family |own |local )*[\p{L}' -]*?(?:bakery|salon|shop|store|restaurant|caf[eé]|bar|pub|studio|gym|clinic|practice|school|agency|company|business|garage|hotel|guest ?house|boutique|barber ?shop|firm|farm|workshop|office|brewery|app|food truck|pizzeria|bookshop|florist))(?!\p{L})/iu,
  /^(?<what>(?:an?\s+)?(?:small |little |family |family-run |independent |local |mobile |online )*[\p{L}' &-]*?(?:bakery|salon|shop|store|restaurant|caf[eé]|bar|pub|studio|gym|clinic|practice|school|agency|company|business|garage|hotel|guest ?house|boutique|barber ?shop|firm|farm|workshop|office|brewery|food truck|pizzeria|bookshop|florist|plumber|plumbers|plumbing|electrician|photographer|dentist|hairdresser|florists))(?!\p{L})/iu,
  /\b(?:i|we)\s+(?<verb>sell|make|bake|repair|fix|build|clean|paint|teach|design|offer|do|provide|train|rent|grow|restore|cut|groom|organi[sz]e|roast|brew|print)\s+(?<what>[^.!?;,\n]+)/i,
];
/** Where the description of a business ends and something else begins. */
const TAIL =
  /\s+(?:and (?:i|we|want|wants|need|would|looking|can|could|have|spend|my|our|get|it|am|about|budget)\b|but\b|with (?:a|about|around|roughly)?\s*(?:budget|[€$£¥]|\d)|(?:for|at|about|around|roughly|on|up to|max)\s+(?:about |around |roughly |max )?[€$£¥]?\d.*|budget\b|that (?:wants|needs|would)\b|who wants?\b|looking (?:for|to)\b|(?:\w+ )?(?:years?|months?|weeks?) ago\b|wanting\b|to (?:get|find|attract|bring)\b|hoping\b|[-–—]\s).*$/i;

export type SaidBusiness = { description: string; kind: BusinessKind };

/** What the business is, in the owner's own words; undefined when the text does not say. */
export function findBusiness(text: string): SaidBusiness | undefined {
  for (const shape of INTRODUCTIONS) {
    const groups = shape.exec(text)?.groups;
    if (!groups?.what) continue;
    const phrase = tidyDescription(groups.verb ? `${groups.verb} ${groups.what}` : groups.what);
    const kind = kindOf(phrase);
    if (
      phrase.length < 4 ||
      (kind === 'generic' &&
        !/\b(?:business|company|service|services|studio|agency|shop|store|firm|sell|make|repair|teach|offer|provide|build|rent|workshop|farm|practice|club|museum|theat(?:re|er)|cinema|market)\b/i.test(
          phrase,
        ))
    )
      continue;
    return { description: phrase, kind };
  }
  return undefined;
}

/** A bare answer to "what does your business do?". */
export function readBusinessAnswer(text: string): SaidBusiness | undefined {
  const found = findBusiness(text);
  if (found) return found;
  if (/^(?:i'?m|i am|we'?re|we are) not\b/i.test(text.trim())) return undefined;
  const bare = tidyDescription(text.split(/[!?\n]|\.(?=\s|$)/)[0] ?? '');
  const words = bare.split(/\s+/).filter(Boolean);
  if (words.length === 0 || bare.length < 4) return undefined;
  if (kindOf(bare) === 'generic' && words.length < 2) return undefined;
  return { description: bare, kind: kindOf(bare) };
}

function tidyDescription(phrase: string): string {
  const clean = phrase
    .replace(TAIL, '')
    .replace(/^(?:an?|the|my|our)\s+/i, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:.-]+$/, '')
    .trim();
  const limited = clean.length > 160 ? `${clean.slice(0, 160).replace(/\s+\S*$/, '')}` : clean;
  return limited.charAt(0).toUpperCase() + limited.slice(1);
}

const NAME =
  /\b(?:called|named|it'?s called|known as|(?:business|shop|company|salon|bakery|restaurant|store|its|our) name(?: is|:)|business name:?)\s+["“'‘]?((?:[\p{Lu}\d][\p{L}\d'’&.-]*)(?:\s+(?:(?:da|de|do|of|the|and|&|la|le|y|e)\s+)?[\p{Lu}\d][\p{L}\d'’&.-]*){0,4})/u;
const QUOTED = /["“]([\p{Lu}\d][^"”]{1,40})["”]/u;

/** The name of the business, where the text gives one. */
export function findBusinessName(text: string): string | undefined {
  const name =
    NAME.exec(text)?.[1] ??
    (/\b(?:run|own|called|shop|salon|bakery|restaurant|company|business)\b/i.test(text)
      ? QUOTED.exec(text)?.[1]
      : undefined);
  return name?.replace(/[.,!?]+$/, '').trim();
}
