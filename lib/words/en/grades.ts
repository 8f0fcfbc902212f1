import { formatNumber, type Locale } from '../format';

/** How one past change turned out. No cause is claimed: it is a before and after, not an experiment. */
export function gradeSentence(verdict: string): string {
  return GRADES[verdict] ?? GRADES.cannot_tell ?? '';
}

const GRADES: Record<string, string> = {
  kept: 'Afterwards the ads brought about what I had expected of it.',
  better: 'Afterwards the ads brought more than I had expected of it.',
  missed: 'Afterwards the ads brought less than I had expected of it.',
  cannot_tell: 'Too little has happened since to say whether it helped.',
};

/** The score of all changes in one plain sentence. */
export function recordSentence(score: { kept: number; missed: number; cannotTell: number }, locale: Locale): string {
  const { kept, missed, cannotTell } = score;
  const judged = kept + missed;
  const many = (count: number) => `${formatNumber(count, locale)} ${count === 1 ? 'change' : 'changes'}`;
  if (judged + cannotTell === 0) return 'None of my changes is old enough to be judged yet.';
  if (judged === 0)
    return `I looked back at ${many(cannotTell)} of mine: there is too little data to say whether ${cannotTell === 1 ? 'it' : 'they'} helped.`;
  const rest = cannotTell > 0 ? `; for ${many(cannotTell)} more it cannot be told` : '';
  return `Of ${many(judged)} of mine that can be judged, ${formatNumber(kept, locale)} did what I had expected and ${formatNumber(missed, locale)} did not${rest}.`;
}
