/** What an owner wants compared, as test_ads takes it; null where the words are about something else. */
export type WishedTest = { compare: 'ads' | 'groups'; named?: string[] };

const AD = '(?:ads?|adverts?|texts?|headlines?|pictures?|photos?|images?|versions?|ones?)';
const GROUP = '(?:groups?|audiences?|ad sets?)';
const BETTER = '(?:better|best|more|stronger|nicer|wins?)';
const START = /\b(?:start|run|begin|make|set up) (?:the|that|this|a|an) (?:\w+ )?(?:test|comparison)\b/i;
const TEST = new RegExp(
  [
    String.raw`\b(?:a\/?b[ -]?test|split[ -]?test)`,
    String.raw`\b(?:test|compare) (?:my|the|these|those|both|two)\b[^.?!]{0,15}\b(?:${AD}|${GROUP})\b`,
    String.raw`\bwhich (?:of )?(?:my |the |these |those |both )?(?:two |three |\d )?(?:${AD}|${GROUP})\b[^.?!]{0,20}\b${BETTER}\b`,
    String.raw`\bwhich (?:one )?(?:is|works|does|do|sells|brings) (?:the )?${BETTER}\b`,
  ].join('|'),
  'i',
);
const GROUPS = new RegExp(String.raw`\b${GROUP}\b`, 'i');
const QUOTED = /["“]([^"“”]{3,120})["”]/g;
const NUMBERS: readonly [RegExp, string][] = [
  [/\b(?:first|1st|number (?:one|1)|ad (?:one|1))\b/i, '1'],
  [/\b(?:second|2nd|number (?:two|2)|ad (?:two|2))\b/i, '2'],
  [/\b(?:third|3rd|number (?:three|3)|ad (?:three|3))\b/i, '3'],
  [/\b(?:fourth|4th|number (?:four|4)|ad (?:four|4))\b/i, '4'],
  [/\b(?:fifth|5th|number (?:five|5)|ad (?:five|5))\b/i, '5'],
  [/\b(?:last|newest|latest) (?:one|ad)\b/i, '-1'],
];

export function wishedTest(text: string): WishedTest | null {
  if (!START.test(text) && !TEST.test(text)) return null;
  const quoted = [...text.matchAll(QUOTED)].map(([, words]) => words ?? '');
  const numbered = NUMBERS.flatMap(([shape, number]) => (shape.test(text) ? [number] : []));
  const named = quoted.length >= 2 ? quoted : numbered.length >= 2 ? numbered : [];
  return { compare: GROUPS.test(text) ? 'groups' : 'ads', ...(named.length > 0 ? { named } : {}) };
}
