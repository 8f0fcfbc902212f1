import type { MoneyJson } from './money';

/** 'clicks' and 'results': of ads per showing and per click, of groups for the same money. */
export type AdTestMeasure = 'clicks' | 'results';

export type BudgetMove = { adSetKey: string; from: MoneyJson; to: MoneyJson };

/** Everything a comparison is: what the card shows, and what its hash covers. */
export type AdTestTerms = {
  /** The test's own id, made when it is put on a card. */
  id: string;
  /** What is compared: ads inside one group, or groups with all their ads. */
  level: 'ad' | 'adset';
  /** Who decides who sees which: the platform as it delivers, or a draw by lot that the platform holds (its split test). */
  drawnBy: 'platform' | 'lot';
  /** Local keys of the ads or groups; the first is A. */
  arms: string[];
  /** The group the ads stand in; null between groups. */
  adSetKey: string | null;
  measure: AdTestMeasure;
  /** What is to be found out, in the words it was asked in. */
  question: string | null;
  /** Relative difference it sees four times out of five, whole per cent. */
  seesPercent: number;
  /** Whole account days it collects. */
  days: number;
  /** Account day of the answer at the latest, approved on the day it was asked: results take a week more until they are all in. */
  answerBy: string;
  /** What the size rests on: `detectableLift` within the longest time allowed, exposures and events as they came in lately. */
  sizing: { detectableLift: number | null; baseRate: number; exposurePerDay: number };
  /** Budgets made equal when it starts, total unchanged; [] where they are equal, and for ads. */
  moves: BudgetMove[];
};

/** How a comparison stands. STOPPED: ended early by a person. CANCELLED: what was compared is no longer there, or was changed. */
export type AdTestState = 'RUNNING' | 'WON' | 'NO_DIFFERENCE' | 'UNDECIDED' | 'CANCELLED' | 'STOPPED';

/** The way back of moved budgets. */
export function movedBack(moves: readonly BudgetMove[]): BudgetMove[] {
  return moves.map(({ adSetKey, from, to }) => ({ adSetKey, from: to, to: from }));
}
