import type { CampaignAction, Evidence, Verdict } from '../../domain/action';
import type { ApprovalKind } from '../../domain/approval';
import type { ActionApprovalView, CampaignApprovalView, Card, PolicyApprovalView } from '../../domain/message';
import { moneyFromJson } from '../../domain/money';
import type { Plan, SpendShape } from '../../domain/plan';
import { spendShape } from '../../domain/spend-shape';
import type { Tx } from '../../runtime/db';
import { policyChangeLines, workspaceLimitLines } from '../../words/en/policy';
import { planNames, subjectNameOf } from '../actions/subject-name';
import { comparedIn } from '../ad-tests/compared';
import { type ServiceContext, workspaceNow } from '../context';
import { launchNotes } from '../pacing/launch-notes';
import { headOf } from './card-head';
import { bundleCard, releaseCard } from './card-of-many';
import { policyChangeSchema, workspaceLimitChangeSchema } from './payload';
import type { ApprovalRow } from './row';

/** Approval cards by id, as they stand now. A card past its time reads as expired even before the sweep closes it. */
export async function loadApprovalCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const rows = await tx.approval.findMany({ where: { workspaceId: ctx.workspaceId, id: { in: ids } } });
  const now = await workspaceNow(ctx, tx);
  const cards = new Map<string, Card>();
  for (const row of rows) {
    const card = await cardOf(tx, ctx, row, now);
    if (card) cards.set(row.id, card);
  }
  return cards;
}

async function cardOf(tx: Tx, ctx: ServiceContext, row: ApprovalRow, now: Date): Promise<Card | null> {
  switch (row.kind as ApprovalKind) {
    case 'launch':
      return launchCard(tx, ctx, row, now);
    case 'campaign_action':
      return actionCard(tx, ctx, row, now);
    case 'policy_change':
      return policyCard(tx, ctx, row, now);
    case 'bundle':
      return bundleCard(tx, ctx, row, now);
    case 'stop_release':
      return releaseCard(tx, ctx, row, now);
    default:
      return null;
  }
}

async function policyCard(
  tx: Tx,
  ctx: ServiceContext,
  row: ApprovalRow,
  now: Date,
): Promise<PolicyApprovalView | null> {
  const payload: unknown = JSON.parse(row.payload);
  const parsed = policyChangeSchema.safeParse(payload);
  const whole = workspaceLimitChangeSchema.safeParse(payload);
  if (!parsed.success && !whole.success) return null;
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: row.projectId },
    select: { locale: true },
  });
  const locale = project?.locale ?? 'en';
  return {
    ...headOf(row, now),
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'policy_change',
    projectId: row.projectId,
    risk: row.riskClass === 'high' ? 'high' : 'normal',
    changes: parsed.success
      ? policyChangeLines(parsed.data.before, parsed.data.after, locale)
      : workspaceLimitLines(whole.data?.before ?? null, whole.data?.after ?? null, locale),
  };
}

async function launchCard(
  tx: Tx,
  ctx: ServiceContext,
  row: ApprovalRow,
  now: Date,
): Promise<CampaignApprovalView | null> {
  if (!row.campaignRecordId || !row.planVersionId) return null;
  const version = await tx.planVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, id: row.planVersionId },
    select: { version: true },
  });
  const plan = JSON.parse(row.payload) as Plan;
  return {
    ...headOf(row, now),
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'launch',
    campaignId: row.campaignRecordId,
    planVersion: version?.version ?? 1,
    plan,
    spend: spendShape(moneyFromJson(plan.dailyBudget)),
    ...(row.state === 'WAITING'
      ? { monthNotes: await launchNotes(tx, ctx, { projectId: row.projectId, plan, locale: 'en' }) }
      : {}),
  };
}

async function actionCard(
  tx: Tx,
  ctx: ServiceContext,
  row: ApprovalRow,
  now: Date,
): Promise<ActionApprovalView | null> {
  if (!row.actionId) return null;
  const record = await tx.campaignActionRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: row.actionId },
    include: { campaign: { select: { name: true, structure: true } } },
  });
  if (!record) return null;
  const action = record.action as CampaignAction;
  const plan = record.campaign.structure as Plan | null;
  return {
    ...headOf(row, now),
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'campaign_action',
    campaignId: record.campaignRecordId,
    campaignName: record.campaign.name,
    action,
    evidence: record.evidence as Evidence,
    risk: row.riskClass === 'high' ? 'high' : 'normal',
    spend: spendOf(action),
    subjectName: subjectNameOf(action, plan),
    names: planNames(plan),
    reasons: (record.verdict as Verdict).reasons,
    ...(action.kind === 'add_ad' && plan ? { page: plan.page.name } : {}),
    ...(action.kind === 'start_test' && plan ? { compared: comparedIn(action.test, plan) } : {}),
  };
}

function spendOf(action: CampaignAction): { before: SpendShape; after: SpendShape } | null {
  if (action.kind !== 'set_ad_set_budget') return null;
  return { before: spendShape(moneyFromJson(action.from)), after: spendShape(moneyFromJson(action.to)) };
}
