import { AppError } from '../../domain/errors';
import type { MessageKind } from '../../domain/message';
import type { ArtifactView } from '../../domain/views';
import { loadCards } from '../cards/load';
import { type ServiceContext, transact } from '../context';

/** The message kind whose card shows an artifact; images and texts stand in the artifact itself. */
const CARD_OF: Partial<Record<ArtifactView['type'], MessageKind>> = {
  BRIEF: 'BRIEF_SUMMARY',
  CAMPAIGN: 'APPROVAL_REQUEST',
  REPORT: 'REPORT',
  ACTION: 'AGENT_ACTION',
};
const NEWEST = 200;

/** What was made for a project, newest first, each with its card as the rows stand now. */
export async function listArtifacts(ctx: ServiceContext, input: { projectId: string }): Promise<ArtifactView[]> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const rows = await tx.artifact.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId },
      orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
      take: NEWEST,
    });
    const cards = await loadCards(
      tx,
      inner,
      rows.map((row) => ({
        id: row.id,
        kind: CARD_OF[row.type as ArtifactView['type']] ?? 'TEXT',
        metadata: row.content,
      })),
    );
    return rows.map((row) => ({
      id: row.id,
      type: row.type as ArtifactView['type'],
      title: row.title,
      at: row.occurredAt.toISOString(),
      card: cards.get(row.id) ?? null,
      downloadHref: fileOf(ctx, row.content),
    }));
  });
}

/** Names the workspace: the address is opened without a header, and the session may have another one open by then. */
function fileOf(ctx: ServiceContext, content: unknown): string | null {
  if (typeof content !== 'object' || content === null || !('sha256' in content)) return null;
  return `/api/files/${encodeURIComponent(String(content.sha256))}?${new URLSearchParams({ workspace: ctx.workspaceId })}`;
}
