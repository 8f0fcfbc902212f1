import type { Goal } from '../../domain/brief';
import { resultWords } from './cards';

export type NoticeText = { title: string; body: string };

/** A stored notice put into words. */
export type WriteNotice = (read: NoticeReader) => NoticeText;
export type NoticeReader = {
  text(name: string): string;
  day(): string;
  days(): string;
  /** A count. */
  count(name: string): string;
  /** An amount: minor units under its name, the currency under `currency`. */
  money(name: string): string;
  /** A count of what the goal calls a result: "3 sales", "1 enquiry". */
  results(name: string): string;
};

export function isGoal(goal: string): goal is Goal {
  return Object.hasOwn(resultWords, goal);
}
