import { wakeUp } from '../runtime/listen';
import type { ServiceContext } from '../services/context';
import { latestEventSeq, readEvents } from '../services/events/read';
import type { ServerEvent } from './sse';

/** Everything that happens in the workspace, from the browser's last event id on (or from now). */
export async function* workspaceEvents(
  ctx: ServiceContext,
  lastEventId: number | null,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const latest = await latestEventSeq(ctx);
  // A number from another workspace may lie ahead of this one's.
  let cursor = Math.min(lastEventId ?? latest, latest);
  yield { id: cursor };
  while (!signal.aborted) {
    const woken = wakeUp('aigency_events', ctx.workspaceId, 2000, signal);
    for (const event of await readEvents(ctx, { afterSeq: cursor })) {
      cursor = event.seq;
      yield { id: event.seq, data: event };
    }
    await woken;
  }
}
