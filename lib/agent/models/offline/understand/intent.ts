import { stopWish } from '../../../../domain/stop-words';

/** What an owner may want from a message besides giving facts. Most urgent first. */
export type Intent =
  | 'stop'
  | 'injection'
  | 'why'
  | 'undo'
  | 'approve'
  | 'spend_more'
  | 'cheaper'
  | 'guarantee'
  | 'who_are_you'
  | 'privacy'
  | 'price'
  | 'how_it_works'
  | 'banned'
  | 'status'
  | 'confused'
  | 'greeting'
  | 'thanks'
  | 'upset'
  | 'off_topic'
  | 'none';

const WHY =
  /\bwhy\b.{0,40}\b(?:pause[d]?|stop(?:ped)?|turn(?:ed)? off|switch(?:ed)? off|change[d]?|swap(?:ped)?|remove[d]?|do(?:ne)? that|did you|have you|lower(?:ed)?|raise[d]?|is my ad|are my ads)\b|\bexplain (?:what|why|that|the last)\b|\bwhat (?:did|have) you (?:do|done|change)/i;

const SHAPES: readonly [Intent, RegExp][] = [
  [
    'injection',
    /\bignore (?:all |any |the |your )?(?:previous |prior |above |earlier )?(?:instructions?|rules|prompts?)\b|\bsystem prompt\b|\byour (?:instructions|prompt|api key|secret|token)s?\b|<\/?(?:tool|system|function|assistant|invoke)\b|\[(?:event|system)\]/i,
  ],
  ['why', WHY],
  ['undo', /\b(?:undo|put it back|turn it back on|switch it back on|revert|bring (?:it|the ad) back|wasn'?t me)\b/i],
  [
    'spend_more',
    /\b(?:spend (?:everything|it all|more|all of it)|double (?:the|my) (?:budget|spend)|triple|raise (?:the|my) budget|increase (?:the|my) budget|all in|max it out|more (?:budget|money)|double it|spend all)\b/i,
  ],
  [
    'cheaper',
    /\b(?:cheaper|too expensive|(?:less|not so|not that) expensive|too much(?: money)?|costs? (?:too much|less)|less money|spend less|lower (?:the |my )?(?:budget|price|cost|spend)|reduce (?:the |my )?(?:budget|cost|spend)|cut (?:the |my )?(?:budget|cost|spend)|smaller budget|can'?t afford)\b/i,
  ],
  [
    'guarantee',
    /\b(?:guarantee[ds]?|promise|what if (?:nobody|no one|it (?:doesn'?t|does not|fails)|they don'?t)|are you sure|will (?:it|this|that) (?:really )?work|does (?:it|this) (?:really )?work|how many (?:customers|orders|sales|leads|clients) will|what (?:can|should) i expect|worth it)\b/i,
  ],
  [
    'banned',
    /\b(?:ban|banned|block(?:ed)?|suspend(?:ed)?)\b.{0,40}\b(?:meta|facebook|account|ai)\b|\b(?:meta|facebook)\b.{0,30}\b(?:ban|block|suspend)/i,
  ],
  [
    'who_are_you',
    /\b(?:who|what) are you\b|\bare you (?:a |an )?(?:human|person|real|robot|bot|ai|machine|computer|chat ?gpt|claude|someone)\b|\bam i (?:talking|speaking|chatting) (?:to|with)\b|\byour name\b/i,
  ],
  [
    'privacy',
    /\b(?:delete (?:my|all|everything|our) ?(?:data|account|information)?|my data|privacy|gdpr|who (?:sees|can see|reads) (?:my|our|this|these|the) (?:data|answers?|messages?|words|chat)|personal data)\b/i,
  ],
  [
    'price',
    /\b(?:what|how much) (?:do|does|will) (?:you|this|it|aigency|the service) (?:charge|cost)\b|\bis (?:it|this) free\b|\byour (?:price|fee|fees)\b|\bdo i (?:have to )?pay you\b/i,
  ],
  [
    'how_it_works',
    /\bhow does (?:it|this|that) (?:all )?work\b|\bwhat (?:can|do) you do\b|\bwhat happens (?:now|next|then)\b|\bhow do(?:es)? (?:we|i|this) start\b|\bwhat is this\b|\bwhy (?:do you (?:need|ask|want)|are you asking)\b/i,
  ],
  [
    'status',
    /\bhow(?:'s| is| are| was| were| did| do)\b.{0,30}\b(?:going|doing|ads?|campaigns?|results?|numbers|perform\w*|it)\b|\b(?:results?|numbers|statistics|stats|report|status|update)\b.{0,15}\??$|\bhow (?:much|many)\b.{0,40}\b(?:spent|spend|clicks?|people|enquir\w+|messages|calls|customers|leads|orders|saw|reached)\b|\bany (?:news|results|enquiries|calls|messages|orders)\b|\bis (?:it|this|that|my ad|the ad|everything) (?:really |still )?(?:live|on|running|working)\b|\b(?:any|no) (?:customers|clients|bookings|sales|leads|new customers)\b|\b(?:nobody|no one|no-one) (?:called|came|wrote|comes|calls|writes|bought|booked)\b|^\s*is (?:that|this|it) (?:good|bad|ok|normal|enough)\b/i,
  ],
  [
    'upset',
    /\b(?:stop asking|(?:so|too) many questions|useless|stupid|idiot|scam|rubbish|terrible|hate (?:this|you)|waste of (?:time|money)|annoying|ridiculous|shit|crap|fuck\w*|wtf|damn)\b/i,
  ],
  [
    'approve',
    /^\s*(?:yes|yep|yeah|yup|ok(?:ay)?|sure|go(?: ahead| on| for it)?|do it|launch(?: it)?|approve[d]?|i approve|confirm(?:ed)?|looks? (?:good|great|right|fine|perfect)|perfect|great|correct|that'?s (?:right|correct|it|fine|good|perfect)|all good|let'?s (?:go|do it|start)|start(?: it| now| the ads)?|publish(?: it)?|please do|sounds good|sim|agreed|right)(?:[\s,!.]+(?:yes|go ahead|please|thanks?(?: you)?|do it|start|it|now|launch|let'?s go|that'?s (?:right|correct|good|fine)|looks? (?:good|right|great)|approved?|confirm(?:ed)?|perfect|great|good|all good))*[\s!.]*$/i,
  ],
  [
    'greeting',
    /^\s*(?:hi+|hello+|hey+|good (?:morning|afternoon|evening)|hola|olá|ola|bonjour|hallo|ciao|hiya|howdy)(?:\s+(?:there|again))?[\s!.,?]*$/i,
  ],
  [
    'thanks',
    /^\s*(?:thanks?(?: you)?|thx|cheers|ta|obrigad[oa]|gracias|merci|great (?:job|work)|well done|good (?:job|work)|nice(?: one| work)?|love it|brilliant|wonderful|awesome)(?:\s+(?:so much|a lot|very much))?[\s!.]*$/i,
  ],
  [
    'confused',
    /\b(?:what do you mean|don'?t understand|do not understand|don'?t get (?:it|that)|confus(?:ed|ing)|which one|i'?m lost|no idea what|what does that mean)\b|^\s*(?:what|huh|eh)\s*\?*\s*$/i,
  ],
  [
    'off_topic',
    /\b(?:weather|joke|poem|story|song|recipe|capital of|president|football|movie|translate|homework|meaning of life|write (?:me )?(?:code|an essay)|news today|bitcoin|stock price|play a game|sing|what time|love you|marry me|horoscope)\b/i,
  ],
];

/** A wish to stop outranks everything; but "Why did you pause my ad?" asks about a pause, and orders none. */
const ONLY_WHY = /^\s*(?:and |but |so |ok,? )?why\b[^.!?]*\?*\s*$/i;

export function intentOf(text: string): Intent {
  if (ONLY_WHY.test(text) && WHY.test(text)) return 'why';
  if (stopWish(text)) return 'stop';
  return SHAPES.find(([, shape]) => shape.test(text))?.[0] ?? 'none';
}

/** True where the owner takes something back or replaces it. */
export function isCorrection(text: string): boolean {
  return /\b(?:actually|sorry|i meant|i mean|wait|instead|rather|change|correct(?:ion)?|wrong|make (?:it|that)|let'?s (?:say|do|make)|scratch that|oops|update|on second thought|not \S+,? but|no,)\b|^\s*no\b(?!\s+(?:website|site|idea))/i.test(
    text,
  );
}

/** Words of other languages often enough that English rules would misread them. */
export function looksForeign(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (/[\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text)) return true;
  if (words.length < 3) return false;
  const foreign =
    /^(?:tenho|uma|nós|temos|meu|quero|mais|minha|nosso|nossa|para|por|mês|não|sou|somos|está|tengo|una|quiero|más|mi|soy|somos|también|no|con|mes|pero|je|suis|une|nous|avons|voudrais|veux|plus|mois|pas|avec|mon|notre|ich|bin|wir|haben|habe|eine|einen|und|möchte|mehr|nicht|im|monat|ein|mein|sono|abbiamo|voglio|più|mese|della|nostro|ho|il|che|per)$/;
  const hits = words.filter((word) => foreign.test(word) && !/^(?:no|per|mi|im|ho|mon|plus|pas)$/.test(word)).length;
  return hits >= 3 || (hits >= 2 && hits / words.length > 0.34);
}
