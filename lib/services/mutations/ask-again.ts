import { type CampaignAction, type Evidence, subjectOf, type Verdict } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { judge, POLICY_RULES_VERSION } from '../../domain/policy';
import type { Prisma, Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';
import { actionSchema } from './action-schema';
import type { Asking } from './ask-owner';
import { readCampaign } from './campaign-state';
import { insertAction } from './insert-action';
import { gatherPolicyInput } from './policy-facts';

/**
 * The change of an expired card once more: the same change as a new action for a new card, judged by today's limits and
 * numbers. What policy would let run alone by now is asked all the same. An Undo is pressed anew instead.
 * @throws AppError approval_not_waiting (not to be asked again), not_permitted (refused by policy)
 */
export async function proposeAgain(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; approvalId: string },
): Promise<Asking> {
  const old = await tx.campaignActionRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: input.actionId, state: 'DECLINED', errorCode: 'approval_expired' },
  });
  const parsed = actionSchema.safeParse(old?.action);
  if (!old || old.undoOfId !== null || !parsed.success)
    throw new AppError('approval_not_waiting', { approval: input.approvalId });
  const action: CampaignAction = parsed.data;
  const campaign = await readCampaign(tx, ctx, old.campaignRecordId);
  if (!(WATCHED_STATUSES as readonly string[]).includes(campaign.status))
    throw new AppError('approval_not_waiting', { approval: input.approvalId, campaign: campaign.status });
  const evidence = old.evidence as Evidence;
  const { policyVersion, ...facts } = await gatherPolicyInput(tx, ctx, {
    campaign,
    action,
    evidence,
    actor: { type: 'engine' },
  });
  const judged = judge(facts);
  if (judged.answer !== 'ask' && judged.answer !== 'allow')
    throw new AppError('not_permitted', { reasons: judged.reasons.join(',') });
  const risk = judged.answer === 'ask' ? judged.risk : 'normal';
  const verdict: Verdict = { answer: 'ask', risk, reasons: judged.reasons };
  // One new action per expired card, however often it is asked for.
  const created = await insertAction(tx, ctx, {
    campaign,
    action,
    evidence: old.evidence as Prisma.InputJsonValue,
    verdict,
    dedupeKey: `${campaign.id}:again:${input.actionId}:${input.approvalId}`,
  });
  if (!created) throw new AppError('approval_not_waiting', { approval: input.approvalId });
  await record(tx, ctx, {
    event: 'action.proposed',
    subject: { type: 'action', id: created.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, kind: action.kind, answer: verdict.answer },
    audit: {
      after: { kind: action.kind, subject: subjectOf(action), answer: verdict.answer },
      reason: {
        rule: evidence.rule,
        reasons: verdict.reasons.join(','),
        policy: policyVersion,
        rules: POLICY_RULES_VERSION,
      },
    },
  });
  return { actionId: created.id, campaign, action, risk, policyVersion };
}
