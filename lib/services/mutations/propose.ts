import { type SuggestedAction, subjectOf, type Verdict } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { judge, POLICY_RULES_VERSION } from '../../domain/policy';
import { supportedActions } from '../../platforms/supported-actions';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { lockProject } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { actionSchema } from './action-schema';
import { askAlone } from './ask-alone';
import { readCampaign } from './campaign-state';
import { enqueueExecution } from './enqueue-execution';
import { insertAction } from './insert-action';
import { gatherPolicyInput } from './policy-facts';

export type ProposeActionInput = {
  campaignRecordId: string;
  suggestion: SuggestedAction;
  day: string;
  /** 'together': put before the owner by askTogether, with whatever else is asked at the same time. */
  asks?: 'now' | 'together';
  /** The owner asked for it in words: it comes as a card also where the product only watches. */
  wished?: boolean;
  /** 'caller': whoever proposes carries it out at once; the job is there only in case it dies on the way. */
  by?: 'caller' | 'queue';
};

/** Real seconds a caller has for carrying out what it proposed, before the queue takes over. */
const CALLER_SECONDS = 180;
export type Proposed = { actionId: string; verdict: Verdict };

/**
 * Brings a suggestion before policy. Allowed: it goes to the gate (a caller that holds the account may carry it out at
 * once). To be asked: a card. Refused: it stays as a record. The same subject and kind is proposed once per account day.
 * @param day the account's day, "2026-11-21"
 * @throws AppError not_found, invalid_input, conflict when the campaign does not run
 */
export async function proposeAction(ctx: ServiceContext, input: ProposeActionInput): Promise<Proposed> {
  const parsed = actionSchema.safeParse(input.suggestion.action);
  if (!parsed.success)
    throw new AppError('invalid_input', { action: input.suggestion.action.kind }, { cause: parsed.error });
  const action = parsed.data;
  const { evidence } = input.suggestion;
  return transact(ctx, async (tx, inner) => {
    const campaign = await readCampaign(tx, inner, input.campaignRecordId);
    await lockProject(tx, inner, campaign.projectId);
    await recountRunning(tx, inner, campaign.projectId);
    if (!(WATCHED_STATUSES as readonly string[]).includes(campaign.status))
      throw new AppError('conflict', { campaign: campaign.id, status: campaign.status });
    const { policyVersion, ...facts } = await gatherPolicyInput(tx, inner, {
      campaign,
      action,
      evidence,
      actor: { type: 'engine' },
    });
    const supported = supportedActions('meta').includes(action.kind);
    const judged: Verdict = supported ? judge(facts) : { answer: 'refuse', reasons: ['not_supported'] };
    const verdict: Verdict =
      input.wished && judged.answer === 'shadow' ? { ...judged, answer: 'ask', risk: 'normal' } : judged;
    // Whichever of the two gives: money moves between campaigns of a project once a day.
    const dedupeKey =
      action.kind === 'shift_campaigns'
        ? `${campaign.projectId}:${action.kind}:${input.day}`
        : `${campaign.id}:${action.kind}:${subjectOf(action)}:${input.day}`;
    const created = await insertAction(tx, inner, {
      campaign,
      action,
      evidence: evidence as Prisma.InputJsonValue,
      verdict,
      dedupeKey,
    });
    if (!created) {
      const earlier = await tx.campaignActionRecord.findUniqueOrThrow({ where: { dedupeKey } });
      return { actionId: earlier.id, verdict: earlier.verdict as Verdict };
    }
    await record(tx, inner, {
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
    if (verdict.answer === 'allow')
      await enqueueExecution(tx, inner, {
        actionId: created.id,
        ...(input.by === 'caller' ? { afterSeconds: CALLER_SECONDS } : {}),
      });
    if (verdict.answer === 'ask' && input.asks !== 'together')
      await askAlone(tx, inner, { actionId: created.id, campaign, action, risk: verdict.risk, policyVersion });
    return { actionId: created.id, verdict };
  });
}
