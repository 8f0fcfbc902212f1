import type { BriefDraft } from '../../domain/brief';
import { type ServiceContext, transact } from '../context';
import { draftOfRow } from './row';

export type StoredBrief = { draft: BriefDraft; version: number; confirmedAt: Date | null };

/** The project's current brief; null before the first fact is known, and for another workspace's project. */
export async function readBrief(ctx: ServiceContext, input: { projectId: string }): Promise<StoredBrief | null> {
  const row = await transact(ctx, (tx) =>
    tx.projectBrief.findFirst({ where: { workspaceId: ctx.workspaceId, projectId: input.projectId } }),
  );
  return row ? { draft: draftOfRow(row), version: row.version, confirmedAt: row.confirmedAt } : null;
}
