import { type CampaignAction, type Evidence, isStopAction, type Verdict } from '../../domain/action';
import { AppError, type AppErrorCode } from '../../domain/errors';
import { judge, type PolicyActor } from '../../domain/policy';
import type { Tx } from '../../runtime/db';
import { covers } from '../approvals/items';
import { settleApproval } from '../approvals/settle';
import type { ServiceContext } from '../context';
import { lockProject } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { actionSchema } from './action-schema';
import type { ActionStep } from './action-steps';
import { type CampaignKnown, readCampaign } from './campaign-state';
import { guardSteps } from './guard-steps';
import { type HeldMove, holdMove } from './hold-move';
import { gatherPolicyInput } from './policy-facts';
import { ruleAsBudgets, ruleForRaise, type StopRuleWanted } from './stop-rule-wanted';
import { takeMoneyFor } from './take-money';

export type HeldAction = {
  id: string;
  action: CampaignAction;
  campaign: CampaignKnown;
  approvalId: string | null;
  undoOfId: string | null;
  /** What the platform's own guards are told first: more is let through, or held, before anything costs more. */
  guards: ActionStep[];
  /** What they are told last: a cap that comes down with the budgets. */
  tighter: ActionStep[];
  /** What our rule there must let through; null: it stays as it is. */
  stopRule: StopRuleWanted | null;
  /** Of a move between two campaigns: what is done on each. */
  move: HeldMove | null;
};
type Checked = { held: HeldAction; refused: null | { code: AppErrorCode; reasons: string[] } };

/**
 * Everything that is asked before the first write, in one transaction. Null: the action is not to be carried out (it is
 * done, refused, or waits). @throws AppError not_found, invalid_input, approval_hash_mismatch, approval_not_waiting
 */
export async function checkAction(tx: Tx, ctx: ServiceContext, actionId: string): Promise<Checked | null> {
  const row = await tx.campaignActionRecord.findFirst({ where: { workspaceId: ctx.workspaceId, id: actionId } });
  if (!row) throw new AppError('not_found', { action: actionId });
  if (row.state !== 'EXECUTING') return null;
  await lockProject(tx, ctx, row.projectId);
  const parsed = actionSchema.safeParse(row.action);
  if (!parsed.success) throw new AppError('invalid_input', { action: actionId }, { cause: parsed.error });
  // A stop waits for nobody's books.
  if (!isStopAction(parsed.data)) await recountRunning(tx, ctx, row.projectId);
  const campaign = await readCampaign(tx, ctx, row.campaignRecordId);
  const held: HeldAction = {
    id: row.id,
    action: parsed.data,
    campaign,
    approvalId: row.approvalId,
    undoOfId: row.undoOfId,
    guards: [],
    tighter: [],
    stopRule: null,
    move: null,
  };
  if (row.approvalId) await takeApproval(tx, ctx, held, row.approvalId);
  const started = await tx.remoteEffect.findFirst({
    where: { workspaceId: ctx.workspaceId, actionId, sentAt: { not: null } },
    select: { key: true },
  });
  // Judged again right before the first write; what has begun is finished, or it would stay half done.
  if (started) return { held: await withGuards(tx, ctx, held), refused: null };
  const verdict = await judgeAgain(tx, ctx, held, row);
  if (verdict.answer === 'refuse' || verdict.answer === 'shadow')
    return { held, refused: { code: 'not_permitted', reasons: verdict.reasons } };
  if (verdict.answer === 'ask' && !row.approvalId)
    return { held, refused: { code: 'not_permitted', reasons: verdict.reasons } };
  const fits = await takeMoney(tx, ctx, held);
  if (!fits) return { held, refused: { code: 'above_month_limit', reasons: ['above_ceiling'] } };
  return { held: await withGuards(tx, ctx, held), refused: null };
}

async function withGuards(tx: Tx, ctx: ServiceContext, held: HeldAction): Promise<HeldAction> {
  const { action, campaign } = held;
  if (action.kind === 'shift_campaigns')
    return { ...held, move: await holdMove(tx, ctx, { actionId: held.id, action, campaign }) };
  const of = { actionId: held.id, campaign };
  const steps = await guardSteps(tx, ctx, of);
  // Nothing may hold up what lowers spend: its guard follows.
  const last = isStopAction(held.action);
  const stopRule =
    held.action.kind === 'renew_month_guard' ? await ruleAsBudgets(tx, ctx, of) : await ruleForRaise(tx, ctx, of);
  return { ...held, guards: last ? [] : steps, tighter: last ? steps : [], stopRule };
}

/** Its part of the month, where none was taken at a press. */
async function takeMoney(tx: Tx, ctx: ServiceContext, held: HeldAction): Promise<boolean> {
  const { action, campaign, approvalId } = held;
  try {
    await takeMoneyFor(tx, ctx, { actionId: held.id, action, campaign, approvalId });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'above_month_limit') return false;
    throw error;
  }
}

/** An approval counts for exactly the action on its card. */
async function takeApproval(tx: Tx, ctx: ServiceContext, held: HeldAction, approvalId: string): Promise<void> {
  const approval = await tx.approval.findFirst({ where: { workspaceId: ctx.workspaceId, id: approvalId } });
  const wanted = { actionId: held.id, campaignRecordId: held.campaign.id, action: held.action };
  if (!approval || !covers(approval, wanted)) throw new AppError('approval_hash_mismatch', { approval: approvalId });
  if (approval.decision !== 'approve' || !['APPROVED', 'EXECUTING'].includes(approval.state))
    throw new AppError('approval_not_waiting', { approval: approvalId });
  await settleApproval(tx, ctx, { approvalId, to: 'EXECUTING' });
}

async function judgeAgain(
  tx: Tx,
  ctx: ServiceContext,
  held: HeldAction,
  row: { evidence: unknown; verdict: unknown },
): Promise<Verdict> {
  const { policyVersion: _version, ...facts } = await gatherPolicyInput(tx, ctx, {
    campaign: held.campaign,
    action: held.action,
    evidence: row.evidence as Evidence,
    actor: actorOf(held, row.verdict as Verdict),
    exceptActionId: held.id,
  });
  return judge(facts);
}

/** A person pressed: on a card, Undo, or the stop. Whether that person's role allowed it was judged at the press. */
function actorOf(held: HeldAction, first: Verdict): PolicyActor {
  if (held.undoOfId) return { type: 'undo', role: 'owner' };
  const pressed = held.approvalId !== null || first.reasons.includes('owner_asked');
  return pressed ? { type: 'owner', role: 'owner' } : { type: 'engine' };
}
