import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SeenRequest = { method: string; url: string; headers: IncomingMessage['headers']; body: string };
type Script = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A server that answers as it is told and remembers what it was asked: for answers no honest server would give. */
export async function startScripted(): Promise<{
  url: string;
  seen: SeenRequest[];
  answerWith: (script: Script) => void;
  stop: () => Promise<void>;
}> {
  const seen: SeenRequest[] = [];
  let script: Script = (_request, response) => json(response, 200, {});
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(request);
      void script(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    answerWith: (next) => {
      script = next;
      seen.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(JSON.stringify(body));
}

export function graphError(
  response: ServerResponse,
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): void {
  json(
    response,
    status,
    { error: { type: 'OAuthException', message: '(#0) told', fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUvW', ...error } },
    headers,
  );
}
