import { systemClock } from '../runtime/clock';
import { log } from '../runtime/log';
import { askStream, closeStream, openStream } from '../services/events/open-stream';
import type { Session } from './session';

/** How soon a stream notices that it has to end. */
const ASK_EVERY_MS = 2_000;
/** A stream nobody can vouch for ends: so many questions may go unanswered in a row. */
const MOST_UNANSWERED = 5;

/**
 * Ends a stream whose reader may no longer read: signed out, expired, removed from the workspace, or with newer streams
 * enough. `onEnd` is told why. Runs until the stream is over.
 */
export async function watchStream(
  session: Session,
  over: AbortSignal,
  onEnd: (why: 'ended' | 'crowded') => void,
): Promise<void> {
  let streamId: string | null = null;
  let unanswered = 0;
  try {
    while (!over.aborted) {
      try {
        streamId ??= await openStream({ userId: session.user.id });
        const answer = await askStream({
          streamId,
          userId: session.user.id,
          sessionId: session.sessionId,
          workspaceId: session.ctx.workspaceId,
        });
        unanswered = 0;
        if (answer !== 'open') return onEnd(answer);
      } catch (error) {
        unanswered += 1;
        log.warn({ err: error }, 'an event stream could not be vouched for');
        if (unanswered >= MOST_UNANSWERED) return onEnd('ended');
      }
      await systemClock.sleep(ASK_EVERY_MS, over);
    }
  } finally {
    if (streamId) await closeStream({ streamId }).catch(() => undefined);
  }
}
