import type { ActionKind, SuggestedAction } from '../action';
import type { Goal } from '../brief';
import type { CampaignStatus } from '../campaign-status';
import type { Counters } from '../insight';
import type { MoneyJson } from '../money';
import type { Envelope } from '../plan';
import type { Projection } from '../projection';
import type { OptimizerDecision } from './optimizer/types';

/** The campaign's roll-up of one account day (PerformanceSnapshot without its row). */
export type Snapshot = Counters & { day: string; currency: string };

/** What the engine needs to know of the campaign itself. */
export type CampaignState = { id: string; status: CampaignStatus; currency: string };

/** One account day of one ad as the platform reports it now. Days without delivery may be left out. */
export type AdDay = Counters & { day: string };

/**
 * 'delivering': on, approved, in an ad set that is on. 'paused_by_us': our own pause, untouched since. 'paused': by
 * anybody else. 'not_delivering': in review, refused, or waiting.
 */
export type AdStatus = 'delivering' | 'paused_by_us' | 'paused' | 'not_delivering';

export type AdState = {
  /** Local key of the plan ("ad-2"). */
  key: string;
  status: AdStatus;
  /** First account day of the creative it shows now: its launch, or the swap. */
  creativeSince: string;
  /** Account day of our pause; null unless status is 'paused_by_us'. */
  pausedOn: string | null;
  /** The reserve it shows now; null while it shows its first creative. */
  reserveKey: string | null;
  days: readonly AdDay[];
};

export type AdSetState = {
  key: string;
  dailyBudget: MoneyJson;
  ads: readonly AdState[];
  /** Approved reserves not used yet, in the plan's order. */
  reserves: readonly string[];
  /** Switched off as a whole, or gone; absent: it is on. */
  isPaused?: boolean;
};

/** What was done or asked before: cooldowns, "never the same advice twice", rescue. Newest last or first. */
export type PastAction = {
  kind: ActionKind;
  /** Local keys it touched; [] for the whole campaign. */
  subjects: readonly string[];
  day: string;
  /** 'open': a card waits. 'undone': taken back by the owner. */
  outcome: 'done' | 'open' | 'declined' | 'undone' | 'failed' | 'refused';
};

/** Everything a decision may rest on. Without it the engine decides nothing. */
export type OptimizationEvidence = {
  /** The account's current day; its rows are incomplete. */
  today: string;
  /** Last account day whose rows are complete. Older than yesterday means: no decision. */
  dataThrough: string;
  /** Account day of the last decision; the engine decides once per day. */
  lastDecidedOn: string | null;
  /** Seeds the posterior draws: the same evidence and seed give the same decision. */
  seed: number;
  goal: Goal;
  /** What one customer is worth, and whole per cent of it that remains; null = the owner does not know. Used for SALES only. */
  resultValue: MoneyJson | null;
  marginPercent: number | null;
  /** The range on the launch card; null where it said nothing. */
  projection: Projection | null;
  envelope: Envelope;
  adSets: readonly AdSetState[];
  pastActions: readonly PastAction[];
  /** The account's minimum per ad set and day. */
  minDailyBudget: MoneyJson | null;
  /** An alarm is open: tracking lost, site down, runaway spend. Nothing but stops is suggested. */
  alarm: boolean;
  /** Ads that are being compared: none of them is paused, swapped or switched on while that runs. */
  heldAds?: readonly string[];
  /** Groups that are being compared: their budgets are held equal while that runs. */
  heldAdSets?: readonly string[];
  /** What the tick engine's step decided for this account day. Left out = nobody drives it, and the daily rules decide. */
  decisions?: readonly OptimizerDecision[];
  /** Showings per person in the last whole week, as the platform counts people; null or absent: not known. */
  frequency?: number | null;
  /** Kinds the gate can carry out here; all when left out. */
  supported?: readonly ActionKind[];
};

/** A suggestion, not a permission: policy judges every one again and may only tighten it. */
export type Suggestions = { autonomousActions: SuggestedAction[]; approvalActions: SuggestedAction[] };

/** One rule: looks at the evidence, suggests or stays silent. */
export type Rule = (evidence: OptimizationEvidence) => Suggestions;

export const NOTHING: Suggestions = { autonomousActions: [], approvalActions: [] };
