import type { answerWords } from '../../../../words/en/answers';

export type Asked = keyof typeof answerWords;

/** Questions and remarks that have the same answer wherever a conversation stands. The first that fits counts. */
const TOPICS: readonly [Asked, RegExp][] = [
  [
    'safe',
    /\b(?:is (?:this|it|that) (?:really )?(?:safe|secure|legit|real|a scam|a trick|dangerous)|can i trust|trust (?:you|this)|scam|what'?s the catch)\b/i,
  ],
  [
    'alone',
    /\bwhat (?:may|can|do|will) you (?:do |change |decide )?(?:alone|without asking|on your own|by yourself)\b|\bwithout asking(?: me)?\b/i,
  ],
  [
    'human',
    /\b(?:talk|speak|chat) (?:to|with) (?:a |an |some)?(?:human|person|real|someone|somebody|support|agent)|\b(?:customer|human) (?:support|service)\b/i,
  ],
  [
    'asYou',
    /\b(?:can|will|could|do) you (?:also )?(?:post|write|publish|read|see|message)\b.{0,40}\b(?:page|profile|name|messages?|friends|me|wall|see|account)\b|\bwhat (?:will|can|do) you (?:be able to )?(?:see|read|access)\b/i,
  ],
  [
    'comparing',
    /\b(?:which|what)\b.{0,20}\bads?\b.{0,20}\b(?:best|better|worst|winning|working|good)\b|\bcompare\b.{0,15}\bads\b|\bbest ad\b/i,
  ],
  [
    'payment',
    /\b(?:credit card|debit card|bank card|paypal|payment method|how (?:do|will|can) i pay|invoice|who charges|where do i pay)\b/i,
  ],
  [
    'stopAnyTime',
    /\b(?:can i|could i|may i|how (?:do|can) i|how to|possible to) (?:stop|cancel|quit|end|pause|get out|unsubscribe)\b|\bcontract\b|\bminimum time\b/i,
  ],
  [
    'starts',
    /\bwhen (?:do|does|will|would|can|could|is|are)\b.{0,25}\b(?:start|begin|live|run|online|show)|\bwhat happens (?:after|when|if|once) i (?:approve|press|click|confirm)/i,
  ],
  [
    'howLong',
    /\bhow (?:long|much time|many questions|fast|quick)\b|\bwhen (?:are we|will we be|is this) (?:done|finished|ready)\b/i,
  ],
  [
    'later',
    /\b(?:can|could|may|will) (?:i|we) (?:still |always )?(?:change|edit|update|correct)\b.{0,25}\b(?:later|afterwards|after|any time|anytime|again)\b/i,
  ],
  [
    'audienceShown',
    /\bwho (?:will |would |can |is going to )?(?:sees?|gets?|reach\w*)\b.{0,15}\b(?:this|it|them|my ads?|the ads?)\b|\bwho are (?:you|they|the ads) (?:targeting|shown to)\b/i,
  ],
  [
    'total',
    /\b(?:cost|pay|spend|price)\b.{0,20}\b(?:in total|altogether|overall|per month|at most)\b|\bis (?:it|that|this|[€$£]?\s?\d+\s?\S{0,8}) (?:really )?enough\b|\bwhat is (?:a |the )?(?:daily budget|worst day|budget)\b|\bwhy (?:is it )?so expensive\b/i,
  ],
  [
    'language',
    /\b(?:in|into|to|speak|write|translate|use) (?:it )?(?:in )?(?:portuguese|spanish|french|german|italian|dutch|polish|arabic|chinese|japanese|another language|my language)\b/i,
  ],
  [
    'noFacebook',
    /\b(?:no|without|don'?t have|do not have|haven'?t got|not on|dont have|hate|don'?t use)\s+(?:a |an |any |my )?(?:own )?(?:facebook|fb)\b|\bwhy facebook\b/i,
  ],
  ['password', /\bpassword\b/i],
  [
    'gender',
    /\b(?:only|just|target(?:ing)?|for)\s+(?:to\s+)?(?:women|men|ladies|girls|guys|females?|males?)\b(?! (?:over|under|between|aged|from|with|who)\b)|\b(?:women|men|ladies) only\b/i,
  ],
  [
    'photos',
    /\b(?:use|add|upload|send|with|put)\s+(?:you\s+)?(?:my|our|own|my own|real|some)\s+(?:own\s+)?(?:photos?|pictures?|images?|pics?)\b/i,
  ],
  [
    'dates',
    /\b(?:start|begin|launch|run|stop|pause|end|only|not)\s+(?:it |them |the ads? |this )?(?:on|until|till|from|for|next|this|at|after|during|over)\s+(?:the )?(?:\d+ (?:days?|weeks?|months?)|one week|a week|two weeks|next|this|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends?|holidays?|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|week|month)\b|\b(?:start|begin|launch)\s+(?:it |them )?(?:tomorrow|monday|later)\b|\b(?:closed|away|on holiday|on vacation|fully booked|booked out)\b|\bfor (?:the )?holidays\b/i,
  ],
  [
    'partOfPlan',
    /\b(?:remove|delete|drop|change|edit|shorten|rewrite|hate|dislike|don'?t like|replace)\b.{0,25}\b(?:first|second|third|last|1st|2nd|3rd|one|ad \d|ad one|ad two|ad three|middle)\b|\b(?:make|write) (?:it|them|the texts?) (?:shorter|longer|funnier|simpler)\b|\b(?:text|sentence) of the\b/i,
  ],
  ['report', /\b(?:when|which day|how often)\b.{0,30}\breports?\b/i],
  ['inbox', /\b(?:where|how)\b.{0,25}\b(?:see|find|read|get|answer)\b.{0,15}\bmessages?\b/i],
  [
    'otherNumbers',
    /\b(?:numbers?|figures?|count)\b.{0,30}\b(?:different|not the same|don'?t match|wrong)\b|\bfacebook (?:says|shows) (?:something|other|different|more|less)\b/i,
  ],
  [
    'limits',
    /\b(?:over (?:my |the )?budget|left (?:this|for the|in the) month|(?:my|the|monthly) limits?|still (?:left|available))\b/i,
  ],
  [
    'noMoney',
    /^\s*(?:(?:i |we )?(?:have |got |'ve got |really )*no (?:money|budget)|zero|nothing|0|as little as possible|as (?:cheap|low) as possible|the (?:minimum|least)|free|for free|not much|not a lot|very little|little)(?: (?:at all|right now|really|money|please))*[\s.!]*$/i,
  ],
  [
    'yourCall',
    /^\s*(?:you (?:decide|choose|tell me|know best)|up to you|what would you do|what do you (?:think|recommend|suggest)|whatever(?: you (?:think|want|like))?|surprise me|approve it for me|press it for me|do it for me)[\s?.!]*$/i,
  ],
  [
    'notNow',
    /^\s*(?:not now|later|maybe later|not yet|never ?mind|no thanks?(?: you)?|don'?t do it|forget (?:it|about it)|i changed my mind|i(?:'ll| will) think about it|let me think|skip|i need to think|leave it|tomorrow)[\s.!]*$/i,
  ],
];

/** More words than this tell something. */
const STORY = 20;

export function askedAbout(text: string): Asked | null {
  // In a long story only its questions are asked.
  const asked = text.split(/\s+/).length <= STORY ? text : (text.match(/[^.!?\n]+\?/g) ?? []).join(' ');
  return TOPICS.find(([, shape]) => shape.test(asked))?.[0] ?? null;
}

const OPENING =
  /^\s*(?:(?:and|but|so|ok(?:ay)?|hey|hi|hello|well|wait)[,\s]+)*(?:(?:what|how|why|when|who|whose|which)(?:'s|'re)?\b|where(?:'s)?\b(?! (?:we|i)\b)|(?:can|could|do|does|did|is|are|am|will|would|should|may|shall|have|has) (?:i|you|we|it|he|she|this|that|these|those|there|the|my|your|our|they|facebook|meta|people|anyone|somebody)\b)/i;

/** "what's my status", "can I skip this": a question, whether or not it ends with its mark. */
export function isQuestion(text: string): boolean {
  return OPENING.test(text);
}
