import { type ServerType, serve } from '@hono/node-server';
import { Hono, type Context as HonoContext } from 'hono';
import { cleanParams, createRequestLog, type RequestLog } from './admin/request-log';
import { adminRoutes } from './admin/routes';
import { decideDialog, showDialog } from './auth/dialog';
import { debugToken, exchangeToken } from './auth/exchange';
import { markInSecret } from './auth/tokens';
import {
  createFaultBook,
  type Fault,
  type FaultBook,
  faultError,
  numberParam,
  spoilBody,
  textParam,
} from './faults/faults';
import { runBatch } from './graph/batch';
import type { GraphAnswer, GraphCall } from './graph/context';
import { dispatch } from './graph/dispatch';
import { CURRENT_VERSION } from './graph/version';
import type { Meters } from './limits/score';
import { drawnImage } from './nodes/drawn-image';
import { previewPage } from './nodes/preview-page';
import type { SimulatorStore } from './store/store';
import { GraphError, traceId } from './wire/errors';
import { parseRequest } from './wire/parse-request';
import { createHost, type WorldHost } from './world/host';
import { markOf } from './world/ids';
import { objectOf } from './world/live-world';
import type { JsonObject } from './world/types';

export type MetaSimulatorOptions = {
  store: SimulatorStore;
  /** Where clients reach the simulator; links in answers start with it. May have a path. */
  publicUrl: string;
  now?: () => number;
  /** Needed on every admin call when set; without it only this machine may ask. */
  adminKey?: string | null;
  /** How long an asynchronous report takes, in world time. */
  asyncDelayMs?: number;
  /** Refuses expired versions instead of serving them with a warning. */
  strictVersions?: boolean;
};

export type MetaSimulator = {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  listen: (options?: {
    port?: number;
    hostname?: string;
  }) => Promise<{ port: number; url: string; close: () => Promise<void> }>;
  setPublicUrl: (url: string) => void;
};

type Incoming = { incoming?: { socket?: { remoteAddress?: string; destroy: () => void } } };
type Parts = { host: WorldHost; faults: FaultBook; log: RequestLog; meters: Meters };

/** A stand-in for Meta's Graph and Marketing API that speaks its HTTP. */
export function createMetaSimulator(options: MetaSimulatorOptions): MetaSimulator {
  const now = options.now ?? Date.now;
  const host = createHost({ ...options, now });
  const parts: Parts = { host, faults: createFaultBook(), log: createRequestLog(now), meters: new Map() };
  const app = routes(parts, options.adminKey ?? null);

  return {
    fetch: (request, env) => app.fetch(withoutPrefix(request, host.publicUrl()), env as Incoming),
    setPublicUrl: host.setPublicUrl,
    listen: ({ port = 0, hostname = '127.0.0.1' } = {}) => listen(app, host, options.publicUrl, port, hostname),
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

function listen(app: Hono, host: WorldHost, publicUrl: string, port: number, hostname: string) {
  return new Promise<{ port: number; url: string; close: () => Promise<void> }>((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, port, hostname }, (info) => {
      const url = publicUrl === '' ? `http://${hostname}:${info.port}` : publicUrl;
      host.setPublicUrl(url);
      resolve({ port: info.port, url, close: () => closeServer(server) });
    });
    server.once('error', reject);
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function socketOf(env: unknown) {
  return (env as Incoming | undefined)?.incoming?.socket;
}

function routes(parts: Parts, adminKey: string | null): Hono {
  const { host, faults, log } = parts;
  const app = new Hono();

  app.route('/_admin', adminRoutes({ host, faults, log, adminKey, peerOf: (env) => socketOf(env)?.remoteAddress }));
  app.get('/_images/:hash', (c) => imageAnswer(host, c));
  app.get('/_preview/:id', (c) => c.html(previewPage(host, c.req.param('id'))));

  app.get('/dialog/oauth', (c) => showDialog(host, c, CURRENT_VERSION));
  app.post('/dialog/oauth', (c) => decideDialog(host, c, CURRENT_VERSION));
  app.get('/:version{v[0-9.]+}/dialog/oauth', (c) => showDialog(host, c, c.req.param('version')));
  app.post('/:version{v[0-9.]+}/dialog/oauth', (c) => decideDialog(host, c, c.req.param('version')));

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

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function answerGraph(parts: Parts, c: HonoContext): Promise<Response> {
  const call = await readCall(c);
  if (call instanceof GraphError) return send({ status: call.status, body: call.toBody(), headers: {} });

  const struck = parts.faults.strike(occasionOf(parts.host, call));
  for (const fault of struck) if (fault.kind === 'latency') await sleep(numberParam(fault, 'ms', 1000));
  if (struck.some((fault) => fault.kind === 'drop_before')) {
    record(parts, call, { status: 0, body: {}, headers: {} }, struck, false);
    return drop(c);
  }

  const answer = carryOut(parts, call, struck);
  record(parts, call, answer, struck, false);
  return finish(parts, c, answer, struck);
}

async function readCall(c: HonoContext): Promise<GraphCall | GraphError> {
  try {
    return await parseRequest(c.req.raw, c.req.path);
  } catch (error) {
    if (error instanceof GraphError) return error;
    return new GraphError({ code: 100, message: '(#100) The request could not be read' });
  }
}

function occasionOf(host: WorldHost, call: GraphCall) {
  const first = call.path[0] ?? '';
  const mark = markInSecret(call.token ?? '') ?? markOf(first);
  const live = [...host.worlds.values()].find((one) => one.world.mark === mark);
  const object = live ? objectOf(live.world, first) : null;
  const account = first.startsWith('act_') ? first : object?.account === '' ? undefined : object?.account;
  return {
    world: live?.world.id,
    account,
    method: call.method,
    path: `/${call.path.join('/')}`,
    bodyText: JSON.stringify(call.params),
  };
}

function carryOut(parts: Parts, call: GraphCall, struck: Fault[]): GraphAnswer {
  for (const fault of struck) {
    // With `after` the request is carried out first and its answer lost: the worst kind of error.
    const error = faultError(fault);
    if (!error) continue;
    if (fault.params?.after === true) applyAndHide(parts, call, struck);
    return { ...error, headers: {} };
  }
  return applyAndHide(parts, call, struck);
}

function applyAndHide(parts: Parts, call: GraphCall, struck: Fault[]): GraphAnswer {
  const answer = run(parts, call);
  const { host } = parts;
  for (const fault of struck) {
    if (answer.appliedObjectId === undefined) continue;
    if (fault.kind === 'lookup_lag')
      host.hideUntil(answer.appliedObjectId, host.now() + numberParam(fault, 'ms', 3000));
    if (fault.kind === 'silent_change') changeSilently(host, answer.appliedObjectId, fault);
  }
  return answer;
}

function changeSilently(host: WorldHost, objectId: string, fault: Fault): void {
  const mark = markOf(objectId);
  const live = [...host.worlds.values()].find((one) => one.world.mark === mark);
  const object = live ? objectOf(live.world, objectId) : null;
  if (!live || !object) return;
  object.data[textParam(fault, 'field', 'name')] = fault.params?.value;
  host.persist(live);
}

function run(parts: Parts, call: GraphCall): GraphAnswer {
  const special = answerSpecial(parts, call);
  if (special) return special;
  const isBatch = call.path.length === 0 && call.method === 'POST' && call.params.batch !== undefined;
  if (!isBatch) return dispatch(parts.host, call, parts.meters);

  return guarded(() =>
    runBatch(call, (item) => {
      const struck = parts.faults.strike(occasionOf(parts.host, item));
      const answer = carryOut(parts, item, struck);
      record(parts, item, answer, struck, true);
      return answer;
    }),
  );
}

function answerSpecial({ host }: Parts, call: GraphCall): GraphAnswer | null {
  const path = call.path.join('/');
  if (path === 'oauth/access_token') return guarded(() => plain(exchangeToken(host, call.params)));
  if (path === 'debug_token') return guarded(() => plain(debugToken(host, call.params, call.token)));
  return null;
}

function plain(body: JsonObject): GraphAnswer {
  return { status: 200, body, headers: {} };
}

function guarded(make: () => GraphAnswer): GraphAnswer {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, body: error.toBody(), headers: {} };
  }
}

function record(parts: Parts, call: GraphCall, answer: GraphAnswer, struck: Fault[], isBatchItem: boolean): void {
  const { world, account } = occasionOf(parts.host, call);
  const error = !Array.isArray(answer.body) ? (answer.body.error as JsonObject | undefined) : undefined;
  parts.log.add({
    world: world ?? null,
    account: account ?? null,
    method: call.method,
    path: `/${call.path.join('/')}`,
    version: call.version,
    params: cleanParams(call.params),
    status: answer.status,
    appliedObjectId: answer.appliedObjectId,
    isBatchItem,
    faults: struck.map((fault) => fault.kind),
    ...(error
      ? {
          errorCode: Number(error.code),
          errorSubcode: error.error_subcode === undefined ? undefined : Number(error.error_subcode),
        }
      : {}),
  });
}

function finish(parts: Parts, c: HonoContext, answer: GraphAnswer, struck: Fault[]): Response {
  const kinds = new Set(struck.map((fault) => fault.kind));
  if (kinds.has('drop_after')) return drop(c);
  if (kinds.has('html_502'))
    return new Response(
      '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>',
      { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } },
    );
  if (kinds.has('malformed')) return send({ ...answer, body: {} }, '{"data":[{"id":1,,]');

  const url = `${parts.host.publicUrl()}${c.req.path}?${new URL(c.req.url).searchParams}`;
  const spoiled = struck.reduce(
    (body, fault) => spoilBody({ ...fault, params: { url, ...fault.params } }, body),
    answer.body,
  );
  const text = JSON.stringify(spoiled);
  return send(answer, kinds.has('cut_json') ? text.slice(0, Math.max(1, Math.floor(text.length / 2))) : text);
}

function send(answer: GraphAnswer, text = JSON.stringify(answer.body)): Response {
  return new Response(text, {
    status: answer.status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'private, no-store',
      'x-fb-debug': traceId(),
      'x-fb-rev': '1030000000',
      ...answer.headers,
    },
  });
}

/** Cuts the line without an answer; without a socket at hand, an answer that breaks off. */
function drop(c: HonoContext): Response {
  const socket = socketOf(c.env);
  if (socket) {
    socket.destroy();
    return new Response(null, { status: 499, headers: { 'x-hono-already-sent': 'true' } });
  }
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('connection lost')) });
  return new Response(broken, { status: 200 });
}
