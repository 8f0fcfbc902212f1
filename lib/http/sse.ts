import { log } from '../runtime/log';
import type { Session } from './session';
import { watchStream } from './stream-watch';

/** Without data an event only moves the browser's Last-Event-ID. */
export type ServerEvent = { id?: string | number; data?: unknown };

/** Streams before the host's limit so that the browser reconnects with its cursor. */
export const STREAM_LIMIT_MS = 240_000;
const KEEP_ALIVE_MS = 15_000;
const CROWDED = 'retry: 60000\n\n';

/**
 * Answers with a server-sent event stream. The generator is told to stop by the signal when the reader has gone; a
 * reader that leaves never stops the work it was watching. The stream ends within seconds of the end of the session or of
 * the membership it was opened with.
 */
export function eventStream(
  session: Session,
  request: Request,
  events: (signal: AbortSignal) => AsyncGenerator<ServerEvent>,
  headers: Record<string, string> = {},
): Response {
  const gone = new AbortController();
  request.signal.addEventListener('abort', () => gone.abort(), { once: true });
  const limit = setTimeout(() => gone.abort(), STREAM_LIMIT_MS);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const keepAlive = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS);
      const send = (text: string) => {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(text));
      };
      send('retry: 1000\n\n');
      void watchStream(session, gone.signal, (why) => {
        // Too many: this one comes back late, or it would push the next one out at once.
        if (why === 'crowded') send(CROWDED);
        gone.abort();
      });
      try {
        for await (const event of events(gone.signal)) send(format(event));
      } catch (error) {
        log.error({ err: error }, 'event stream failed');
      } finally {
        clearInterval(keepAlive);
        clearTimeout(limit);
        gone.abort();
        try {
          controller.close();
        } catch {
          // The reader closed it first.
        }
      }
    },
    cancel() {
      gone.abort();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    },
  });
}

function format(event: ServerEvent): string {
  const id = event.id === undefined ? '' : `id: ${event.id}\n`;
  const data = event.data === undefined ? '' : `data: ${JSON.stringify(event.data)}\n`;
  return `${id}${data}\n`;
}
