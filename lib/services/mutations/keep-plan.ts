import type { CampaignAction } from '../../domain/action';
import { canonicalJson } from '../../domain/canonical';
import type { Plan } from '../../domain/plan';
import { planAfter } from '../../domain/plan-after';
import type { Prisma, Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import type { ServiceContext } from '../context';

/**
 * What an approved action made of the plan, once the platform confirmed it: a version of its own (insert-only), which from
 * then on is what the campaign is compared with.
 */
export async function keepPlan(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRecordId: string; plan: Plan; action: CampaignAction },
): Promise<void> {
  const plan = planAfter(input.plan, input.action);
  if (!plan) return;
  const last = await tx.planVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: input.campaignRecordId },
    orderBy: { version: 'desc' },
  });
  const canonical = canonicalJson(plan);
  const stored = await tx.planVersion.create({
    data: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: input.campaignRecordId,
      version: (last?.version ?? 0) + 1,
      schemaVersion: plan.schemaVersion,
      canonical,
      sha256: sha256Hex(canonical),
      briefVersion: plan.briefVersion,
    },
    select: { id: true },
  });
  await tx.campaignRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId },
    data: { structure: JSON.parse(canonical) as Prisma.InputJsonValue, planVersionId: stored.id },
  });
}

/** What is gone at the platform is gone in the mirror, with all that stood below it; a deleted campaign is over. */
export async function markRemoved(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRecordId: string; action: CampaignAction },
): Promise<void> {
  const { action, campaignRecordId } = input;
  if (action.kind !== 'delete_ad' && action.kind !== 'delete_campaign') return;
  await tx.remoteObject.updateMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId,
      ...(action.kind === 'delete_ad'
        ? { level: 'ad', localKey: action.adKey }
        : { level: { in: ['campaign', 'adset', 'ad'] } }),
    },
    data: { status: 'DELETED', effectiveStatus: 'DELETED', seenAt: new Date() },
  });
}
