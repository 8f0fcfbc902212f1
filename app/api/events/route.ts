import { workspaceEvents } from '@/lib/http/event-feed';
import { route } from '@/lib/http/route';
import { eventStream } from '@/lib/http/sse';

export const maxDuration = 300;

/** The browser's one event stream; resumes by Last-Event-ID. */
export const GET = route({ name: 'events' }, async ({ session, request }) => {
  const last = Number(request.headers.get('last-event-id') ?? Number.NaN);
  return eventStream(request, (signal) => workspaceEvents(session.ctx, Number.isInteger(last) ? last : null, signal));
});
