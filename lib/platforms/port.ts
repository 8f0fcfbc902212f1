import type { CampaignAction } from '../domain/action';
import type { Goal } from '../domain/brief';
import type { InsightRow, WindowReach } from '../domain/insight';
import type { Money } from '../domain/money';
import type { PlanAd, PlanAdSet } from '../domain/plan';

/** The key to one account at one platform. `mode` chooses the host; the token is never logged. */
export type AccountAccess = {
  platform: 'meta';
  mode: 'LIVE' | 'SIMULATED';
  accountId: string;
  token: string;
  currency: string;
  /** Stops go out whatever the limits say; what can wait is held back first. Absent: as the call itself is. */
  urgency?: Urgency;
};
export type LoginAccess = Omit<AccountAccess, 'accountId' | 'currency'>;

/** How much a call matters when a platform's limits run short, most urgent first. */
export type Urgency = 'stop' | 'write' | 'read' | 'background';

/** Whose limits: one account's within an app, or (accountId null) the whole app's. */
export type PaceKey = {
  platform: AccountAccess['platform'];
  mode: AccountAccess['mode'];
  appId: string;
  accountId: string | null;
};
/** What is known of an account's limits together with its app's. Durations are real milliseconds, 0 when over. */
export type PaceStanding = {
  /** The fullest limit, 0 to 100 and beyond; 0 when nothing (recent) is known. */
  percent: number;
  fadesInMs: number;
  /** The platform refused: nothing but stops goes out until then. */
  heldForMs: number;
  heldBecause: string | null;
};
export type PaceNews =
  | { kind: 'usage'; percent: number; fadesInMs: number; tier: string | null }
  | { kind: 'held'; forMs: number; because: string };
/**
 * Where what platforms say about their limits is kept, shared by every process of an installation. The adapter stands in
 * services; programs without a database keep it in memory.
 */
export type PlatformPace = {
  standing(key: PaceKey): Promise<PaceStanding>;
  note(key: PaceKey, news: PaceNews): Promise<void>;
};

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

export type AdPlatformReader = {
  /** The amount as the platform can hold it, never more: round budgets to it before they are shown and approved. */
  asHeld(amount: Money): Money;
  listAccounts(access: LoginAccess): Promise<AccountSeen[]>;
  listPages(access: LoginAccess): Promise<PageSeen[]>;
  listPixels(access: AccountAccess): Promise<PixelSeen[]>;
  /** Instagram accounts ads of this account may speak for. */
  listInstagramAccounts(access: AccountAccess): Promise<InstagramSeen[]>;
  /** The smallest daily budgets this account may hold, by what is paid for; null where the platform names none. */
  minimumBudgets(access: AccountAccess): Promise<MinimumBudgets | null>;
  /** Spend of the whole account against its cap; `cap` null: none is set. */
  accountSpend(access: AccountAccess): Promise<{ spent: Money; cap: Money | null }>;
  /** Rules at the platform that hold a campaign back, and whether they work. */
  listStopRules(access: AccountAccess, query: { campaignRemoteId: string }): Promise<StopRuleSeen[]>;
  /** Published instant forms of a Page, for goal LEADS without a pixel. */
  listLeadForms(access: AccountAccess, query: { pageId: string }): Promise<{ externalId: string; name: string }[]>;
  /** Whether the platform would take this as it stands; nothing is made. */
  wouldTake(access: AccountAccess, wanted: Wanted): Promise<WouldTake>;
  read(access: AccountAccess, level: RemoteLevel, remoteId: string): Promise<RemoteSeen | null>;
  /** Everything below a campaign: the campaign itself, its ad sets and ads. */
  readCampaignTree(access: AccountAccess, campaignRemoteId: string): Promise<RemoteSeen[]>;
  /** The same for many campaigns of the account at once, in a number of questions that does not grow with them. */
  readAccountTree(access: AccountAccess, query: { campaignRemoteIds: readonly string[] }): Promise<RemoteSeen[]>;
  /** A stop rule of this campaign by the marker in its name; doubtful is inconclusive here too. */
  findStopRule(
    access: AccountAccess,
    query: { campaignRemoteId: string; marker: string },
  ): Promise<Lookup<StopRuleSeen>>;
  findByMarker(
    access: AccountAccess,
    level: RemoteLevel,
    marker: string,
    parentRemoteId: string | null,
  ): Promise<Lookup>;
  /**
   * Daily rows at one level for the whole account (paged), or for one campaign. What counts as a result is read from the
   * ad sets; where one is gone, the goal (of its campaign, where `goalOf` names it) says what is usual.
   */
  insights(
    access: AccountAccess,
    query: {
      level: 'campaign' | 'adset' | 'ad';
      since: string;
      until: string;
      goal: Goal;
      goalOf?: ReadonlyMap<string, Goal>;
      campaignRemoteId?: string;
    },
  ): Promise<{ rows: InsightRow[]; raw: unknown }>;
  /** Numbers cut by age, place, hour …; each cut is asked for by itself. */
  insightCuts(access: AccountAccess, query: InsightCutQuery): Promise<InsightCut[]>;
  windowReach(
    access: AccountAccess,
    query: { campaignRemoteId: string; since: string; until: string },
  ): Promise<WindowReach | null>;
  /** People each campaign of the account reached in exactly this window, in one question; no row without delivery. */
  accountReach(access: AccountAccess, query: { since: string; until: string }): Promise<WindowReach[]>;
  searchCities(
    access: AccountAccess,
    query: { text: string; country: string },
  ): Promise<{ key: string; name: string; region: string }[]>;
  /** Address of the platform's own picture of a creative, good for about a day; null when there is none. */
  preview(
    access: AccountAccess,
    query: { creativeRemoteId: string; place: 'feed' | 'instagram' | 'story' },
  ): Promise<string | null>;
  searchInterests(
    access: AccountAccess,
    query: { text: string },
  ): Promise<{ id: string; name: string; audienceLow: number | null; audienceHigh: number | null }[]>;
};

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

export type NamedCreate = { name: string };

export type LeadFormContent = {
  pageId: string;
  privacyPolicyUrl: string;
  thanks: { title: string; body: string; websiteUrl: string | null };
  /** Language of the form, e.g. "EN_US". */
  locale: string;
};

/** Creates are PAUSED, never retried here, and throw AppError platform_unknown_outcome when the answer was lost. */
export type AdPlatformWriter = {
  createCampaign(
    access: AccountAccess,
    input: NamedCreate & {
      goal: Goal;
      specialAdCategories: string[];
      spendCap: Money | null;
      countries?: string[];
      app?: AppTarget | null;
    },
  ): Promise<{ remoteId: string }>;
  createAdSet(
    access: AccountAccess,
    input: NamedCreate & {
      campaignRemoteId: string;
      goal: Goal;
      adSet: PlanAdSet;
      pageId: string;
      pixelId: string | null;
      dsa: { payor: string; beneficiary: string } | null;
      leadFormId?: string | null;
      app?: AppTarget | null;
    },
  ): Promise<{ remoteId: string }>;
  /** Returns the platform's image hash. Naturally idempotent: the same bytes give the same hash. */
  uploadImage(access: AccountAccess, input: { name: string; bytes: Uint8Array }): Promise<{ imageHash: string }>;
  createCreative(
    access: AccountAccess,
    input: NamedCreate & {
      ad: PlanAd;
      imageHashes: { square: string; portrait: string; story: string };
      pageId: string;
      instagramId: string | null;
      urlTags: string;
      leadFormId?: string | null;
      app?: AppTarget | null;
    },
  ): Promise<{ remoteId: string }>;
  createAd(
    access: AccountAccess,
    input: NamedCreate & { adSetRemoteId: string; creativeRemoteId: string },
  ): Promise<{ remoteId: string }>;
  setStatus(
    access: AccountAccess,
    level: 'campaign' | 'adset' | 'ad',
    remoteId: string,
    status: 'ACTIVE' | 'PAUSED',
  ): Promise<void>;
  setAdSetBudget(access: AccountAccess, adSetRemoteId: string, dailyBudget: Money): Promise<void>;
  /** When an ad set ends by itself; `endsAt` is an instant, ISO. */
  setAdSetEnd(access: AccountAccess, adSetRemoteId: string, endsAt: string): Promise<void>;
  setAdCreative(access: AccountAccess, adRemoteId: string, creativeRemoteId: string): Promise<void>;
  /** The most a campaign may ever spend; null takes the limit away. */
  setCampaignSpendCap(access: AccountAccess, campaignRemoteId: string, spendCap: Money | null): Promise<void>;
  /** The most the whole account may ever spend; null takes the limit away. Changed at most ten times a day. */
  setAccountSpendCap(access: AccountAccess, spendCap: Money | null): Promise<void>;
  /** A rule that lives at the platform and pauses the campaign when a day costs more, even while we are down. */
  createStopRule(
    access: AccountAccess,
    input: NamedCreate & { campaignRemoteId: string; perDay: Money },
  ): Promise<{ remoteId: string }>;
  /** Another amount on a rule of ours. Whether it works is left as it is: somebody may have switched it off. */
  setStopRuleAmount(
    access: AccountAccess,
    ruleRemoteId: string,
    input: { campaignRemoteId: string; perDay: Money },
  ): Promise<void>;
  /** Publishes a form asking for name, e-mail and phone; it cannot be changed afterwards and its name must be new on the Page. */
  createLeadForm(access: AccountAccess, input: NamedCreate & LeadFormContent): Promise<{ remoteId: string }>;
  /** Deletes for good; what stands below goes with it. */
  remove(access: AccountAccess, remoteId: string): Promise<void>;
};

/** A create that is only asked about. */
export type Wanted =
  | { kind: 'campaign'; input: Parameters<AdPlatformWriter['createCampaign']>[1] }
  | { kind: 'ad_set'; input: Parameters<AdPlatformWriter['createAdSet']>[1] }
  | { kind: 'creative'; input: Parameters<AdPlatformWriter['createCreative']>[1] }
  | { kind: 'ad'; input: Parameters<AdPlatformWriter['createAd']>[1] };
/** `userTitle` and `userMessage` are the platform's own words for the owner, in the owner's language. */
export type WouldTake =
  | { yes: true }
  | {
      yes: false;
      userTitle: string | null;
      userMessage: string | null;
      blamed: string[];
      code: number | null;
      subcode: number | null;
    };

/** Which action kinds a platform can carry out. */
export type SupportedActions = readonly CampaignAction['kind'][];
