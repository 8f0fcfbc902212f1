/**
 * Phrases that platforms refuse and consumer law forbids without proof: promised results, health and income claims,
 * remarks on the reader, invented urgency. A net for what a model or an owner may write, not a judgement of meaning.
 */
const UNSAFE: readonly RegExp[] = [
  /\bguarantee[ds]?\b[^.!?]{0,40}|\b100\s?% (?:safe|effective|guaranteed|success)\b/i,
  /\b(?:cures?|heals?|treats?|reverses?|prevents?)\s+(?:\w+\s+){0,2}(?:cancer|diabetes|baldness|depression|anxiety|arthritis|pain|disease|acne|covid|infertility)\b/i,
  /\b(?:lose|drop|shed)\s+\d+\s?(?:kg|kilos?|pounds?|lbs?)\b|\bweight loss\b[^.!?]{0,20}\b(?:fast|in \d+ days)\b/i,
  /\b(?:earn|make)\s+(?:up to\s+)?[€$£]?\d[\d.,]*\s?(?:€|\$|£|k|euros?|dollars?)?\s*(?:a|per)\s+(?:day|week|month|hour)\b|\bpassive income\b|\bget rich\b|\bdouble your money\b/i,
  /\bbefore[- ]and[- ]after\b/i,
  /\bare you\s+(?:\w+\s+)?(?:overweight|fat|obese|depressed|lonely|poor|broke|in debt|bald|infertile|gay|muslim|christian|jewish|black|disabled|unemployed|divorced)\b/i,
  /\byour (?:depression|obesity|debt|divorce|disability|illness|criminal record)\b/i,
  /\b(?:miracle|risk[- ]free|no risk)\b/i,
  /\b(?:number one|no\.?\s?1|#1|best)\s+(?:in|of)\s+(?:the\s+)?(?:world|country|city|town)\b/i,
];

/** The first phrase that must not run; null when none was found. */
export function unsafeClaim(text: string): string | null {
  for (const shape of UNSAFE) {
    const found = shape.exec(text)?.[0].trim();
    if (found) return found;
  }
  return null;
}
