import type { Context as HonoContext } from 'hono';
import type { GraphAnswer } from '../graph/context';
import { traceId } from './errors';

const EDGE_PAGE =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>';

type Incoming = { incoming?: { socket?: { remoteAddress?: string; destroy: () => void } } };

export function socketOf(env: unknown) {
  return (env as Incoming | undefined)?.incoming?.socket;
}

/** An answer with the headers every Graph answer has. */
export function send(answer: GraphAnswer, text = JSON.stringify(answer.body)): Response {
  return new Response(text, {
    status: answer.status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'private, no-store',
      'x-fb-trace-id': traceId(),
      'x-fb-request-id': traceId(),
      'x-fb-debug': traceId(),
      'x-fb-rev': '1030000000',
      ...answer.headers,
    },
  });
}

/** What Meta's edge answers when nothing behind it does. */
export function edgePage(): Response {
  return new Response(EDGE_PAGE, { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** Cuts the line without an answer; without a socket at hand, an answer that breaks off. */
export function drop(c: HonoContext): Response {
  const socket = socketOf(c.env);
  if (socket) {
    socket.destroy();
    return new Response(null, { status: 499, headers: { 'x-hono-already-sent': 'true' } });
  }
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('connection lost')) });
  return new Response(broken, { status: 200 });
}
