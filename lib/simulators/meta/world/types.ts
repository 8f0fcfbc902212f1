import type { MarketSpread, MarketState, Shock } from '../../market/market';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

export type ObjectKind =
  | 'user'
  | 'business'
  | 'adaccount'
  | 'page'
  | 'instagram'
  | 'pixel'
  | 'campaign'
  | 'adset'
  | 'ad'
  | 'adcreative'
  | 'adimage'
  | 'advideo'
  | 'adlabel'
  | 'adrule'
  | 'leadform'
  | 'lead'
  | 'customaudience'
  | 'customconversion'
  | 'reportrun'
  | 'budgetschedule'
  | 'adstudy'
  | 'studycell'
  | 'adrequestset'
  | 'adrequest';

export type ConfiguredStatus = 'ACTIVE' | 'PAUSED' | 'ARCHIVED' | 'DELETED';

/** Everything that has an id. `data` holds the fields as the API would answer them. */
export type GraphObject = {
  id: string;
  kind: ObjectKind;
  /** Ad account id with its prefix, or '' for objects that stand outside an account. */
  account: string;
  ordinal: number;
  createdMs: number;
  updatedMs: number;
  status: ConfiguredStatus;
  /** Since when the configured status holds: delivery follows it, hour by hour. */
  statusMs: number;
  data: JsonObject;
  /** Facts of the simulator's own that the API never shows. */
  hidden: Hidden;
};

export type Hidden = {
  /** When the review of this ad ends, and how. */
  reviewDoneMs?: number;
  reviewStartMs?: number;
  disapproval?: Record<string, string>;
  indexInSet?: number;
  significantEditMs?: number;
  /** What a rule remembers of each object it looked at. */
  ruleMemory?: Record<string, RuleMemory>;
  /** Last edit of this object and recent budget edits, for the edit limits. */
  editedMs?: number;
  budgetEditsMs?: number[];
  /** Issues set by the admin interface; a HARD_ERROR stops delivery. */
  issues?: JsonObject[];
  /** What was spent when the account's spending counter was last reset, in minor units. */
  capBaseMinor?: number;
  /** Set when a fault decided that this report fails. */
  failure?: JsonObject;
  /** A report given up as too old, or one that stands still at a percentage (until a moment of world time; null: for ever). */
  expiredReport?: boolean;
  stalledReport?: { percent: number; untilMs: number | null };
  /** Chunked uploads: how many bytes are expected and how many came. */
  upload?: { size: number; got: number };
  /** A pixel's server events: name, then hour, then how many; and when each event id was first seen. */
  events?: Record<string, Record<string, number>>;
  eventIds?: Record<string, number>;
};

export type RuleMemory = { actedMs?: number; acts: number; held?: boolean; milestone?: number };

export type Token = {
  value: string;
  kind: 'USER' | 'PAGE' | 'SYSTEM_USER';
  appId: string;
  subjectId: string;
  issuedMs: number;
  /** World time; 0 means never. */
  expiresMs: number;
  dataAccessExpiresMs: number;
  scopes: string[];
  /** Set when the token was ended: the 190 subcode to answer with. */
  endedWith?: number;
};

export type LoginCode = {
  value: string;
  appId: string;
  redirectUri: string;
  expiresMs: number;
  used: boolean;
};

export type Activity = {
  account: string;
  atMs: number;
  eventType: string;
  objectId: string;
  objectName: string;
  objectType: string;
  actorName: string;
  /** The app whose token it was; absent where a person or a rule did it. */
  appId?: string;
  extra: JsonObject;
};

export type RateTier = 'generous' | 'full' | 'limited';

export type Permission = 'granted' | 'declined' | 'expired';

/** Where an app wants to hear of changes, as `/{app}/subscriptions` set it. */
export type Subscription = { object: string; callbackUrl: string; fields: string[] };

export type World = {
  format: 1;
  id: string;
  /** Eight digits inside every id of this world, so that an id alone finds its world. */
  mark: string;
  seed: number;
  scenario: string;
  spread: MarketSpread;
  rateTier: RateTier;
  offsetMs: number;
  createdMs: number;
  nextId: number;
  nextOrdinal: number;
  userId: string;
  grants: Record<string, Record<string, Permission>>;
  tokens: Token[];
  codes: LoginCode[];
  objects: Record<string, GraphObject>;
  activities: Activity[];
  markets: Record<string, MarketState>;
  shocks: Record<string, Shock[]>;
  /** Secrets of browsers whose owner logged in as this world's person. */
  browsers?: string[];
  /** Up to when leads and troubled ads were told to subscribers, in world time. */
  toldMs?: number;
  /** How many bytes of the delivery journal belong to this state. */
  journalBytes: number;
};
