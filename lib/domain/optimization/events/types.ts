import type { OptimizationEvidence } from '../types';
import type { Trouble } from '../watch/types';

/** One complete account day of a campaign. Money: minor units of the account's currency. */
export type CampaignDay = {
  day: string;
  spendMinor: number;
  impressions: number;
  /** Link clicks. */
  clicks: number;
  results: number | null;
  valueMinor: number | null;
};

export type SignificantEventsInput = {
  /** Local key of what it is about; part of every event's key. */
  campaignKey: string;
  /** The account's current day; its rows are incomplete. */
  today: string;
  /** First account day of delivery; null before launch. */
  launchDay: string | null;
  /** Is the campaign switched on? Nothing but "seven days" is said about one that is not. */
  on: boolean;
  /** Complete days, oldest first; a day without delivery may be left out. */
  days: readonly CampaignDay[];
  /** 1 / margin; null while the owner has not said the margin. */
  breakEvenReturn: number | null;
  dailyBudgetMinor: number;
  /** What is left of the month's ceiling; null without one. */
  remainingMinor: number | null;
  /** Slots of the day (six 4-hour ticks, or 24 hours): past complete days, today's finished slots. Null = not known. */
  pacing: { past: readonly (readonly number[])[]; today: readonly number[] } | null;
  /** Ad-level evidence of the daily engine; null leaves out what is said of single ads. */
  evidence: OptimizationEvidence | null;
  /** Ads the platform's review refused. */
  refusedAds: readonly string[];
  /** From watchForTrouble. */
  troubles: readonly Trouble[];
  /** Keys already said; these are not returned again. */
  said: readonly string[];
};

export type SignificantEventKind =
  | 'return_below_break_even'
  | 'click_rate_below_own'
  | 'spending_fast'
  | 'spending_slow'
  | 'ad_far_ahead'
  | 'seven_days'
  | 'budget_low'
  | 'delivery_stopped'
  | 'review_refused'
  | 'tracking_lost'
  | 'trouble';

export type SignificantEvent = {
  kind: SignificantEventKind;
  /** The same occurrence has the same key at every look: say it once. */
  key: string;
  /** Ad, campaign or trouble kind it is about. */
  subject: string;
  urgency: 'info' | 'warning' | 'urgent';
  /** What it rests on, in plain numbers: minor units, counts, shares 0..1, days. */
  facts: Record<string, number>;
  /** 0..1 where the event rests on a statistic; null where it is a plain fact. */
  chance: number | null;
};
