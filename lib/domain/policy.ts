import { type CampaignAction, isRemoval, isStopAction, type Verdict } from './action';
import { audienceFlaw } from './audience';
import type { Envelope } from './plan';
import { judgeBetween, judgeBudget, limitInTheWay } from './policy-budget';
import {
  allow,
  aloneOr,
  ask,
  askHighRisk,
  budgetFlaw,
  isSure,
  MIN_CONFIDENCE_ALONE,
  type PolicyInput,
  refuse,
} from './policy-input';
import { limitsOf } from './policy-limits';
import { disturbsTest, judgeTest } from './policy-test';
import { may } from './roles';

export {
  POLICY_RULES_VERSION,
  type PolicyActor,
  type PolicyInput,
  type PolicyReason,
  type PolicyRole,
} from './policy-input';

/**
 * The one judgement on every action: may it run alone, must the owner be asked, or is it out of the question. The
 * engine's own split into autonomous and approval actions is a suggestion; this may only tighten it.
 */
export function judge(input: PolicyInput): Verdict {
  const verdict = decide(input);
  const wouldAct = verdict.answer === 'allow' || verdict.answer === 'ask';
  // A person's own press is no suggestion of ours.
  const watches = input.mode === 'shadow' || (input.actor.type === 'engine' && isShadow(input.envelope));
  return watches && wouldAct ? { answer: 'shadow', reasons: verdict.reasons } : verdict;
}

function isShadow(envelope: Envelope): boolean {
  return limitsOf(envelope).mode === 'shadow';
}

function decide(input: PolicyInput): Verdict {
  const { actor, action, facts } = input;
  if (actor.type !== 'engine' && !may(actor.role, isStopAction(action) ? 'ads.stop' : 'action.undo'))
    return refuse('role_may_not');
  // What can only lower spend is judged before the stop switch, freshness and quotas: none of them may hold a stop back.
  if (isStopAction(action)) return judgeStop(input);
  if (input.facts.stopped) return refuse('stopped_by_owner');
  if (action.kind === 'start_test' || action.kind === 'end_test') return judgeTest(action, input);
  if (disturbsTest(action, input)) return refuse('test_runs');
  if (action.kind === 'set_ad_set_budget' || action.kind === 'shift_budget') return judgeBudget(action, input);
  if (action.kind === 'shift_campaigns') return judgeBetween(action, input);
  if (action.kind === 'swap_creative') return judgeSwap(input);
  if (action.kind === 'set_audience') return judgeAudience(action, input);
  if (action.kind === 'add_ad') return actor.type === 'engine' ? ask('new_ad') : allow('owner_asked');
  // Only ever what the month has room for; the money was taken before.
  if (action.kind === 'renew_month_guard') return allow('keeps_month_limit');
  // Only what was approved and told before; a person asks for it.
  if (action.kind === 'restore_guard')
    return facts.guardIsOurs ? allow('keeps_month_limit') : refuse('budget_out_of_date');
  const tight = action.kind === 'resume_campaign' ? limitInTheWay(input) : null;
  return tight ? refuse(tight) : judgeResume(input);
}

function judgeStop(input: PolicyInput): Verdict {
  const { action, facts, actor } = input;
  const badBudget = action.kind === 'set_ad_set_budget' ? budgetFlaw(action, input) : null;
  if (badBudget) return refuse(badBudget);
  if (actor.type !== 'engine') return allow('owner_asked');
  // Nothing is so urgent that it may not be asked before it is gone: a pause is what an alarm calls for.
  if (isRemoval(action)) return askHighRisk('deletes_for_good');
  if (facts.alarm) return allow('alarm_open');
  if (action.kind === 'pause_campaign') return ask('pauses_whole_campaign');
  // Spending less than approved needs no card, but a smaller business is the owner's decision when nothing is wrong.
  if (action.kind === 'set_ad_set_budget') return ask('lowers_spend');
  if (facts.deliveringAds <= 1) return ask('last_delivering_ad');
  if (!input.envelope.mayPauseBadAds) return ask('pausing_not_allowed_alone');
  if (!isSure(facts.confidence, MIN_CONFIDENCE_ALONE)) return refuse('not_confident');
  return allow('clearly_bad_ad');
}

function judgeAudience(action: Extract<CampaignAction, { kind: 'set_audience' }>, input: PolicyInput): Verdict {
  const flaw = audienceFlaw(action.from, action.to, input.specialAdCategories ?? []);
  if (flaw) return refuse(flaw);
  return input.actor.type === 'engine' ? ask('changes_audience') : allow('owner_asked');
}

function judgeSwap(input: PolicyInput): Verdict {
  const { facts } = input;
  if (!facts.reserveApproved) return ask('reserve_not_approved');
  if (input.actor.type !== 'engine') return allow('owner_asked', 'approved_reserve');
  if (!input.envelope.maySwapInReserves) return ask('swapping_not_allowed_alone');
  return aloneOr(input, allow('approved_reserve'));
}

/** Resuming spends again: alone only what we paused ourselves, and never into an open alarm. */
function judgeResume(input: PolicyInput): Verdict {
  const { facts, actor, action } = input;
  if (actor.type === 'owner') return allow('owner_asked');
  if (!facts.pausedByUs) return ask('resumes_spend');
  if (facts.alarm) return refuse('alarm_open');
  if (actor.type === 'undo') return allow('restores_own_pause');
  if (action.kind === 'resume_ad' && !input.envelope.mayPauseBadAds) return ask('pausing_not_allowed_alone');
  return aloneOr(input, allow('restores_own_pause'));
}
