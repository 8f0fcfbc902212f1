import type { DriftView } from '../../domain/views';
import { type ServiceContext, transact } from '../context';
import { restoringAction } from '../mutations/settle-drift';
import { requireMay } from '../workspaces/require-may';

/** Silent changes that wait for a decision; with `past`, also those that were decided or went away. */
export async function listDrift(
  ctx: ServiceContext,
  input: { projectId?: string; past?: boolean } = {},
): Promise<DriftView[]> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'workspace.read');
    const rows = await tx.driftFinding.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(input.projectId === undefined ? {} : { projectId: input.projectId }),
        ...(input.past ? {} : { state: { in: ['OPEN', 'RESTORING'] } }),
      },
      orderBy: { createdAt: 'desc' },
      take: 200,
    });
    const campaigns = await tx.campaignRecord.findMany({
      where: { workspaceId: ctx.workspaceId, id: { in: rows.map((row) => row.campaignRecordId) } },
      select: { id: true, name: true, currency: true },
    });
    return rows.map((row): DriftView => {
      const campaign = campaigns.find(({ id }) => id === row.campaignRecordId);
      return {
        id: row.id,
        campaignId: row.campaignRecordId,
        campaignName: campaign?.name ?? '',
        projectId: row.projectId,
        level: row.level as DriftView['level'],
        localKey: row.localKey,
        field: row.field,
        ours: textOf(row.ours),
        theirs: textOf(row.theirs),
        currency: campaign?.currency ?? '',
        changedBy: row.changedBy,
        changedAt: row.changedAt?.toISOString() ?? null,
        state: row.state as DriftView['state'],
        mayRestore: row.state === 'OPEN' && restoringAction(row, campaign?.currency ?? '') !== null,
        seenAt: row.seenAt.toISOString(),
      };
    });
  });
}

function textOf(stored: unknown): string {
  const { value } = stored as { value: unknown };
  return typeof value === 'string' ? value : JSON.stringify(value);
}
