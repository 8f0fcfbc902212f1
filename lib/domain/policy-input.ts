import type { CampaignAction, Verdict } from './action';
import { moneyFromJson } from './money';
import type { Envelope } from './plan';
import { isQuietHour, limitsOf } from './policy-limits';
import type { Role } from './roles';

/** Bumped whenever an answer could change; stored with each judgement. */
export const POLICY_RULES_VERSION = 4;
/** The engine's own statistic must reach this before anything is done without asking. */
export const MIN_CONFIDENCE_ALONE = 0.95;
/** A budget move may run alone from here: it is reversible and costs little when wrong. */
export const MIN_CONFIDENCE_SHIFT = 0.85;
export type PolicyRole = Role;

/** Who wants it. The owner's own press on a card comes with its approval and is judged as such. */
export type PolicyActor = { type: 'engine' } | { type: 'owner'; role: PolicyRole } | { type: 'undo'; role: PolicyRole };

export type PolicyInput = {
  action: CampaignAction;
  envelope: Envelope;
  /** The platform's own special kinds of ads this campaign was made with; [] or absent: none. */
  specialAdCategories?: readonly string[];
  /** What already ran without a card on this account day. */
  today: { changesMade: number };
  campaign: {
    /** Current daily budget of every ad set that is on, minor units of the envelope's currency, by local key. */
    dailyBudgetsMinor: Record<string, bigint>;
    /** The same of the second campaign of a move between two; null or absent: there is none, or it does not run. */
    otherBudgetsMinor?: Record<string, bigint> | null;
    /** Local id of the campaign the action belongs to; needed for a move between two. */
    id?: string;
    /** This campaign's actual spend of the account month so far. */
    monthSpentMinor: bigint;
    /** What everything else of the project may cost this month at most: other campaigns, and cards in flight. */
    reservedMinor?: bigint;
    /** Daily budgets of the project's other campaigns together, minor units. */
    othersDailyMinor?: bigint;
    /** Account days left in the month, today included. */
    daysLeftInMonth: number;
  };
  actor: PolicyActor;
  facts: {
    /** The rule's own probability of being right; null where it has none. */
    confidence: number | null;
    /** Ads delivering in the ad set the action is about, before it. */
    deliveringAds: number;
    /** An alarm of the stop switch is open. */
    alarm: boolean;
    /** The thing to be resumed was paused by us and nobody else touched it since. */
    pausedByUs: boolean;
    /** The reserve stands in the approved plan and was not used yet. */
    reserveApproved: boolean;
    /** A guard to be set back is exactly what the platform was last told by us. */
    guardIsOurs?: boolean;
    /** The numbers the decision rests on are complete and recent. */
    dataFresh: boolean;
    /** The object's last change, by whomever; null = never. */
    hoursSinceLastChange: number | null;
    /** Share of the budget moved without a card during the last 7 days, whole per cent. */
    movedPercent7Days?: number;
    /** Raises of the total within the last 7 days, share of the total, whole per cent. */
    raisedPercent7Days?: number;
    /** Hour of the owner's day, 0..23. */
    ownerHour?: number;
    /** The owner's stop switch is on, or the connection is quarantined. */
    stopped: boolean;
    /** Comparisons of this campaign that run, or are about to: one at a time, and its groups' budgets are left alone. */
    runningTests?: readonly { id: string; level: 'ad' | 'adset'; arms: readonly string[] }[];
  };
  /** Shadow: say what would have been done, write nothing. */
  mode?: 'act' | 'shadow';
};

/** Reason codes; words/actions turns them into sentences. */
export type PolicyReason =
  | 'role_may_not'
  | 'stopped_by_owner'
  | 'lowers_spend'
  | 'owner_asked'
  | 'restores_own_pause'
  | 'clearly_bad_ad'
  | 'approved_reserve'
  | 'sum_unchanged'
  | 'keeps_month_limit'
  | 'alarm_open'
  | 'stale_data'
  | 'not_confident'
  | 'last_delivering_ad'
  | 'pausing_not_allowed_alone'
  | 'swapping_not_allowed_alone'
  | 'moving_not_allowed_alone'
  | 'reserve_not_approved'
  | 'too_many_changes_today'
  | 'too_soon_after_change'
  | 'pauses_whole_campaign'
  | 'resumes_spend'
  | 'raises_total'
  | 'raises_much'
  | 'above_ceiling'
  | 'above_day_limit'
  | 'above_week_limit'
  | 'above_step_limit'
  | 'quiet_hours'
  | 'step_too_large'
  | 'week_limit_reached'
  | 'sum_changes'
  | 'raises_ceiling'
  | 'budget_out_of_date'
  | 'wrong_currency'
  | 'not_positive'
  | 'nothing_changes'
  | 'unknown_ad_set'
  | 'changes_audience'
  | 'new_ad'
  | 'starts_test'
  | 'test_over'
  | 'test_runs'
  | 'deletes_for_good'
  | 'special_category_audience';

export const allow = (...reasons: PolicyReason[]): Verdict => ({ answer: 'allow', reasons });
export const ask = (...reasons: PolicyReason[]): Verdict => ({ answer: 'ask', risk: 'normal', reasons });
export const askHighRisk = (...reasons: PolicyReason[]): Verdict => ({ answer: 'ask', risk: 'high', reasons });
export const refuse = (...reasons: PolicyReason[]): Verdict => ({ answer: 'refuse', reasons });

/** Quotas of what runs without a card. A cooldown refuses rather than asks: nobody should be asked to undo patience. */
export function aloneOr(input: PolicyInput, allowed: Verdict): Verdict {
  const { facts } = input;
  const limits = limitsOf(input.envelope);
  if (facts.ownerHour !== undefined && isQuietHour(facts.ownerHour, limits.quietHours)) return refuse('quiet_hours');
  if (!facts.dataFresh) return refuse('stale_data');
  // What we paused ourselves is not disturbed by another change: there is nothing running to disturb.
  const resting = facts.pausedByUs || facts.hoursSinceLastChange === null;
  if (!resting && Number(facts.hoursSinceLastChange) < limits.cooldownHours) return refuse('too_soon_after_change');
  if (input.today.changesMade >= input.envelope.maxChangesPerDay) return refuse('too_many_changes_today');
  return allowed;
}

export function isSure(confidence: number | null, least: number): boolean {
  return confidence !== null && confidence >= least;
}

type BudgetStep = {
  adSetKey: string;
  from: { minor: string; currency: string };
  to: { minor: string; currency: string };
};

/** Why a step cannot be judged at all; null when it can. */
export function budgetFlaw(
  step: BudgetStep,
  input: PolicyInput,
  budgets: Record<string, bigint> = input.campaign.dailyBudgetsMinor,
): PolicyReason | null {
  const [from, to] = [moneyFromJson(step.from), moneyFromJson(step.to)];
  const currency = input.envelope.monthlyCeiling.currency;
  if (from.currency !== currency || to.currency !== currency) return 'wrong_currency';
  if (to.minor <= 0n) return 'not_positive';
  const current = budgets[step.adSetKey];
  if (current === undefined) return 'unknown_ad_set';
  if (current !== from.minor) return 'budget_out_of_date';
  return from.minor === to.minor ? 'nothing_changes' : null;
}
