import type { DriftView } from '../../domain/views';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { isCap, restoringAction } from '../mutations/settle-drift';
import { withTheirCap } from '../pacing/keep-cap';
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
      select: { id: true, name: true, currency: true, timezone: true },
    });
    const costs = new Map<string, string | null>();
    for (const row of rows.filter((one) => one.state === 'OPEN' && isCap(one))) {
      const timezone = campaigns.find(({ id }) => id === row.campaignRecordId)?.timezone;
      if (timezone) costs.set(row.id, await keepCosts(tx, inner, { row, timezone }));
    }
    return rows.map((row): DriftView => {
      const keeping = costs.get(row.id);
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
        ...(keeping === undefined ? {} : { keepCosts: keeping }),
        seenAt: row.seenAt.toISOString(),
      };
    });
  });
}

type Cap = { row: { campaignRecordId: string; projectId: string; theirs: unknown }; timezone: string };

async function keepCosts(tx: Tx, ctx: ServiceContext, { row, timezone }: Cap): Promise<string | null> {
  const theirs = textOf(row.theirs);
  const campaign = { id: row.campaignRecordId, projectId: row.projectId, timezone };
  const theirsMinor = /^\d+$/.test(theirs) && theirs !== '0' ? BigInt(theirs) : null;
  const keeping = await withTheirCap(tx, ctx, { campaign, theirsMinor });
  return keeping ? keeping.growsMinor.toString() : null;
}

function textOf(stored: unknown): string {
  const { value } = stored as { value: unknown };
  return typeof value === 'string' ? value : JSON.stringify(value);
}
