import type { Goal } from '../../domain/brief';
import type { Past } from '../../domain/past/past';

/** What is kept of an account's past: `domain/past` and the names the platform shows for the campaigns it speaks of. */
export type Learned = Past & { names: Record<string, string> };

/** The days of one goal summed over its campaigns, as they are stored. Minor units as text. */
export type StoredDay = {
  goal: Goal | null;
  day: string;
  spendMinor: string;
  impressions: number;
  clicks: number;
  results: number | null;
  /** Null where a result's value was not counted; absent in what was kept before values were. */
  valueMinor?: string | null;
};
