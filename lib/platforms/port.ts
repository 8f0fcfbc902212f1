import type { CampaignAction } from '../domain/action';
import type { Goal } from '../domain/brief';
import type { InsightRow, WindowReach } from '../domain/insight';
import type { FormQuestion } from '../domain/lead-form';
import type { Money } from '../domain/money';
import type { PlanAd, PlanAdSet, PlanTargeting } from '../domain/plan';
import type {
  AccountSeen,
  AppTarget,
  DrawSeen,
  InsightCut,
  InsightCutQuery,
  InstagramSeen,
  LeadFormSeen,
  Lookup,
  MayDraw,
  MinimumBudgets,
  PageSeen,
  PixelSeen,
  RemoteLevel,
  RemoteSeen,
  StopRuleSeen,
} from './seen';

export type * from './seen';

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
  /** Whether the Page may have such forms: some platforms want their terms accepted first. */
  acceptsLeadForms(access: AccountAccess, query: { pageId: string }): Promise<boolean>;
  /** A form of the Page by the marker in its name, published or not; doubtful is inconclusive here too. */
  findLeadForm(access: AccountAccess, query: { pageId: string; marker: string }): Promise<Lookup<LeadFormSeen>>;
  /** Whether the platform would draw by lot who sees which ad set of this account; asked before it is promised to anybody. */
  mayDraw(access: AccountAccess): Promise<MayDraw>;
  readDraw(access: AccountAccess, drawRemoteId: string): Promise<DrawSeen | null>;
  /** A draw over ad sets of this account by the marker in its name; doubtful is inconclusive here too. */
  findDraw(access: AccountAccess, query: { marker: string }): Promise<Lookup<DrawSeen>>;
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
      /** Set where the asker can go on with a prepared answer later; without it, the call waits for it. */
      long?: LongAnswer;
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

/** An answer the platform prepares in the background, and where it is kept by whoever asks. */
export type PreparedRun = { runId: string; since: string; until: string /** Real ms. */; orderedAt: number };
export type LongAnswer = {
  /** The run an earlier try ordered for the same days; it is taken up where it is. */
  earlier: PreparedRun | null;
  /** Told of each order before it is waited for. */
  keep: (run: PreparedRun) => Promise<void>;
  /** Real ms one try waits before it throws platform_retry_later. */
  waitMs?: number;
};

export type NamedCreate = { name: string };

export type DrawContent = {
  ownerId: string;
  startsAt: string;
  endsAt: string;
  cells: { name: string; sharePercent: number; adSetIds: string[] }[];
};

export type LeadFormContent = {
  pageId: string;
  privacyPolicyUrl: string;
  thanks: { title: string; body: string; websiteUrl: string | null };
  /** Shown before the questions. */
  greeting?: { title: string; text: string };
  /** Absent: name, e-mail and phone. */
  questions?: readonly FormQuestion[];
  /** Of the form's words, BCP 47, e.g. "pt". */
  language: string;
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
  /** Another audience for an ad set, as a whole; the platform starts learning anew. */
  setAdSetAudience(access: AccountAccess, adSetRemoteId: string, targeting: PlanTargeting): Promise<void>;
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
  /** Publishes a form in which people leave their details; it cannot be changed afterwards and its name must be new on the Page. */
  createLeadForm(access: AccountAccess, input: NamedCreate & LeadFormContent): Promise<{ remoteId: string }>;
  /** Has the platform draw by lot who may see which ad sets, from one instant to another (ISO); the shares add up to 100. */
  createDraw(access: AccountAccess, input: NamedCreate & DrawContent): Promise<{ remoteId: string }>;
  /** Ends a draw at an instant (ISO) after it began; nothing is spent more or less by it. */
  endDraw(access: AccountAccess, drawRemoteId: string, endsAt: string): Promise<void>;
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
