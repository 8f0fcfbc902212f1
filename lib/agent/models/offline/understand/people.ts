const AUDIENCE: readonly RegExp[] = [
  /\b(?:my|our|the)\s+(?:best |main |typical |usual |ideal |target |favou?rite |regular )*(?:customers?|clients?|buyers|guests|audience|patients|students|shoppers|people)\s+(?:are|is|tend to be|would be|were|:)\s+(?:usually |mostly |mainly |often |generally |typically |probably )*(?<who>[^.!?;\n]+)/i,
  /\b(?:mostly|mainly|usually|typically|especially|aimed at|catering (?:to|for)|popular with)\s+(?<who>(?:young |older |working |busy |local |small )*(?:women|men|families|parents|mums|moms|couples|students|tourists|professionals|seniors|pensioners|children|kids|teenagers|homeowners|home owners|landlords|tenants|brides|commuters|locals|neighbours|neighbors|office workers|businesses|restaurants|expats|people|beginners|adults|freelancers|runners|dog owners|pet owners|car owners|collectors|travellers|travelers)\b[^.!?;\n]*)/i,
  /\b(?:for|to)\s+(?<who>(?:young |older |working |busy |local |small |new |expecting )*(?:women|men|families|parents|mums|moms|couples|students|tourists|professionals|seniors|pensioners|children|kids|teenagers|homeowners|home owners|landlords|brides|commuters|locals|office workers|small businesses|expats|beginners|adults|freelancers|runners|dog owners|pet owners|cat owners|car owners|collectors|travellers|travelers|people who [^.!?;,\n]+)\b[^.!?;,\n]*)/i,
];
const SPECIAL: readonly RegExp[] = [
  /\b(?:what makes (?:us|me|it|ours?) (?:special|different|unique|stand out) is|we'?re (?:best )?known for|i'?m (?:best )?known for|known for|famous for|people (?:love|come for|choose us for|like)|(?:our|my) (?:speciality|specialty|secret|strength|thing) is|we stand out (?:because|with|for)|unlike (?:others|the others|other [a-z ]+),?|the only)\s+(?<what>[^.!?\n]+)/i,
  /\b(?<what>(?:family[- ](?:run|owned)|open (?:24\/7|24 hours|late|every day|on sundays|sundays)|24\/7|same[- ]day|next[- ]day|free (?:delivery|parking|quotes?)|home ?made|hand-?made|organic|vegan|gluten[- ]free|locally sourced|fair ?trade|eco[- ]friendly|wood[- ]fired|sourdough|since (?:19|20)\d\d|\d+ years(?: of)? experience|award[- ]winning|fully insured|certified|no call-?out fee)\b(?:(?!,\s*(?:and|but|so|honestly)\b)[^.!?;\n])*)/i,
];

/** Who buys, in the owner's words; undefined when the text does not say. */
export function findAudience(text: string): string | undefined {
  for (const shape of AUDIENCE) {
    const who = shape.exec(text)?.groups?.who;
    if (who) return tidy(who.replace(/\s+(?:come|comes|visit|buy|order|shop|like|love)\b.*$/i, ''));
  }
  return undefined;
}

/** What makes the business special, in the owner's words; undefined when the text does not say. */
export function findSpecial(text: string): string | undefined {
  for (const shape of SPECIAL) {
    const match = shape.exec(text);
    const what = match?.groups?.what;
    if (what) return tidy(/^the only/i.test(match[0]) ? `the only ${what}` : what);
  }
  return undefined;
}

/** A free answer: the words themselves, without a polite opening. Undefined where they say nothing. */
export function readFreeAnswer(text: string): string | undefined {
  const opened = text
    .trim()
    .replace(
      /^(?:(?:well|um+|hmm+|oh|so|ok(?:ay)?|i think|i guess|i(?:'d| would) say|probably|that would be|they(?:'re| are)|it(?:'s| is)|mostly it'?s|we think)[,:]?\s+)+/i,
      '',
    );
  const clean = tidy(opened);
  if (clean.length < 3 || isEmptyAnswer(clean)) return undefined;
  return clean;
}

/** "I don't know", "no idea", "what do you mean?": nothing to write down. */
export function isEmptyAnswer(text: string): boolean {
  const clean = text.trim().replace(/[.!?…\s]+$/, '');
  if (clean === '' || /^[^\p{L}\d]+$/u.test(clean)) return true;
  return /^(?:i |we )?(?:(?:really |just )?(?:don'?t|do not|dont) (?:really |quite )?(?:know|understand|get it|get that)|(?:am |'m )?not (?:really )?sure|no idea|no clue|have no idea|idk|(?:i )?dunno(?: lol| sorry| really)?|lots?|many|all|can'?t say|hard to say|what do you mean|what|why|how so|huh|hmm+|um+|eh|nothing(?: special| really)?|nope|no|yes|yeah|yep|ok(?:ay)?|maybe|sure|test|asdf\w*|whatever|you tell me|you decide|help|i need help|(?:i'd |i would )?(?:rather|prefer) not(?: to)?(?: say| tell)?|not telling|no comment|none of your business|anyone|everyone|everybody|anybody|all(?: people| of them)?|skip|next|pass|later|never ?mind)$/i.test(
    clean,
  );
}

function tidy(phrase: string): string {
  const clean = phrase
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:.!-]+$/, '')
    .trim();
  const limited = clean.length > 240 ? clean.slice(0, 240).replace(/\s+\S*$/, '') : clean;
  return limited.charAt(0).toUpperCase() + limited.slice(1);
}
