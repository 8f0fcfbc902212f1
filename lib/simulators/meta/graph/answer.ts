import type { Context as HonoContext } from 'hono';
import { cleanParams, type RequestLog } from '../admin/request-log';
import { appByToken, debugToken, exchangeToken } from '../auth/exchange';
import { markInSecret } from '../auth/tokens';
import { type Fault, type FaultBook, faultError, numberParam, spoilBody, textParam } from '../faults/faults';
import { spoilReport } from '../faults/report-faults';
import type { Meters } from '../limits/count';
import type { Messenger } from '../webhooks/messenger';
import { GraphError } from '../wire/errors';
import { parseRequest } from '../wire/parse-request';
import { drop, edgePage, send } from '../wire/send';
import { worldByMark } from '../world/find-world';
import type { WorldHost } from '../world/host';
import { markOf } from '../world/ids';
import { objectOf } from '../world/live-world';
import type { JsonObject } from '../world/types';
import { answerAsyncBatch, isAsyncBatch } from './async-batch';
import { runBatch } from './batch';
import type { GraphAnswer, GraphCall } from './context';
import { dispatch } from './dispatch';
import { requireBatchToken } from './open-context';

/** What answering needs besides the call itself. */
export type Parts = { host: WorldHost; faults: FaultBook; log: RequestLog; meters: Meters; messenger: Messenger };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One request of the Graph API: read, struck by the faults that are set, carried out, recorded, answered. */
export async function answerGraph(parts: Parts, c: HonoContext): Promise<Response> {
  const call = await readCall(c);
  if (call instanceof GraphError) return send({ status: call.status, body: call.toBody(), headers: {} });

  const struck = parts.faults.strike(occasionOf(parts.host, call));
  for (const fault of struck) if (fault.kind === 'latency') await sleep(numberParam(fault, 'ms', 1000));
  if (struck.some((fault) => fault.kind === 'drop_before')) {
    record(parts, call, { status: 0, body: {}, headers: {} }, struck, false);
    return drop(c);
  }

  const answer = (await answerSubscription(parts, call)) ?? carryOut(parts, call, struck);
  record(parts, call, answer, struck, false);
  tellSubscribers(parts, call);
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

function worldOf(host: WorldHost, call: GraphCall) {
  return worldByMark(host.worlds, markInSecret(call.token ?? '') ?? markOf(call.path[0] ?? ''));
}

function occasionOf(host: WorldHost, call: GraphCall) {
  const first = call.path[0] ?? '';
  const live = worldOf(host, call);
  const object = live ? objectOf(live.world, first) : null;
  const account = first.startsWith('act_') ? first : object?.account === '' ? undefined : object?.account;
  return {
    world: live?.world.id,
    account,
    method: call.method,
    path: `/${call.path.join('/')}`,
    bodyText: () => JSON.stringify(call.params),
  };
}

/** Leads and verdicts that a call brought to light are told in the background. */
function tellSubscribers({ host, messenger }: Parts, call: GraphCall): void {
  const live = worldOf(host, call);
  if (live?.world.toldMs !== undefined) void messenger.tell(live);
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
    if (fault.kind.startsWith('report_')) spoilReport(host, answer.appliedObjectId, fault);
  }
  return answer;
}

function changeSilently(host: WorldHost, objectId: string, fault: Fault): void {
  const live = worldByMark(host.worlds, markOf(objectId));
  const object = live ? objectOf(live.world, objectId) : null;
  if (!live || !object) return;
  const field = textParam(fault, 'field', 'name');
  if (field === 'status') object.status = textParam(fault, 'value', 'PAUSED') as typeof object.status;
  else object.data[field] = fault.params?.value;
  host.persist(live);
}

function run(parts: Parts, call: GraphCall): GraphAnswer {
  const special = answerSpecial(parts, call);
  if (special) return special;
  const isBatch = call.path.length === 0 && call.method === 'POST' && call.params.batch !== undefined;
  const runItem = (item: GraphCall) => runInBatch(parts, item);
  if (isAsyncBatch(call))
    return guarded(() => answerAsyncBatch(parts.host, call, dispatch(parts.host, call, parts.meters), runItem));
  if (!isBatch) return dispatch(parts.host, call, parts.meters);
  return guarded(() => {
    requireBatchToken(parts.host, call.token);
    return runBatch(call, runItem);
  });
}

/** One item of a batch, struck by faults of its own; null when it was not executed. */
function runInBatch(parts: Parts, item: GraphCall): GraphAnswer | null {
  const struck = parts.faults.strike(occasionOf(parts.host, item));
  if (struck.some((fault) => fault.kind === 'batch_null')) return null;
  const answer = carryOut(parts, item, struck);
  record(parts, item, answer, struck, true);
  return answer;
}

function answerSpecial({ host }: Parts, call: GraphCall): GraphAnswer | null {
  const path = call.path.join('/');
  if (path === 'oauth/access_token') return guarded(() => plain(exchangeToken(host, call.params)));
  if (path === 'debug_token') return guarded(() => plain(debugToken(host, call.params, call.token)));
  return null;
}

/** `/{app}/subscriptions`: asks the app's address for an echo, so it cannot be answered at once. */
async function answerSubscription({ host, messenger }: Parts, call: GraphCall): Promise<GraphAnswer | null> {
  if (call.path[1] !== 'subscriptions' || call.path.length !== 2) return null;
  try {
    const app = appByToken(host, call.token ?? '');
    if (!app || app.id !== call.path[0])
      throw new GraphError({ code: 15, message: '(#15) This method must be called with an app access_token.' });
    if (call.method === 'GET') return plain(messenger.listSubscriptions(app));
    if (call.method === 'DELETE') return plain(messenger.unsubscribe(app, call.params));
    return plain(await messenger.subscribe(app, call.params));
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, body: error.toBody(), headers: {} };
  }
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
  if (kinds.has('html_502')) return edgePage();
  if (kinds.has('malformed')) return send({ ...answer, body: {} }, '{"data":[{"id":1,,]');

  const url = `${parts.host.publicUrl()}${c.req.path}?${new URL(c.req.url).searchParams}`;
  const spoiled = struck.reduce(
    (body, fault) => spoilBody({ ...fault, params: { url, ...fault.params } }, body),
    answer.body,
  );
  const text = JSON.stringify(spoiled);
  return send(answer, kinds.has('cut_json') ? text.slice(0, Math.max(1, Math.floor(text.length / 2))) : text);
}
