const UNITS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const WORD = `(?:${Object.keys(UNITS).join('|')})`;
/** Only amounts anyone would mean as money: a bare "one" or "two" in a sentence stays a word. */
const SPOKEN = new RegExp(
  `\\b(?:(?:a|${WORD}(?:[- ]${WORD})?)\\s+(?:hundred|thousand)(?:\\s+(?:and\\s+)?${WORD}(?:[- ]${WORD})?(?:\\s+hundred)?)?|(?:ten|fifteen|${['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].join('|')}|five)(?:[- ]${WORD})?(?=\\s+(?:euros?|dollars?|pounds?|bucks|quid|yen|rupees?|reais|francs?|a day|a week|a month|per|kroner|kronor|usd|eur|gbp)))\\b`,
  'gi',
);

/** "three hundred euros" -> "300 euros"; text without such words is returned unchanged. */
export function numberWordsToDigits(text: string): string {
  return text.replace(SPOKEN, (spoken) => String(numberOf(spoken.toLowerCase())));
}

function numberOf(spoken: string): number {
  let total = 0;
  let current = 0;
  for (const word of spoken.split(/[\s-]+/)) {
    if (word === 'a') current = 1;
    else if (word === 'hundred') current = Math.max(1, current) * 100;
    else if (word === 'thousand') {
      total += Math.max(1, current) * 1000;
      current = 0;
    } else if (word !== 'and') current += UNITS[word] ?? 0;
  }
  return total + current;
}
