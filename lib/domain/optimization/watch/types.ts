/** What the whole account did in one 4-hour tick, as reported now. Ticks begin at 0 at an account midnight, six to a day. */
export type TickPoint = {
  tick: number;
  spendMinor: number;
  impressions: number;
  clicks: number;
  /** Null where the platform reports none. */
  landingPageViews: number | null;
  /** Results that arrived in this tick, whenever their click was; null where nothing is tracked. */
  results: number | null;
};

export type TroubleKind =
  | 'tracking_lost'
  | 'site_down'
  | 'runaway_spend'
  | 'price_spike'
  | 'checkout_broken'
  | 'missing_data';

/** 'freeze': change nothing, go on spending. 'ask': freeze and ask the owner. 'pause': stop spending. */
export type TroubleAnswer = 'freeze' | 'ask' | 'pause';

export type ReleaseCondition =
  | 'views_and_results_return'
  | 'site_answers'
  | 'owner_answers'
  | 'results_return'
  | 'spend_back_in_band'
  | 'price_back_to_normal'
  | 'rows_complete';

export type Trouble = {
  kind: TroubleKind;
  /** First tick it is seen in; with the kind it makes the key under which it is said once. */
  since: number;
  /** 0..1: how sure the evidence is that this is no ordinary day. */
  confidence: number;
  answer: TroubleAnswer;
  releasedWhen: ReleaseCondition;
};

export type WatchFacts = {
  /** The tick that has just ended. */
  tick: number;
  /** Newest tick whose rows are complete. */
  completeThrough: number;
  /** Sum of the daily budgets that were on, the highest of the day; null = unknown. */
  dailyBudgetMinor: number | null;
  /** The shop's home page: true = it answers; null = not looked at. */
  siteAnswers: boolean | null;
  /** What the owner last said about the open question, once. */
  answer?: 'site-broken' | 'tracking-broken' | 'all-fine' | null;
  /** Until this tick the owner's "all fine" stands: no silence is reported. */
  quietUntil?: number;
  /** What the last call returned as active: keeps `since` and lets a trouble end only when its release condition holds. */
  open?: readonly Trouble[];
  /** Tick ranges that are no baseline: earlier outages, both ends included. */
  excluded?: readonly { from: number; to: number }[];
  /** Ticks behind `tick` at which rows count as missing; 2 where the platform is expected to be quick. */
  lateAfterTicks?: number;
};

export type Watched = { active: Trouble[]; released: Trouble[] };
