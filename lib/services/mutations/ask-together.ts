import type { CampaignAction, Verdict } from '../../domain/action';
import { approvalLifetimeHours, mayBundle } from '../../domain/approval';
import type { Tx } from '../../runtime/db';
import { bundleAsked } from '../../words/en/bundle';
import { type ApprovedItem, remoteOfItems } from '../approvals/items';
import { requestApproval } from '../approvals/request';
import { chatOf, subjectsOf } from '../approvals/subjects';
import { type ServiceContext, transact } from '../context';
import { lockProject } from '../pacing/lock';
import { currentPolicy } from '../policy/current';
import { askOwner } from './ask-owner';
import { type CampaignKnown, readCampaign } from './campaign-state';

type Unasked = { actionId: string; campaign: CampaignKnown; action: CampaignAction; risk: 'normal' | 'high' };

/**
 * Puts everything of a project that was judged "ask" and stands on no card yet before the owner: small changes on one card
 * together, whose one press approves exactly the listed set; anything bigger on a card of its own. Asked again after a crash,
 * it asks for what was left.
 * @param input.only of these alone; left out: of everything
 */
export async function askTogether(
  ctx: ServiceContext,
  input: { projectId: string; only?: readonly string[] },
): Promise<{ cards: number }> {
  return transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, input.projectId);
    const rows = await tx.campaignActionRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        state: 'WAITING',
        approvalId: null,
        ...(input.only ? { id: { in: [...input.only] } } : {}),
      },
      orderBy: { createdAt: 'asc' },
    });
    const unasked: Unasked[] = [];
    for (const row of rows) {
      const verdict = row.verdict as Verdict;
      unasked.push({
        actionId: row.id,
        campaign: await readCampaign(tx, inner, row.campaignRecordId),
        action: row.action as CampaignAction,
        risk: verdict.answer === 'ask' ? verdict.risk : 'high',
      });
    }
    const policyVersion = (await currentPolicy(tx, inner, input.projectId))?.version ?? null;
    const small = unasked.filter(({ action, risk }) => mayBundle(action, risk));
    const alone = small.length > 1 ? unasked.filter((one) => !small.includes(one)) : unasked;
    for (const one of alone) await askOwner(tx, inner, { ...one, policyVersion });
    if (small.length < 2) return { cards: alone.length };
    await askAsOne(tx, inner, { projectId: input.projectId, small, policyVersion });
    return { cards: alone.length + 1 };
  });
}

type Asking = { projectId: string; small: readonly Unasked[]; policyVersion: number | null };

async function askAsOne(tx: Tx, ctx: ServiceContext, { projectId, small, policyVersion }: Asking): Promise<void> {
  const items: ApprovedItem[] = small.map(({ actionId, campaign, action }) => ({
    actionId,
    campaignRecordId: campaign.id,
    action,
  }));
  const budgets = small.flatMap(({ action }) =>
    action.kind === 'set_ad_set_budget' ? [{ from: BigInt(action.from.minor), to: BigInt(action.to.minor) }] : [],
  );
  const currency = small[0]?.campaign.currency;
  const { approvalId } = await requestApproval(ctx, {
    kind: 'bundle',
    projectId,
    conversationId: await chatOf(ctx, projectId),
    payload: { items },
    shownText: bundleAsked(items.length),
    remote: await remoteOfItems(tx, ctx, { kind: 'bundle', items }),
    deltaMinor: budgets.reduce((sum, { from, to }) => sum + to - from, 0n),
    ...(currency ? { currency } : {}),
    ...(policyVersion === null ? {} : { policyVersion }),
    // The one that runs out first ends them all: the press is one.
    lifetimeHours: Math.min(24, ...budgets.map(({ from, to }) => approvalLifetimeHours(from, to))),
    subject: `bundle:${projectId}`,
    // A card about one of them alone is answered by this one as well.
    alsoReplaces: items.flatMap(({ action, campaignRecordId }) => {
      const { subject, alsoReplaces = [] } = subjectsOf(action, campaignRecordId);
      return [subject, ...alsoReplaces];
    }),
  });
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: { in: items.map(({ actionId }) => actionId) }, state: 'WAITING' },
    data: { approvalId },
  });
}
