import type { Plan } from '../../domain/plan';
import { planDiff } from '../../domain/plan-diff';
import { changeInWords } from '../../words/en/plan';

/** What differs between the plan on a card and the one that would run, as plain lines. Never empty for two different texts. */
export function planDifferences(shown: string, stored: string): string[] {
  if (shown === stored) return [];
  try {
    const lines = planDiff(JSON.parse(shown) as Plan, JSON.parse(stored) as Plan).map((change) => {
      const { label, before, after } = changeInWords(change, 'en');
      return `${label}: ${before} → ${after}`;
    });
    return lines.length > 0 ? lines : [firstDifference(shown, stored)];
  } catch {
    return [firstDifference(shown, stored)];
  }
}

/** Where two texts part, with a few letters around it: for what the list of changes has no name for. */
function firstDifference(shown: string, stored: string): string {
  let at = 0;
  while (at < shown.length && shown[at] === stored[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 20), at + 20);
  return `"${around(shown)}" → "${around(stored)}"`;
}
