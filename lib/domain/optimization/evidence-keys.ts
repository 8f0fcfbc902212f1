/** Facts a decision rests on; words/evidence has one plain sentence for each. `subject` is the ad or ad set it is about. */
export const EVIDENCE_FACT_KEYS = [
  // About one ad (subject = its key) …
  'ad_shown_times',
  'ad_clicks',
  'ad_results',
  'ad_spend',
  'ad_days_running',
  // … and the ad it was held against (subject = that ad's key).
  'best_ad_shown_times',
  'best_ad_clicks',
  'best_ad_results',
  'best_ad_spend',
  /** Chance, 0..1, that the ad is clearly worse than the best of its group. */
  'chance_clearly_worse',
  /** Chance, 0..1, that the ad brings clearly less than its group's ads did when they were fresh. */
  'chance_tired',
  /** Likely worth per money spent against the best of its group, whole per cent (80 % range in the two keys below). */
  'worth_against_best_percent',
  'worth_against_best_low_percent',
  'worth_against_best_high_percent',
  'clicks_only',
  'reserve_key',
  'paused_on',
  // About the campaign or an ad set over the days looked at.
  'days_looked_at',
  'spend_looked_at',
  'results_looked_at',
  'cost_per_result',
  'cost_per_result_high',
  'expected_cost_low',
  'expected_cost_high',
  'result_value',
  'margin_percent',
  'break_even_cost',
  'chance_more_pays',
  'chance_within_expectation',
  'chance_loses_money',
  'chance_far_too_dear',
  'daily_budget_now',
  'daily_budget_new',
  'monthly_limit_now',
  'monthly_limit_new',
  'money_moved',
  // Between two campaigns: the one that gives, and the one that takes.
  'giver_cost_per_result',
  'taker_cost_per_result',
  'chance_move_pays',
  'expected_gain_percent',
] as const;
export type EvidenceFactKey = (typeof EVIDENCE_FACT_KEYS)[number];

/** What was weighed and left. */
export const EVIDENCE_ALTERNATIVE_KEYS = [
  'wait_longer',
  'keep_running',
  'swap_in_reserve_instead',
  'raise_less',
  'leave_budget',
  'new_ads_instead',
  'lower_budget_instead',
  'pause_campaign_instead',
  'keep_paused',
  'split_as_it_is',
] as const;
export type EvidenceAlternativeKey = (typeof EVIDENCE_ALTERNATIVE_KEYS)[number];

/** What would have changed the decision. */
export const EVIDENCE_WOULD_CHANGE_KEYS = [
  'ad_catches_up',
  'ad_brings_results',
  'best_ad_drops',
  'too_little_data',
  'late_results_arrive',
  'cost_rises',
  'cost_falls',
  'owner_names_value',
  'budget_not_used',
  'groups_become_equal',
  'campaigns_become_equal',
  'owner_says_keep',
] as const;
export type EvidenceWouldChangeKey = (typeof EVIDENCE_WOULD_CHANGE_KEYS)[number];

/** Every key that words/evidence must be able to put into a sentence. */
export type EvidenceKey = EvidenceFactKey | EvidenceAlternativeKey | EvidenceWouldChangeKey;

/** Rule ids as stored in Evidence.rule. */
export const RULE_IDS = [
  'pause-bad-ad',
  'stop-loss',
  'swap-reserve',
  'tired-creative',
  'resume-with-reserve',
  'rescue-ad',
  'raise-budget',
  'lower-budget',
  'pause-campaign',
  'shift-budget',
  'move-between-campaigns',
  'test-winner',
  // Thresholds the owner switched on, taken literally.
  'thumb-click-rate',
  'thumb-shift',
  'thumb-frequency',
  // The stop switch: what it paused, and what it takes back.
  'stop-site-down',
  'stop-runaway-spend',
  'stop-shop-broken',
  'stop-over',
  // Not a rule of the engine: a move of money that stopped half-way.
  'move-half-done',
  // Not a rule of the engine: the owner said so in the chat.
  'owner-asked',
  'test-proposed',
  'test-over',
] as const;
export type RuleId = (typeof RULE_IDS)[number];
