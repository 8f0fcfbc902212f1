import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';

export type HttpRequest = {
  method: string;
  address: string;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds until the connection (with its encryption) must stand. */
  connectTimeoutMs: number;
  /** Milliseconds until the whole answer must be there, connecting included. */
  totalTimeoutMs: number;
  /** A request that must not be sent twice gets a connection of its own: one kept open may be closing at the other end. */
  ownConnection: boolean;
};
export type HttpAnswer = { status: number; headers: Headers; text: string };

/** Why no whole answer came. `mayHaveArrived` is false only where the request provably never left. */
export class HttpFailure extends Error {
  constructor(
    readonly kind: 'connect_timeout' | 'timeout' | 'network' | 'too_large',
    readonly mayHaveArrived: boolean,
    message: string,
  ) {
    super(message);
  }
}

/** Far above any page of ours; an answer that never ends must not fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const KEPT_OPEN = { keepAlive: true, maxFreeSockets: 16, timeout: 30_000 } as const;
const AGENTS = { 'http:': new http.Agent(KEPT_OPEN), 'https:': new https.Agent(KEPT_OPEN) };

/**
 * One request over Node's own client, with two deadlines of its own: the platform's `fetch` knows none for connecting, and
 * cannot tell a request that never left from one that may have been carried out. Redirects are not followed, proxies not asked.
 * @throws HttpFailure whose message never quotes the address
 */
export function sendHttp(request: HttpRequest): Promise<HttpAnswer> {
  const url = new URL(request.address);
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    let hasConnected = false;
    let connecting: NodeJS.Timeout | undefined;
    const agent = request.ownConnection ? false : AGENTS[isSecure ? 'https:' : 'http:'];
    const outgoing = (isSecure ? https : http).request(url, {
      method: request.method,
      agent,
      headers: {
        ...request.headers,
        'accept-encoding': 'gzip',
        ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
    });
    const end = (act: () => void) => {
      clearTimeout(connecting);
      clearTimeout(total);
      act();
    };
    const fail = (failure: HttpFailure) =>
      end(() => {
        reject(failure);
        outgoing.destroy();
      });
    const total = setTimeout(
      () => fail(new HttpFailure('timeout', hasConnected, `no whole answer within ${request.totalTimeoutMs} ms`)),
      request.totalTimeoutMs,
    );

    outgoing.on('socket', (socket) => {
      const connected = () => {
        hasConnected = true;
        clearTimeout(connecting);
      };
      // A socket from the pool stands already, encryption included.
      if (!socket.connecting && outgoing.reusedSocket) return connected();
      connecting = setTimeout(
        () => fail(new HttpFailure('connect_timeout', false, `no connection within ${request.connectTimeoutMs} ms`)),
        request.connectTimeoutMs,
      );
      socket.once(isSecure ? 'secureConnect' : 'connect', connected);
    });
    outgoing.on('error', (error) =>
      fail(new HttpFailure('network', hasConnected, `connection failed (${codeOf(error)})`)),
    );
    outgoing.on('response', (incoming) => {
      const body = incoming.headers['content-encoding'] === 'gzip' ? incoming.pipe(createGunzip()) : incoming;
      const chunks: Buffer[] = [];
      let bytes = 0;
      const broken = (error: Error) => fail(new HttpFailure('network', true, `answer cut (${codeOf(error)})`));
      incoming.on('error', broken);
      if (body !== incoming) body.on('error', broken);
      body.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) return fail(new HttpFailure('too_large', true, `answer above ${MOST_BYTES} bytes`));
        chunks.push(chunk);
      });
      body.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        end(() => resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), text }));
      });
    });
    outgoing.end(request.body);
  });
}

/** The system's code of a failure. Its message is left behind: it may quote the address. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

function headersOf(incoming: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}
