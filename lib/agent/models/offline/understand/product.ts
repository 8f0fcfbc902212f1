const PATTERNS: readonly RegExp[] = [
  /\b(?:more|extra|new|want|need|get|for)\s+(?:more\s+)?(?:phone |quote |online )?(?:orders|bookings|sales|enquir(?:y|ies)|inquir(?:y|ies)|customers|clients|requests|leads|appointments|jobs|students|reservations|buyers|sign-?ups|calls|messages|guests|people)\s+(?:for|of|to (?:buy|order|book|try|take))\s+(?:our|my|the|a|an)?\s*(?<what>[^.!?;,\n]+)/i,
  /\b(?:sell|selling|promote|promoting|advertise|advertising|push)\s+(?:more\s+(?:of\s+)?)?(?:our|my|the)?\s*(?<what>[^.!?;,\n]+)/i,
  /\b(?:more|extra|new|get|getting|increase)\s+(?:of\s+)?(?:our |my |the )?(?<what>[\p{L}'’ -]{3,40}?)\s+(?:orders?|bookings?|sales|enquir(?:y|ies)|inquir(?:y|ies)|requests?|appointments?|jobs|customers|clients|students|sign-?ups|reservations?|projects|work|sessions|members|memberships|buyers|leads|calls|quotes?|visits|messages)\b/iu,
  /\b(?:i|we)(?:'d| would)?\s+(?:mainly |mostly |also |only )?(?:do|make|bake|offer|provide|roast|print|specialise in|specialize in|focus on)\s+(?<what>[^.!?;,\n]+)/i,
  /\bspeciali[sz](?:e|es|ing)\s+in\s+(?<what>[^.!?;,\n]+)/i,
  /\b(?:more|book|want|need)\s+(?:people|guests|customers|clients|families|couples|someone)\s+(?:to|for|at|in)\s+(?:book |order |buy |try |come (?:to|for) |take |eat |join )?(?:our|my|the|a|an)?\s*(?<what>[^.!?;,\n]+)/i,
];
const TAIL =
  /\s+(?:in\s+\p{Lu}\p{L}+.*|near\s+\p{Lu}.*|online\b.*|through (?:ads|facebook).*|with (?:ads|facebook|a budget).*|for (?:about |around )?[€$£¥]?\d.*|and (?:i|we|have|my|our|spend|can|could|about|a budget|budget|no website|the budget)\b.*|but .*|because .*|so that .*|about [€$£]?\d.*|at [€$£]?\d.*|[-–—] .*|\d+\s*(?:€|euros?|dollars?|a (?:day|month)).*|from\s+\p{Lu}.*|all over .*|to (?:locals|people|customers|families|everyone).*|every (?:day|week|month).*|per (?:day|week|month).*|a month.*|please.*|right now.*|this year.*|if possible.*)$/iu;
/** "birthday cake orders" are orders for birthday cakes. */
const COUNTED =
  /\b(cake|cupcake|haircut|cut|lesson|session|repair|cookie|pizza|bouquet|tour|trip|room|table|wedding|portrait|course|dinner|tart|pie|basket|hamper|gift|workshop|ring|website|photo shoot)$/i;
const EMPTY =
  /^(?:more|new|quote|phone|it|it'?s|that|this|them|these|those|things?|stuff|products?|services?|something|anything|everything|ads?|adverts?|advertising|marketing|people|customers|clients|regular|business|a lot|some|the|our|my|facebook|instagram|work|phone|local|paying|good|better|online|website|web|store|shop|sales|you|know|better|well|enough|many|to|i|we|us|me)$/i;

/** What the owner wants to sell more of, in their words; undefined when the text does not say. */
export function findProduct(text: string): string | undefined {
  for (const pattern of PATTERNS) {
    const what = pattern.exec(text)?.groups?.what;
    const product = what ? tidyProduct(what) : undefined;
    if (product) return product;
  }
  return undefined;
}

/** A bare answer to "what would you most like to sell more of?". */
export function readProductAnswer(text: string): string | undefined {
  const stripped = text
    .trim()
    .replace(
      /^(?:i think|mostly|mainly|probably|well|um+|oh|definitely|maybe|actually|it'?s|its|that would be|i(?:'d| would) (?:say|like to sell)|we(?:'d| would) (?:say|like to sell)|i want to sell|our|my|the|more)[,:\s]+/gi,
      '',
    )
    .replace(/^(?:our|my|the|more)\s+/i, '');
  return findProduct(text) ?? tidyProduct((stripped.split(/[!?\n]|\.(?=\s|$)/)[0] ?? '').trim());
}

function tidyProduct(phrase: string): string | undefined {
  let clean = phrase
    .replace(TAIL, '')
    .replace(/^(?:more|of|our|my|the|some|new|a|an|to)\s+/i, '')
    .replace(/^(?:of|our|my|the|some)\s+/i, '')
    .replace(/[\s,;:.-]+$/, '')
    .trim();
  clean = clean
    .replace(/\s+(?:orders?|bookings?|sales|enquir(?:y|ies)|requests?|appointments?)$/i, '')
    .trim()
    .replace(COUNTED, '$1s');
  if (
    clean.length < 3 ||
    clean.length > 120 ||
    EMPTY.test(clean) ||
    clean.split(/\s+/).every((word) => EMPTY.test(word))
  )
    return undefined;
  if (
    /^(?:i|we|you|what|how|why|not sure|no idea|don'?t know|idk|dunno|help|yes|no|ok|show me|tell me|undo|menu|this for)\b/i.test(
      clean,
    )
  )
    return undefined;
  return clean.charAt(0).toUpperCase() + clean.slice(1);
}
