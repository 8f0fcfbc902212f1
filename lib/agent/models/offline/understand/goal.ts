import type { Goal } from '../../../../domain/brief';
import { FORM_WORDS } from './form';

/** Ordinary words for what an owner wants, most telling first. */
const SHAPES: readonly [Goal, RegExp][] = [
  ['LEADS', FORM_WORDS],
  [
    'APP_INSTALLS',
    /\b(?:install(?:s|ing|ed)?|download(?:s|ing)?)\b.{0,30}\bapp\b|\bapp\b.{0,20}\b(?:installs?|downloads?|users)\b|\bget (?:people )?(?:on|onto|using) (?:my|our|the) app\b/i,
  ],
  [
    'CALLS',
    /\b(?:phone|more|get|want|need)\s+(?:\w+\s+){0,2}(?:phone\s+)?calls?\b|\bphone (?:calls|to ring|ringing)\b|\b(?:people|customers|them|someone|clients) (?:to )?(?:call|phone|ring)(?:ing)?\b(?! it| us the)|\bcall (?:me|us)\b|\bring (?:me|us)\b/i,
  ],
  [
    'MESSAGES',
    /\bmessages?\b|\bwhats\s?app\b|\bmessenger\b|\bdms?\b|\b(?:people|customers|clients|them) (?:to )?(?:write|message|text|dm)\b|\b(?:write|message|text|dm) (?:me|us)\b/i,
  ],
  [
    'TRAFFIC',
    /\b(?:visitors|visits|traffic|clicks|people|views)\b.{0,20}\b(?:to|on|at|for)\b.{0,12}\b(?:web\s?-?site|site|blog|page|menu online)\b|\b(?:web\s?-?site|site|blog) (?:traffic|visitors|visits|views)\b|\b(?:see|visit|find|look at|read) (?:my|our|the) (?:web\s?-?site|site|blog)\b/i,
  ],
  [
    'SALES',
    /\b(?:online|web ?shop|e-?shop|store|etsy|shopify)\s+(?:sales|orders|purchases)\b|\b(?:sales|orders|purchases|buy|sell)\b.{0,30}\b(?:online|web ?shop|(?:my|our|the) (?:web\s?-?site|site|shop|store))\b|\bsell more\b.{0,40}\b(?:online|web)\b/i,
  ],
  [
    'LEADS',
    /\b(?:leads?|enquir(?:y|ies)|inquir(?:y|ies)|quotes?|quote requests|bookings?|appointments?|reservations?|sign[- ]?ups?|registrations?|members|students|clients|customers|guests|patients|consultations?|viewings|trials?|jobs coming in|orders?|new business|more business|more work|more jobs|more people|more guests|more visitors|fill (?:my|our|the) (?:calendar|chairs?|tables?|classes|diary|rooms?))\b/i,
  ],
  ['SALES', /\b(?:sales|sell more|sell|purchases|buyers|shoppers|revenue)\b/i],
];
const WANTS =
  /\b(?:want|wants|need|needs|looking for|look for|would like|i'?d like|like to|love to|hope|hoping|goal|aim|trying to|try to|get|getting|more|increase|grow|boost|bring in|attract|find|help|rather|prefer|mainly|mostly|care about|interested in)\b/i;
const ONLINE =
  /\b(?:online (?:shop|store|business)|web ?shop|e-?commerce|etsy|shopify|we ship|i ship|ship(?:ping)? (?:to|all|across|world)|sell (?:\w+ ){0,4}online)\b/i;

export function isOnlineShop(text: string): boolean {
  return ONLINE.test(text);
}

/**
 * The goal a text names. Of one that is only mentioned in passing nothing is concluded: some word of wanting must stand
 * in the same sentence. `shop` says whether the business sells online, which settles what "orders" are.
 */
export function findGoal(text: string, shop: boolean): Goal | undefined {
  for (const sentence of text.split(/[.!?;\n]+(?=\s|$)/)) {
    if (!WANTS.test(sentence)) continue;
    const goal = readGoalAnswer(sentence, shop);
    if (goal) return goal;
  }
  return undefined;
}

/** A bare answer to "what should the ads bring you?". */
export function readGoalAnswer(text: string, shop: boolean): Goal | undefined {
  const cleared = text.replace(
    /\b(?:not|no|don'?t (?:want|need|care about)|instead of|rather than)\s+(?:just\s+|only\s+|more\s+|about\s+)?\w+/gi,
    ' ',
  );
  const found = SHAPES.find(([, shape]) => shape.test(cleared))?.[0];
  if (found === 'LEADS' && shop && /\b(?:orders?|customers|buyers)\b/i.test(cleared)) return 'SALES';
  return found;
}
