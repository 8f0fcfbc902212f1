import { type BriefDraft, type FactSource, missingBriefFields } from '../../domain/brief';
import { applyBriefPatch, type BriefProblem, checkBriefPatch } from '../../domain/brief-check';
import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import { isUniqueViolation, type Prisma } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { columnsOfDraft, draftOfRow, type FactSources } from './row';

export type BriefUpdate = {
  version: number;
  draft: BriefDraft;
  missing: ReturnType<typeof missingBriefFields>;
  problems: BriefProblem[];
  changed: boolean;
};

/**
 * Takes what holds of a change into the brief as a new version, which the owner has to confirm anew. Values that do not
 * hold come back as problems to ask again; a change that changes nothing makes no version.
 * @throws AppError not_found, conflict when another change came between
 */
export async function updateBrief(
  ctx: ServiceContext,
  input: { projectId: string; patch: BriefDraft; source: FactSource },
): Promise<BriefUpdate> {
  try {
    return await transact(ctx, async (tx, inner) => {
      const project = await tx.project.findFirst({
        where: { workspaceId: ctx.workspaceId, id: input.projectId },
        select: { id: true },
      });
      if (!project) throw new AppError('not_found', { project: input.projectId });
      const row = await tx.projectBrief.findFirst({ where: { workspaceId: ctx.workspaceId, projectId: project.id } });
      const current = row ? draftOfRow(row) : {};
      const { accepted, problems } = checkBriefPatch(input.patch, current);
      const draft = applyBriefPatch(current, accepted);
      const missing = missingBriefFields(draft);
      if (canonicalJson(draft) === canonicalJson(current))
        return { version: row?.version ?? 0, draft, missing, problems, changed: false };

      const version = (row?.version ?? 0) + 1;
      const at = (await workspaceNow(inner, tx)).toISOString();
      const sources: FactSources = { ...((row?.sources ?? {}) as FactSources) };
      for (const field of Object.keys(accepted) as (keyof BriefDraft)[]) sources[field] = { source: input.source, at };
      if (draft.customerValue === undefined) delete sources.customerValue;
      const columns = {
        ...columnsOfDraft(draft),
        sources: sources as Prisma.InputJsonValue,
        version,
        confirmedAt: null,
      };
      if (row) {
        const changed = await tx.projectBrief.updateMany({
          where: { workspaceId: ctx.workspaceId, projectId: project.id, version: row.version },
          data: columns,
        });
        if (changed.count === 0) throw new AppError('conflict', { brief: project.id });
      } else {
        await tx.projectBrief.create({ data: { workspaceId: ctx.workspaceId, projectId: project.id, ...columns } });
      }
      await tx.briefVersion.create({
        data: { workspaceId: ctx.workspaceId, projectId: project.id, version, fields: draft, actor: ctx.actor },
      });
      await record(tx, inner, {
        event: 'brief.updated',
        subject: { type: 'brief', id: project.id },
        projectId: project.id,
        payload: { version },
        audit: {
          before: { version: row?.version ?? 0 },
          after: { version, fields: Object.keys(accepted).sort().join(',') },
        },
      });
      return { version, draft, missing, problems, changed: true };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('conflict', { brief: input.projectId }, { cause: error });
    throw error;
  }
}
