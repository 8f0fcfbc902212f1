import type { CampaignStatus } from '../../domain/campaign-status';
import { money, moneyToJson } from '../../domain/money';
import { addDays, dayIn } from '../../domain/time';
import type { ProjectView } from '../../domain/views';
import { businessNow, type Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

const include = {
  adAccount: { include: { connection: { select: { mode: true, status: true } } } },
  campaigns: { where: { status: { not: 'ARCHIVED' } }, orderBy: { createdAt: 'desc' }, take: 1 },
} as const;

/** Projects as the dashboard and the chat show them: three queries, however many projects. */
export async function loadProjectViews(
  tx: Tx,
  ctx: ServiceContext,
  filter: { id?: string } = {},
): Promise<ProjectView[]> {
  const projects = await tx.project.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null, ...filter },
    orderBy: { createdAt: 'asc' },
    include,
  });
  const waiting = await tx.approval.groupBy({
    by: ['projectId'],
    where: { workspaceId: ctx.workspaceId, state: 'WAITING', projectId: { in: projects.map(({ id }) => id) } },
    _count: true,
  });
  const now = await businessNow(tx, ctx.workspaceId);
  const campaignIds = projects.flatMap(({ campaigns }) => campaigns.map(({ id }) => id));
  const oldest = addDays(dayIn('UTC', now), -8);
  const snapshots = await tx.performanceSnapshot.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: { in: campaignIds },
      day: { gte: new Date(`${oldest}T00:00:00Z`) },
    },
    select: { campaignRecordId: true, day: true, spendMinor: true, currency: true },
  });
  return projects.map((project) => {
    const campaign = project.campaigns[0];
    const connection = project.adAccount?.connection;
    const firstDay = project.adAccount ? addDays(dayIn(project.adAccount.timezone, now), -6) : '';
    const recent = snapshots.filter(
      (row) => row.campaignRecordId === campaign?.id && row.day.toISOString().slice(0, 10) >= firstDay,
    );
    const broken = connection && connection.status !== 'HEALTHY' ? 1 : 0;
    return {
      id: project.id,
      name: project.name,
      simulated: connection?.mode === 'SIMULATED',
      connected: connection?.status === 'HEALTHY',
      campaign: campaign
        ? {
            id: campaign.id,
            name: campaign.name,
            status: campaign.status as CampaignStatus,
            dailyBudget: dailyBudgetOf(campaign.structure),
          }
        : null,
      needsAttention: (waiting.find((row) => row.projectId === project.id)?._count ?? 0) + broken,
      spendLast7Days:
        campaign && recent.length > 0
          ? moneyToJson(
              money(
                recent.reduce((sum, row) => sum + row.spendMinor, 0n),
                campaign.currency,
              ),
            )
          : null,
    };
  });
}

/** The approved plan's daily budget; null before approval. Written by the approve path from a validated plan. */
function dailyBudgetOf(structure: unknown): { minor: string; currency: string } | null {
  const budget = (structure as { dailyBudget?: { minor: string; currency: string } } | null)?.dailyBudget;
  return budget ?? null;
}
