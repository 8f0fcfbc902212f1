import type { BriefDraft } from '../../domain/brief';
import { AppError } from '../../domain/errors';
import { updateBrief } from '../briefs/update';
import { type ServiceContext, transact } from '../context';

/**
 * Answers an owner gave in a form instead of in words: facts of the brief, the owner's own. All of them hold, or none is
 * taken. @throws AppError not_found, invalid_input naming the fields that do not hold
 */
export async function takeAnswers(
  ctx: ServiceContext,
  input: { conversationId: string; answers: BriefDraft },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const conversation = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.conversationId },
      select: { projectId: true },
    });
    if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    const { problems } = await updateBrief(inner, {
      projectId: conversation.projectId,
      patch: input.answers,
      source: 'owner',
    });
    if (problems.length > 0) throw new AppError('invalid_input', { fields: problems.map(({ field }) => field) });
  });
}
