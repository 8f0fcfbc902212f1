import type { Goal } from '../domain/brief';
import type { FormQuestion } from '../domain/lead-form';
import type { Money } from '../domain/money';

/* What platforms show of themselves, in our own words; the port (port.ts) is the only way to it. */

export type AccountSeen = {
  externalId: string;
  name: string;
  currency: string;
  timezone: string;
  status: 'ACTIVE' | 'DISABLED' | 'UNSETTLED' | 'IN_REVIEW' | 'CLOSED';
  hasFunding: boolean;
  minDailyBudget: Money | null;
  /** What counts conversions on the owner's site. Absent where it was not asked for. */
  pixels?: PixelSeen[];
  /** Smallest spend cap a campaign may carry; null where the platform names none. */
  minCampaignSpendCap?: Money | null;
  /** Who pays and who benefits by default (EU), where the account says so. */
  dsaDefaults?: { payor: string; beneficiary: string } | null;
};
/** A pixel that never fired measures nothing: do not count on it for results. */
export type PixelSeen = { externalId: string; name: string; hasFired: boolean };
/** `mayAdvertise`: this login may run ads in the Page's name (absent where it was not asked for). */
export type PageSeen = { externalId: string; name: string; instagramId: string | null; mayAdvertise?: boolean };
export type InstagramSeen = { externalId: string; username: string | null };
export type MinimumBudgets = { impressions: Money; clicks: Money; rareActions: Money };
/** `perDay`: the campaign pauses on a day that costs more. `works` false: switched off, or in trouble at the platform. */
export type StopRuleSeen = { remoteId: string; name: string; perDay: Money | null; works: boolean };
/** `isPublished`: people can fill it in. What it asks and whose notice it names cannot change once it is published. */
export type LeadFormSeen = {
  remoteId: string;
  name: string;
  isPublished: boolean;
  privacyPolicyUrl: string | null;
  questions: FormQuestion[];
};
/** A draw by lot that a platform holds over who may see what (Meta: a split test); times are ISO instants. */
export type DrawSeen = {
  remoteId: string;
  name: string;
  startsAt: string | null;
  endsAt: string | null;
  isCancelled: boolean;
  cells: { sharePercent: number; adSetIds: string[] }[];
};
/** Who a draw would belong to, or why this login may hold none for this account. */
export type MayDraw = { yes: true; ownerId: string } | { yes: false; reason: 'no_business' | 'not_permitted' };
/** An app in a store, for goal APP_INSTALLS. */
export type AppTarget = { applicationId: string; storeUrl: string };

export type RemoteLevel = 'campaign' | 'adset' | 'ad' | 'creative';

/** An object as the platform shows it now. */
export type RemoteSeen = {
  remoteId: string;
  level: RemoteLevel;
  name: string;
  parentRemoteId: string | null;
  /** What we set: ACTIVE | PAUSED | …; null for creatives. */
  status: string | null;
  /** What really holds: PENDING_REVIEW, ACTIVE, CAMPAIGN_PAUSED, DISAPPROVED, WITH_ISSUES … */
  effectiveStatus: string | null;
  dailyBudget: Money | null;
  creativeId: string | null;
  /** Campaigns: the most they may ever spend; null where none is set. Absent on other levels. */
  spendCap?: Money | null;
  /** Ad sets: when they end by themselves, ISO; null where no end is set. Absent on other levels. */
  endsAt?: string | null;
  /** Plain sentences of the platform's review, when it refused something. */
  reviewFeedback: string[];
  /** Parsed fields for drift checks. */
  fields: Record<string, unknown>;
};

/** Absence must be proven: anything doubtful is inconclusive, and then nothing is created. */
export type Lookup<Seen = RemoteSeen> =
  | { kind: 'found'; object: Seen }
  | { kind: 'several'; objects: Seen[] }
  | { kind: 'absent' }
  | { kind: 'inconclusive'; reason: string };

/** Ways to cut numbers; one at a time. */
export type Breakdown =
  | 'age'
  | 'gender'
  | 'age_and_gender'
  | 'country'
  | 'region'
  | 'platform'
  | 'placement'
  | 'device'
  | 'hour';
/** After a click or a view, and how many days: what a result may still be counted for. */
export type AttributionWindow = '1d_click' | '7d_click' | '28d_click' | '1d_view' | '1d_ev';
export type InsightCutQuery = {
  level: 'campaign' | 'adset' | 'ad';
  since: string;
  until: string;
  goal: Goal;
  by: Breakdown;
  campaignRemoteId?: string;
  /** One row per day instead of one for the whole window. */
  perDay?: boolean;
  windows?: readonly AttributionWindow[];
};
/** One cell of a cut. `cells` are the platform's own words ("25-34", "female"), in the order of the cut's name. */
export type InsightCut = {
  entityId: string;
  since: string;
  until: string;
  cells: string[];
  currency: string;
  spendMinor: bigint;
  impressions: number;
  reach: number | null;
  clicks: number;
  results: number | null;
  valueMinor: bigint | null;
  resultsByWindow: Partial<Record<AttributionWindow, number>>;
  attributionSetting: string | null;
};
