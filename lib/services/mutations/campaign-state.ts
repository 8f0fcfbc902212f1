import { AppError } from '../../domain/errors';
import { LEAD_FORM } from '../../domain/lead-form';
import type { MoneyJson } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

export type MirrorRow = {
  level: string;
  localKey: string;
  remoteId: string;
  parentRemoteId: string | null;
  status: string | null;
  effectiveStatus: string | null;
  state: unknown;
};

/** A campaign as we know it: its approved plan and the mirror of what stands at the platform. */
export type CampaignKnown = {
  id: string;
  projectId: string;
  conversationId: string | null;
  name: string;
  status: string;
  adAccountId: string;
  currency: string;
  timezone: string;
  plan: Plan;
  objects: MirrorRow[];
};

/** @throws AppError not_found, conflict when the campaign has no approved plan */
export async function readCampaign(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<CampaignKnown> {
  const row = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaignRecordId },
    include: { remoteObjects: true },
  });
  if (!row) throw new AppError('not_found', { campaign: campaignRecordId });
  if (!row.structure) throw new AppError('conflict', { campaign: row.id, status: row.status });
  const { structure, remoteObjects, ...campaign } = row;
  // Written by the approval alone, from the same type.
  return { ...campaign, plan: structure as Plan, objects: remoteObjects };
}

/** The remote object of a local key. @throws AppError conflict when it was never made */
export function objectOf(campaign: Pick<CampaignKnown, 'id' | 'objects'>, level: string, localKey: string): MirrorRow {
  const found = campaign.objects.find((object) => object.level === level && object.localKey === localKey);
  if (!found) throw new AppError('conflict', { campaign: campaign.id, missing: `${level}:${localKey}` });
  return found;
}

/** The platform's id of the form people fill in: the one published with the plan, else the one the plan names. */
export function leadFormIdOf(campaign: { plan: Plan; objects: readonly MirrorRow[] }): string | null {
  const made = campaign.objects.find((object) => object.level === LEAD_FORM.level);
  return made?.remoteId ?? campaign.plan.leadForm?.id ?? null;
}

/** Daily budget of an ad set as the mirror last saw it, else as approved. */
export function dailyBudgetOf(campaign: CampaignKnown, adSetKey: string): MoneyJson | null {
  const mirrored = campaign.objects.find((object) => object.level === 'adset' && object.localKey === adSetKey);
  const seen = (mirrored?.state as { dailyBudget?: MoneyJson | null } | undefined)?.dailyBudget;
  return seen ?? campaign.plan.adSets.find((adSet) => adSet.key === adSetKey)?.dailyBudget ?? null;
}

/** Daily budgets of the ad sets that are on, minor units, by local key. */
export function runningBudgets(campaign: CampaignKnown): Record<string, bigint> {
  const running = campaign.objects.filter((object) => object.level === 'adset' && object.status !== 'PAUSED');
  return Object.fromEntries(
    running.map((object) => [object.localKey, BigInt(dailyBudgetOf(campaign, object.localKey)?.minor ?? 0)]),
  );
}

/** What the account month needs to know of a campaign. */
export function moneyOf(campaign: CampaignKnown) {
  return {
    id: campaign.id,
    projectId: campaign.projectId,
    timezone: campaign.timezone,
    runningMinor: Object.values(runningBudgets(campaign)).reduce((sum, minor) => sum + minor, 0n),
    ceiling: campaign.plan.envelope.monthlyCeiling,
  };
}
