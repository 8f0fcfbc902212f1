import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import { moneyFromJson } from '../../domain/money';
import { PLAN_SCHEMA_VERSION, type Plan } from '../../domain/plan';
import { planDiff } from '../../domain/plan-diff';
import { spendShape } from '../../domain/spend-shape';
import { isUniqueViolation, type Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { changeInWords, planWords } from '../../words/en/plan';
import { requestApproval } from '../approvals/request';
import { upsertArtifact } from '../artifacts/upsert';
import { type ServiceContext, transact } from '../context';
import { openCampaignConversation } from '../conversations/open';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { lockProject } from '../pacing/lock';
import type { OpenCampaign } from './open-campaign';

/** A launch card may be pressed for one business day; after that its numbers are too old to decide on. */
const LIFETIME_HOURS = 24;

type SavePlanInput = {
  projectId: string;
  adAccountId: string;
  briefVersion: number;
  plan: Plan;
  open: OpenCampaign | null;
};
export type SavedPlan = {
  campaignRecordId: string;
  planVersionId: string;
  approvalId: string;
  conversationId: string;
  version: number;
  changed: boolean;
};

/**
 * Stores the plan as a version (insert-only, canonical JSON and its SHA-256), opens or reuses the campaign's conversation
 * and puts the card there; all of it commits together. The same plan while its card waits changes nothing.
 * @throws AppError conflict when the campaign was decided or changed meanwhile
 */
export async function savePlan(ctx: ServiceContext, input: SavePlanInput): Promise<SavedPlan> {
  const canonical = canonicalJson(input.plan);
  const sha256 = sha256Hex(canonical);
  try {
    return await transact(ctx, async (tx, inner) => {
      await lockProject(tx, inner, input.projectId);
      const same = input.open?.sha256 === sha256 ? await waitingCard(tx, inner, input.open) : null;
      if (same) return same;
      const campaign = await openOrCreate(tx, inner, input);
      const version = (input.open?.version ?? 0) + 1;
      const stored = await tx.planVersion.create({
        data: {
          workspaceId: ctx.workspaceId,
          campaignRecordId: campaign.id,
          version,
          schemaVersion: PLAN_SCHEMA_VERSION,
          canonical,
          sha256,
          briefVersion: input.briefVersion,
        },
        select: { id: true },
      });
      const { conversationId } = await openCampaignConversation(inner, {
        projectId: input.projectId,
        campaignRecordId: campaign.id,
        title: input.plan.name,
      });
      await introduce(tx, inner, { ...input, version, conversationId });
      const approvalId = await askForApproval(tx, inner, {
        ...input,
        campaignRecordId: campaign.id,
        planVersionId: stored.id,
        conversationId,
      });
      await upsertArtifact(inner, {
        projectId: input.projectId,
        conversationId,
        type: 'CAMPAIGN',
        title: input.plan.name,
        subject: `campaign:${campaign.id}`,
        content: { id: approvalId },
      });
      await record(tx, inner, {
        event: 'plan.drafted',
        subject: { type: 'campaign', id: campaign.id },
        projectId: input.projectId,
        payload: { version, planVersionId: stored.id },
        audit: { after: { version, hash: sha256, brief: input.briefVersion } },
      });
      return {
        campaignRecordId: campaign.id,
        planVersionId: stored.id,
        approvalId,
        conversationId,
        version,
        changed: true,
      };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('conflict', { project: input.projectId }, { cause: error });
    throw error;
  }
}

async function waitingCard(tx: Tx, ctx: ServiceContext, open: OpenCampaign): Promise<SavedPlan | null> {
  const waiting = await tx.approval.findFirst({
    where: { workspaceId: ctx.workspaceId, planVersionId: open.planVersionId, kind: 'launch', state: 'WAITING' },
    select: { id: true },
  });
  if (!waiting || !open.conversationId) return null;
  return {
    campaignRecordId: open.id,
    planVersionId: open.planVersionId,
    approvalId: waiting.id,
    conversationId: open.conversationId,
    version: open.version,
    changed: false,
  };
}

async function openOrCreate(
  tx: Tx,
  ctx: ServiceContext,
  { projectId, adAccountId, plan, open }: SavePlanInput,
): Promise<{ id: string }> {
  const shown = {
    name: plan.name,
    status: 'PENDING_APPROVAL',
    adAccountId,
    currency: plan.account.currency,
    timezone: plan.account.timezone,
  };
  if (!open) {
    // Two turns that draft at the same moment take turns; the second finds the first one's campaign.
    await tx.$queryRaw`SELECT "id" FROM "Project" WHERE "id" = ${projectId} AND "workspaceId" = ${ctx.workspaceId} FOR UPDATE`;
    const meanwhile = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, projectId, status: { in: ['PENDING_APPROVAL', 'CHANGES_REQUESTED'] } },
      select: { id: true },
    });
    if (meanwhile) throw new AppError('conflict', { campaign: meanwhile.id });
    return tx.campaignRecord.create({
      data: { workspaceId: ctx.workspaceId, projectId, ...shown },
      select: { id: true },
    });
  }
  const changed = await tx.campaignRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: open.id, status: { in: ['PENDING_APPROVAL', 'CHANGES_REQUESTED'] } },
    data: shown,
  });
  if (changed.count === 0) throw new AppError('conflict', { campaign: open.id });
  return { id: open.id };
}

/** What stands before the card: an introduction, or the list of what changed. */
async function introduce(
  tx: Tx,
  ctx: ServiceContext,
  input: SavePlanInput & { version: number; conversationId: string },
): Promise<void> {
  const { open, version, conversationId, plan } = input;
  if (!open) {
    await postMessage(ctx, { conversationId, role: 'agent', kind: 'TEXT', text: planWords.intro });
    return;
  }
  const locale = await localeOf(tx, ctx, input.projectId);
  const changes = planDiff(open.plan, plan).map((change) => changeInWords(change, locale));
  if (changes.length === 0) return;
  await postMessage(ctx, {
    conversationId,
    role: 'agent',
    kind: 'PLAN_DIFF',
    text: planWords.changedIntro(open.version, version),
    payload: { kind: 'PLAN_DIFF', fromVersion: open.version, toVersion: version, changes },
  });
}

async function localeOf(tx: Tx, ctx: ServiceContext, projectId: string): Promise<string> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { locale: true },
  });
  return project?.locale ?? 'en';
}

type Asking = SavePlanInput & { campaignRecordId: string; planVersionId: string; conversationId: string };

/** The hash of the card is the hash of the version: the payload is the plan itself. */
async function askForApproval(
  tx: Tx,
  ctx: ServiceContext,
  { plan, projectId, campaignRecordId, planVersionId, conversationId }: Asking,
): Promise<string> {
  const daily = moneyFromJson(plan.dailyBudget);
  const { approvalId } = await requestApproval(ctx, {
    kind: 'launch',
    projectId,
    conversationId,
    campaignRecordId,
    planVersionId,
    payload: plan,
    deltaMinor: daily.minor,
    currency: daily.currency,
    shownText: planWords.shown(plan, spendShape(daily), await localeOf(tx, ctx, projectId)),
    lifetimeHours: LIFETIME_HOURS,
    subject: `launch:${campaignRecordId}`,
  });
  return approvalId;
}
