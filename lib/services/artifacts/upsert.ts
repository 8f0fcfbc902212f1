import { AppError } from '../../domain/errors';
import type { ArtifactView } from '../../domain/views';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';

export type ArtifactInput = {
  projectId: string;
  conversationId?: string | null;
  type: ArtifactView['type'];
  title: string;
  /** `{ id }` of the row it shows, as a card message would store it; what has no row of its own stands here whole. */
  content: Prisma.InputJsonObject;
  /** Same subject, same artifact: "brief", "campaign:<id>", "report:<id>", "action:<id>". */
  subject: string;
};

/** Keeps one artifact per subject: the first call makes it, later ones renew it. @throws AppError not_found */
export async function upsertArtifact(ctx: ServiceContext, input: ArtifactInput): Promise<{ artifactId: string }> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const occurredAt = await workspaceNow(inner, tx);
    const shown = {
      type: input.type,
      title: input.title,
      content: input.content,
      conversationId: input.conversationId ?? null,
      occurredAt,
    };
    const artifact = await tx.artifact.upsert({
      where: { projectId_subject: { projectId: input.projectId, subject: input.subject } },
      create: { workspaceId: ctx.workspaceId, projectId: input.projectId, subject: input.subject, ...shown },
      update: shown,
      select: { id: true },
    });
    await record(tx, inner, {
      event: 'artifact.saved',
      subject: { type: 'artifact', id: artifact.id },
      projectId: input.projectId,
      payload: { type: input.type },
    });
    return { artifactId: artifact.id };
  });
}
