import { reminderDue } from '../../domain/login-health';
import { dayIn } from '../../domain/time';
import { connectionWords } from '../../words/en/connection';
import { formatDay } from '../../words/format';
import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { notify } from '../notifications/notify';
import { projectsOf } from './mark-broken';

/**
 * Ten and three days before a login ends, a card to sign in again, in every project that depends on it; once each, however
 * often and by however many it is asked.
 */
export async function remindOfEnd(
  ctx: ServiceContext,
  input: { connectionId: string; endsAt: Date; remindedDays: number | null; now: Date },
): Promise<10 | 3 | null> {
  const due = reminderDue(input);
  if (due === null) return null;
  return transact(ctx, async (tx, inner) => {
    const taken = await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId, remindedDays: input.remindedDays },
      data: { remindedDays: due },
    });
    if (taken.count === 0) return null;
    for (const projectId of await projectsOf(tx, ctx.workspaceId, input.connectionId)) {
      const project = await tx.project.findFirstOrThrow({
        where: { workspaceId: ctx.workspaceId, id: projectId },
        select: { locale: true, timezone: true },
      });
      const day = dayIn(project.timezone, input.endsAt);
      const eventId = await record(tx, inner, {
        event: 'connection.ending',
        subject: { type: 'connection', id: input.connectionId },
        projectId,
        payload: { days: due },
        audit: { after: { remindedDays: due, day } },
      });
      const { conversationId } = await projectConversationFor(inner, { projectId });
      const message = await postMessage(inner, {
        conversationId,
        role: 'agent',
        kind: 'FB_CONNECT',
        text: connectionWords.ending(formatDay(day, project.locale)),
        card: { id: projectId },
      });
      await notify(inner, {
        type: 'ALERT',
        key: 'connection_ending',
        params: { day },
        projectId,
        conversationId,
        messageId: message.id,
        eventId,
      });
    }
    return due;
  });
}
