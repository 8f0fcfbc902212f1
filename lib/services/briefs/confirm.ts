import { isCompleteBrief } from '../../domain/brief';
import { AppError } from '../../domain/errors';
import { planWords } from '../../words/en/plan';
import { upsertArtifact } from '../artifacts/upsert';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { briefCardId } from './card';
import { draftOfRow } from './row';

/**
 * The owner's press on the brief card: exactly this version becomes the one plans are made from. Pressing twice changes
 * nothing. @throws AppError not_found, conflict when the brief has changed since, invalid_input while something is missing
 */
export async function confirmBrief(ctx: ServiceContext, input: { projectId: string; version: number }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const row = await tx.projectBrief.findFirst({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId },
    });
    if (!row) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'brief.confirm');
    if (row.version === input.version && row.confirmedAt) return;
    const draft = draftOfRow(row);
    if (!isCompleteBrief(draft)) throw new AppError('invalid_input', { brief: 'incomplete' });
    const changed = await tx.projectBrief.updateMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, version: input.version, confirmedAt: null },
      data: { confirmedAt: await workspaceNow(inner, tx) },
    });
    if (changed.count === 0) throw new AppError('conflict', { brief: input.projectId, version: input.version });
    await upsertArtifact(inner, {
      projectId: input.projectId,
      type: 'BRIEF',
      title: planWords.briefTitle(draft.businessName),
      subject: 'brief',
      content: { id: briefCardId(input.projectId, input.version) },
    });
    await record(tx, inner, {
      event: 'brief.confirmed',
      subject: { type: 'brief', id: input.projectId },
      projectId: input.projectId,
      payload: { version: input.version },
      audit: { before: { confirmed: false }, after: { confirmed: true, version: input.version } },
    });
  });
}
