import type { Attachment } from '../../domain/attachment';
import { AppError } from '../../domain/errors';
import { chatWords } from '../../words/en/chat';
import { upsertArtifact } from '../artifacts/upsert';
import { type ServiceContext, transact } from '../context';

/**
 * The owner's uploaded photos a message names, in its order, kept among the project's papers from now on: the next plan's
 * pictures use them. @throws AppError not_found for a file that is not a photo this workspace uploaded
 */
export async function attachPhotos(
  ctx: ServiceContext,
  input: { conversationId: string; fileIds: readonly string[] },
): Promise<Attachment[]> {
  const fileIds = [...new Set(input.fileIds)];
  if (fileIds.length === 0) return [];
  return transact(ctx, async (tx, inner) => {
    const conversation = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.conversationId },
      select: { projectId: true },
    });
    if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    const files = await tx.storedFile.findMany({
      where: { workspaceId: ctx.workspaceId, sha256: { in: fileIds }, origin: 'owner' },
      select: { sha256: true, width: true, height: true },
    });
    const attachments: Attachment[] = [];
    for (const fileId of fileIds) {
      const file = files.find(({ sha256 }) => sha256 === fileId);
      if (!file) throw new AppError('not_found', { file: fileId });
      attachments.push({ fileId, width: file.width ?? 0, height: file.height ?? 0 });
      await upsertArtifact(inner, {
        projectId: conversation.projectId,
        conversationId: input.conversationId,
        type: 'IMAGE',
        title: chatWords.photos.artifact,
        content: { sha256: fileId, source: 'owner' },
        subject: `photo:${fileId}`,
      });
    }
    return attachments;
  });
}
