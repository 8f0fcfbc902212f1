import { type CampaignAction, isStopAction, subjectOf, topicOf } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { projectConversationFor } from '../conversations/current';
import { itemsOf } from './items';

/**
 * Which waiting cards a new one replaces: those about the same thing of the same object, the newest wins. A card that can only
 * lower spend also takes the place of one that starts the same thing; the other way round it stays until it is answered.
 */
export function subjectsOf(action: CampaignAction, campaignId: string): { subject: string; alsoReplaces?: string[] } {
  const about = `${campaignId}:${topicOf(action)}:${subjectOf(action)}`;
  return isStopAction(action)
    ? { subject: `stop:${about}`, alsoReplaces: [`change:${about}`] }
    : { subject: `change:${about}` };
}

/**
 * A newer card about one of the changes of a set makes it another set, which nobody has seen: the old one is replaced as a
 * whole. Answers the sets that are; their other changes stand on no card then and are asked for again at the next look.
 */
export async function setsWith(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; subjects: readonly string[] },
): Promise<{ id: string; replaced: string[]; left: string[] }[]> {
  const waiting = await tx.approval.findMany({
    where: { workspaceId: ctx.workspaceId, projectId: input.projectId, kind: 'bundle', state: 'WAITING' },
    select: { id: true, kind: true, payload: true },
  });
  return waiting.flatMap((set) => {
    const items = itemsOf(set);
    const isReplaced = ({ action, campaignRecordId }: (typeof items)[number]) =>
      input.subjects.includes(subjectsOf(action, campaignRecordId).subject);
    const ids = (of: typeof items) => of.map(({ actionId }) => actionId);
    const replaced = items.filter(isReplaced);
    if (replaced.length === 0) return [];
    return [{ id: set.id, replaced: ids(replaced), left: ids(items.filter((one) => !isReplaced(one))) }];
  });
}

/** The chat of a project, where it has one: a card without a chat still stands in the inbox. */
export async function chatOf(ctx: ServiceContext, projectId: string): Promise<string | null> {
  try {
    return (await projectConversationFor(ctx, { projectId })).conversationId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
