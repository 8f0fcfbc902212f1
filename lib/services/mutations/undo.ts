import type { CampaignAction, Evidence, Verdict } from '../../domain/action';
import { AppError } from '../../domain/errors';
import { judge } from '../../domain/policy';
import { inverseOf, undoStateOf } from '../../domain/undo';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lockProject } from '../pacing/lock';
import { requireMay } from '../workspaces/require-may';
import { askAlone } from './ask-alone';
import { type CampaignKnown, readCampaign } from './campaign-state';
import { enqueueExecution } from './enqueue-execution';
import { insertAction } from './insert-action';
import { gatherPolicyInput, roleOf } from './policy-facts';
import { OTHER } from './record-shown';

/**
 * Takes an action back: an action of its own, through the gate, which restores only what the platform still shows as we
 * left it. An Undo that raises spend is judged anew and may come back as a card. A second press changes nothing; one that
 * came to nothing may be pressed again.
 * @throws AppError undo_conflict (somebody changed it since), not_found, undo_not_possible (too late, never done, itself an Undo, or out of the question)
 */
export async function undoAction(ctx: ServiceContext, input: { actionId: string }): Promise<{ actionId: string }> {
  return transact(ctx, async (tx, inner) => {
    const row = await tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
    });
    if (!row) throw new AppError('not_found', { action: input.actionId });
    await requireMay(inner, 'action.undo');
    await lockProject(tx, inner, row.projectId);
    const earlier = await tx.campaignActionRecord.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        undoOfId: row.id,
        state: { in: ['WAITING', 'EXECUTING', 'DONE', 'UNDONE'] },
      },
      select: { id: true },
    });
    if (earlier) return { actionId: earlier.id };
    const failed = await tx.campaignActionRecord.count({ where: { workspaceId: ctx.workspaceId, undoOfId: row.id } });
    const undo = undoStateOf(row, await workspaceNow(inner, tx));
    if (undo !== 'possible') throw new AppError('undo_not_possible', { action: row.id, undo });
    const campaign = await readCampaign(tx, inner, row.campaignRecordId);
    const action = inverseOf(row.action as CampaignAction);
    if (!action) throw new AppError('undo_not_possible', { action: row.id, undo: 'none' });
    const other = action.kind === 'shift_campaigns' ? await readCampaign(tx, inner, action.other.campaignId) : null;
    const changed = changedSince(row.after, campaign, other);
    if (changed.length > 0) throw new AppError('undo_conflict', { action: row.id, changed });
    const evidence = row.evidence as Evidence;
    const { policyVersion, ...facts } = await gatherPolicyInput(tx, inner, {
      campaign,
      action,
      evidence,
      actor: { type: 'undo', role: await roleOf(tx, inner) },
    });
    const verdict = await judgeUndo(tx, inner, row.id, judge(facts));
    if (verdict.answer === 'refuse' || verdict.answer === 'shadow')
      throw new AppError('undo_not_possible', { action: row.id, reasons: verdict.reasons });
    const created = await insertAction(tx, inner, {
      campaign,
      action,
      evidence: evidence as Prisma.InputJsonValue,
      verdict,
      dedupeKey: `undo:${row.id}:${failed}`,
      undoOfId: row.id,
    });
    if (!created) throw new AppError('conflict', { action: row.id });
    await record(tx, inner, {
      event: 'action.proposed',
      subject: { type: 'action', id: created.id },
      projectId: row.projectId,
      payload: { campaignId: campaign.id, kind: action.kind, answer: verdict.answer, undoOf: row.id },
      audit: {
        after: { kind: action.kind, undoOf: row.id, answer: verdict.answer },
        reason: { reasons: verdict.reasons.join(','), policy: policyVersion },
      },
    });
    if (verdict.answer === 'allow') await enqueueExecution(tx, inner, { actionId: created.id });
    else await askAlone(tx, inner, { actionId: created.id, campaign, action, risk: verdict.risk, policyVersion });
    return { actionId: created.id };
  });
}

/** What the emergency stop paused comes back by a card alone, also where policy would let our own pause be taken back. */
async function judgeUndo(tx: Tx, ctx: ServiceContext, actionId: string, verdict: Verdict): Promise<Verdict> {
  if (verdict.answer !== 'allow') return verdict;
  const byStop = await tx.stopTarget.count({ where: { workspaceId: ctx.workspaceId, actionId } });
  return byStop === 0 ? verdict : { answer: 'ask', risk: 'high', reasons: ['resumes_spend'] };
}

type Shown = {
  status: string | null;
  dailyBudget: { minor: string; currency: string } | null;
  creativeId: string | null;
};

/** The objects that no longer show what we left there, as far as they were last seen. */
function changedSince(after: unknown, campaign: CampaignKnown, other: CampaignKnown | null): string[] {
  const left = Object.entries((after as Record<string, Shown> | null) ?? {});
  return left.flatMap(([name, shown]) => {
    const home = name.startsWith(OTHER) ? other : campaign;
    const local = name.startsWith(OTHER) ? name.slice(OTHER.length) : name;
    const object = home?.objects.find((candidate) => `${candidate.level}:${candidate.localKey}` === local);
    const now = object?.state as Partial<Shown> | undefined;
    const same =
      object !== undefined &&
      object.status === shown.status &&
      (now?.dailyBudget?.minor ?? null) === (shown.dailyBudget?.minor ?? null) &&
      (now?.creativeId ?? null) === shown.creativeId;
    return same ? [] : [name];
  });
}
