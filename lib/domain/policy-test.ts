import { type CampaignAction, movesOf, type Verdict } from './action';
import { allow, ask, budgetFlaw, type PolicyInput, type PolicyReason, refuse } from './policy-input';

type TestAction = Extract<CampaignAction, { kind: 'start_test' | 'end_test' }>;

/**
 * A comparison begins by a press alone: it binds what the engine may do for weeks, though it costs nothing more. Its end
 * only frees what it bound, so that the engine and an Undo may do it without asking; budgets it puts back keep their sum.
 */
export function judgeTest(action: TestAction, input: PolicyInput): Verdict {
  const runs = input.facts.runningTests ?? [];
  if (action.kind === 'start_test' && runs.length > 0) return refuse('test_runs');
  if (action.kind === 'end_test' && !runs.some(({ id }) => id === action.test.id)) return refuse('nothing_changes');
  const flaw = movesFlaw(action, input);
  if (flaw) return refuse(flaw);
  if (input.actor.type !== 'engine') return allow('owner_asked');
  if (action.kind === 'start_test') return ask('starts_test');
  return action.moves.length === 0 ? allow('test_over') : ask('moving_not_allowed_alone');
}

/** Budgets may be moved for it, never added to. */
function movesFlaw(action: TestAction, input: PolicyInput): PolicyReason | null {
  const moves = movesOf(action);
  for (const move of moves) {
    const flaw = budgetFlaw(move, input);
    if (flaw) return flaw;
  }
  if (new Set(moves.map(({ adSetKey }) => adSetKey)).size !== moves.length) return 'unknown_ad_set';
  const change = moves.reduce((sum, { from, to }) => sum + BigInt(to.minor) - BigInt(from.minor), 0n);
  return change === 0n ? null : 'sum_changes';
}

/** True where the engine would shift what a running comparison holds equal. A person's own press stands above a test. */
export function disturbsTest(action: CampaignAction, input: PolicyInput): boolean {
  if (input.actor.type !== 'engine' || action.kind === 'start_test' || action.kind === 'end_test') return false;
  const held = (input.facts.runningTests ?? []).flatMap(({ level, arms }) => (level === 'adset' ? arms : []));
  return movesOf(action).some(({ adSetKey }) => held.includes(adSetKey));
}
