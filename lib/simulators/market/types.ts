/** What the hidden market of one ad account is like. Only the admin interface may show it. */
export type AccountTruth = {
  linkCtr: number;
  cpmMinor: number;
  leadRate: number;
  saleRate: number;
  formLeadRate: number;
  landingRate: number;
  orderMedianMinor: number;
  referenceDailyMinor: number;
  driftPhase: number;
  /** Set by the admin interface; without it the market keeps its usual hours and weekdays. */
  season?: Season;
};

/** Relative to the mean: 24 values per hour of the account's day, 7 per weekday beginning on Sunday. */
export type Season = {
  hourVolume?: number[];
  weekdayVolume?: number[];
  hourConversion?: number[];
  weekdayConversion?: number[];
};

export type AdSetTruth = { ctr: number; cvr: number; price: number; elasticity: number };

/** `bad` is planted so that honest statistics have something to find. */
export type CreativeRole = 'decent' | 'bad' | 'average' | 'drawn';

export type CreativeTruth = { role: CreativeRole; ctr: number; cvr: number; fatigue: number };

export type ResultKind = 'pixel_lead' | 'form_lead' | 'purchase' | 'registration' | 'conversation' | 'install' | 'none';
export type MarketGoal = 'conversions' | 'value' | 'landing' | 'clicks' | 'reach';

/** How creatives differ: `planted` puts one bad third ad into each ad set, `wild` draws freely. */
export type MarketSpread = 'planted' | 'wild';

export const SHOCK_KINDS = [
  'tracking_lost',
  'landing_lost',
  'shop_down',
  'checkout_broken',
  'price',
  'click_drop',
  'conversion_drop',
  'fatigue',
  'insights_missing',
] as const;
export type ShockKind = (typeof SHOCK_KINDS)[number];

/** Money on top of a daily budget for a while: a sum in minor units, a factor of the budget, or both. */
export type BudgetBoost = { fromMs: number; toMs: number; addMinor: number; factor: number };

export type Shock = {
  kind: ShockKind;
  fromMs: number;
  toMs: number;
  factor?: number;
  adSetKey?: string;
};

export type MarketAd = {
  key: string;
  ordinal: number;
  indexInSet: number;
  creativeKey: string;
  /** Delivers only in hours that begin at or after this instant; null means not at all. */
  eligibleFromMs: number | null;
};

/** From one instant to another only this share of an ad set's people may see it: a split test's cell. */
export type PeopleShare = { fromMs: number; toMs: number; share: number };

export type MarketAdSet = {
  key: string;
  ordinal: number;
  eligibleFromMs: number | null;
  startMs: number;
  endMs: number | null;
  dailyBudgetMinor: number | null;
  lifetimeBudgetMinor: number | null;
  audience: number;
  peopleShares?: readonly PeopleShare[];
  goal: MarketGoal;
  result: ResultKind;
  significantEditMs: number;
  /** Hours of the account's week (Sunday 0:00 is 0) in which it may deliver; null means all. */
  hoursOfWeek: readonly number[] | null;
  boosts: readonly BudgetBoost[];
  ads: MarketAd[];
};

export type MarketCampaign = {
  key: string;
  eligibleFromMs: number | null;
  dailyBudgetMinor: number | null;
  lifetimeBudgetMinor: number | null;
  spendCapMinor: number | null;
  boosts: readonly BudgetBoost[];
  adSets: MarketAdSet[];
};

export type MarketInput = {
  seed: number;
  zone: string;
  spread: MarketSpread;
  accountSpendCapMinor: number | null;
  shocks: Shock[];
  campaigns: MarketCampaign[];
};

/** One holder of a budget: an ad set, or a campaign that spreads its budget over its ad sets. */
export type BudgetState = {
  day: number;
  dayNoise: number;
  dayShare: number;
  dayCarryMinor: number;
  daySpentMinor: number;
  week: number;
  weekSpentMinor: number;
  weekPlannedMinor: number;
  spentMinor: number;
};

export type AdSetState = {
  truth: AdSetTruth;
  learningSinceMs: number;
  learningEvents: number;
  learnedAtMs: number | null;
  lastDeliveryMs: number | null;
};

export type AdState = {
  truths: Record<string, CreativeTruth>;
  spendCarry: number;
  beliefImpressions: number;
  beliefClicks: number;
  beliefResults: number;
  memoryImpressions: number;
  memoryBucket: number;
  trueResults: number;
  lostResults: number;
  nextConversion: number;
};

export type MarketState = {
  truth: AccountTruth;
  budgets: Record<string, BudgetState>;
  adSets: Record<string, AdSetState>;
  ads: Record<string, AdState>;
  campaignSpentMinor: Record<string, number>;
  spentMinor: number;
  /** The next hour bucket to be delivered. */
  nextBucket: number;
};

/** What one ad did in one hour. Additive counters only. */
export type HourCell = {
  impressions: number;
  clicks: number;
  linkClicks: number;
  landingViews: number;
  reactions: number;
  carts: number;
  checkouts: number;
  spendMinor: number;
};

/** One result: credited to the hour of its click, visible from `reportedMs` on. */
export type Conversion = {
  n: number;
  bucket: number;
  delayHours: number;
  reportedMs: number;
  isView: boolean;
  valueMinor: number;
};

export type DeliverySink = (adKey: string, bucket: number, cell: HourCell, conversions: Conversion[]) => void;
