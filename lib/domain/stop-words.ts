/** An owner who wants it all to stop, in plain English. Stopping is safe, so a plain wish is enough. */
const STOP =
  /\b(?:stop|pause|halt|cancel|end|kill|freeze|shut(?: down)?|turn off|switch off)\s+(?:everything|all|it all|the (?:ads?|campaigns?|whole thing)|my (?:ads?|campaigns?)|them(?: all)?|it now|now|immediately|spending|right now)\b|\bstop!|\bturn (?:it|them|everything|the ads|my ads) off\b|^\s*stop[.!\s]*$/i;

export function wantsStop(text: string): boolean {
  return STOP.test(text);
}

export const STOP_WORDS: RegExp = STOP;
