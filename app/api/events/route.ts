import { workspaceEvents } from '@/lib/http/event-feed';
import { route } from '@/lib/http/route';
import { eventStream } from '@/lib/http/sse';

export const maxDuration = 300;

/** Sequence numbers are 32 bits wide. */
const MAX_SEQ = 2_147_483_647;

/** The browser's one event stream: starts after the event its page already shows, resumes by Last-Event-ID. */
export const GET = route({ name: 'events' }, async ({ session, request }) => {
  const after = new URL(request.url).searchParams.get('after');
  const last = Number(request.headers.get('last-event-id') ?? after ?? Number.NaN);
  const isOurs = Number.isInteger(last) && last >= 0 && last <= MAX_SEQ;
  return eventStream(session, request, (signal) => workspaceEvents(session.ctx, isOurs ? last : null, signal));
});
