import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, headersOf, type KillPoint } from './killing-proxy';

export type FreezingProxy = {
  url: string;
  /** Runs the work until it ends or dies at its n-th request; a dead one never hears an answer and does nothing more. */
  dieAt(point: { request: number; when: KillPoint }, work: () => Promise<unknown>): Promise<'died' | 'ended'>;
  close(): Promise<void>;
};

/**
 * Stands before the platform and lets work die inside this process, at any request: the request never arrives ('before')
 * or its answer never does ('after'), and whoever waits for it is left waiting for ever. For the database and for the
 * platform that is kill -9, as no transaction is open during a call; it costs no new process, so that every point of every
 * verb can be tried. Deaths of whole processes are in kill-matrix.test.ts.
 */
export async function startFreezingProxy(target: string): Promise<FreezingProxy> {
  let armed: { left: number; when: KillPoint; died: () => void } | null = null;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const point = armed;
    if (point) point.left -= 1;
    const dies = point !== null && point.left === 0;
    if (dies && point.when === 'before') return point.died();
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    }).catch(() => null);
    if (!answer) return response.destroy();
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (dies) return point.died();
    const spoken = [...answer.headers].filter(
      ([name]) => !['content-encoding', 'transfer-encoding', 'content-length'].includes(name),
    );
    response.writeHead(answer.status, Object.fromEntries(spoken)).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async dieAt({ request, when }, work) {
      const died = new Promise<'died'>((resolve) => {
        armed = { left: request, when, died: () => resolve('died') };
      });
      const running = work();
      // Left alone for good, it fails only when this proxy closes, and nobody cares then.
      running.catch(() => undefined);
      const end = await Promise.race([died, running.then(() => 'ended' as const)]);
      armed = null;
      return end;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
