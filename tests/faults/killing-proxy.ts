import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type KillPoint = 'before' | 'after';
/** At which of the `counted` (writes, if nothing is said) a worker dies, by their ordinal from 1. */
export type KillScene = { when: KillPoint; mayKill: (ordinal: number) => boolean; counted?: 'writes' | 'requests' };
export type KillingProxy = {
  url: string;
  writes: number;
  requests: number;
  kills: number;
  arm(victim: () => void): void;
  /** From here on this scene; everything is counted from nothing. */
  play(scene: KillScene): void;
  close(): Promise<void>;
};

/**
 * Stands between a worker and the platform and kills the worker at a write, either before the platform heard of it or
 * after it answered. Each distinct write kills once, so that a worker that starts again gets one write further. Counting
 * requests, the reads in between count as well, each time they are asked.
 */
export async function startKillingProxy(target: string, first?: KillScene): Promise<KillingProxy> {
  const met = new Set<string>();
  let scene: KillScene = first ?? { when: 'before', mayKill: () => false };
  let victim: () => void = () => undefined;
  const proxy: KillingProxy = {
    url: '',
    writes: 0,
    requests: 0,
    kills: 0,
    arm: (kill) => {
      victim = kill;
    },
    play: (played) => {
      scene = played;
      met.clear();
      Object.assign(proxy, { writes: 0, requests: 0, kills: 0 });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { when, mayKill, counted = 'writes' } = scene;
    const isWrite = request.method === 'POST' && isNew(request, body);
    if (counted === 'requests') proxy.requests += 1;
    const kills = counted === 'requests' ? mayKill(proxy.requests) : isWrite && mayKill(proxy.writes);
    if (kills && when === 'before') return kill();
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    }).catch(() => null);
    if (!answer) return response.destroy();
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (kills) return kill();
    const headers = Object.fromEntries(
      [...answer.headers].filter(
        ([name]) => !['content-encoding', 'transfer-encoding', 'content-length'].includes(name),
      ),
    );
    response.writeHead(answer.status, headers).end(bytes);
    function kill(): void {
      proxy.kills += 1;
      victim();
      response.destroy();
    }
  });
  function isNew(request: IncomingMessage, body: Buffer): boolean {
    const name = createHash('sha256').update(`${request.url}\0`).update(body).digest('hex');
    if (met.has(name)) return false;
    met.add(name);
    proxy.writes += 1;
    return true;
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function headersOf(request: IncomingMessage): Record<string, string> {
  const dropped = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];
  return Object.fromEntries(
    Object.entries(request.headers).filter(([name, value]) => !dropped.includes(name) && typeof value === 'string'),
  ) as Record<string, string>;
}
