import { type ServerType, serve } from '@hono/node-server';
import { Hono, type Context as HonoContext } from 'hono';
import { createRequestLog } from './admin/request-log';
import { adminRoutes } from './admin/routes';
import { decideDialog, showDialog } from './auth/dialog';
import { createLogins } from './auth/logins';
import { createFaultBook } from './faults/faults';
import { answerGraph, type Parts } from './graph/answer';
import { CURRENT_VERSION } from './graph/version';
import { newMeters } from './limits/count';
import { drawnImage } from './nodes/drawn-image';
import { previewPage } from './nodes/preview-page';
import type { SimulatorStore } from './store/store';
import { createMessenger } from './webhooks/messenger';
import { createHost, type WorldHost } from './world/host';

export type MetaSimulatorOptions = {
  store: SimulatorStore;
  /** Where clients reach the simulator; links in answers start with it. May have a path. */
  publicUrl: string;
  now?: () => number;
  /** Needed on every admin call when set; without it only this machine may ask, and only directly. */
  adminKey?: string | null;
  /** How long an asynchronous report takes, in world time. */
  asyncDelayMs?: number;
  /** Refuses expired versions instead of serving them with a warning. */
  strictVersions?: boolean;
  /** Keeps what left the protocol in October 2026: `GET /?ids=`. */
  legacyFeatures?: boolean;
};

type ListenOptions = { port?: number; hostname?: string };
type Listening = { port: number; url: string; close: () => Promise<void> };

export type MetaSimulator = {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  listen: (options?: ListenOptions) => Promise<Listening>;
  setPublicUrl: (url: string) => void;
};

const TELL_EVERY_MS = 2_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** A stand-in for Meta's Graph and Marketing API that speaks its HTTP. */
export function createMetaSimulator(options: MetaSimulatorOptions): MetaSimulator {
  const now = options.now ?? Date.now;
  const host = createHost({ ...options, now });
  const parts: Parts = {
    host,
    faults: createFaultBook(),
    log: createRequestLog(now),
    meters: newMeters(),
    messenger: createMessenger(host),
  };
  // Until it listens on this machine alone, nobody may administer it without a key.
  const reach = { isLocalOnly: false };
  const app = routes(parts, options.adminKey ?? null, reach);

  return {
    fetch: (request, env) => app.fetch(withoutPrefix(request, host.publicUrl()), env as object),
    setPublicUrl: host.setPublicUrl,
    listen: async ({ port = 0, hostname = '127.0.0.1' } = {}) => {
      reach.isLocalOnly = LOOPBACK.has(hostname);
      return listen(app, parts, options.publicUrl, { port, hostname });
    },
  };
}

/** A simulator mounted below a path gets requests with that path; its routes start at the root. */
function withoutPrefix(request: Request, publicUrl: string): Request {
  const prefix = URL.canParse(publicUrl) ? new URL(publicUrl).pathname.replace(/\/+$/, '') : '';
  const url = new URL(request.url);
  if (prefix === '' || !url.pathname.startsWith(`${prefix}/`)) return request;
  url.pathname = url.pathname.slice(prefix.length);
  return new Request(url, request);
}

function listen(app: Hono, parts: Parts, publicUrl: string, { port, hostname }: Required<ListenOptions>) {
  return new Promise<Listening>((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, port, hostname }, (info) => {
      const url =
        publicUrl === '' ? `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${info.port}` : publicUrl;
      parts.host.setPublicUrl(url);
      const timer = setInterval(() => tellEverybody(parts), TELL_EVERY_MS);
      timer.unref();
      const close = () => {
        clearInterval(timer);
        return closeServer(server);
      };
      resolve({ port: info.port, url, close });
    });
    server.once('error', reject);
  });
}

/** Time moves without requests too: subscribers hear of leads and verdicts as they happen. */
function tellEverybody({ host, messenger }: Parts): void {
  if (![...host.apps.values()].some((app) => (app.subscriptions ?? []).length > 0)) return;
  for (const live of host.worlds.values()) if (live.world.toldMs !== undefined) void messenger.tell(live);
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function routes(parts: Parts, adminKey: string | null, reach: { isLocalOnly: boolean }): Hono {
  const { host } = parts;
  const app = new Hono();
  const logins = createLogins(host);

  app.route('/_admin', adminRoutes({ ...parts, adminKey, isLocalOnly: () => reach.isLocalOnly }));
  app.get('/_images/:hash', (c) => imageAnswer(host, c));
  app.get('/_preview/:id', (c) => c.html(previewPage(host, c.req.param('id'))));

  app.get('/dialog/oauth', (c) => showDialog(host, logins, c, CURRENT_VERSION));
  app.post('/dialog/oauth', (c) => decideDialog(host, logins, c, CURRENT_VERSION));
  app.get('/:version{v[0-9.]+}/dialog/oauth', (c) => showDialog(host, logins, c, c.req.param('version')));
  app.post('/:version{v[0-9.]+}/dialog/oauth', (c) => decideDialog(host, logins, c, c.req.param('version')));

  app.all('*', (c) => answerGraph(parts, c));
  return app;
}

function imageAnswer(host: WorldHost, c: HonoContext): Response {
  const hash = c.req.param('hash') ?? '';
  const bytes = host.store.readBlob(hash);
  if (!bytes) return c.body(drawnImage(hash), 200, { 'content-type': 'image/svg+xml' });
  const isPng = bytes[0] === 0x89;
  return c.body(Uint8Array.from(bytes), 200, {
    'content-type': isPng ? 'image/png' : bytes[0] === 0x47 ? 'image/gif' : 'image/jpeg',
    'cache-control': 'public, max-age=86400',
  });
}
