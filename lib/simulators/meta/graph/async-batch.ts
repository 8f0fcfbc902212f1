import { isObject, type Params } from '../wire/params';
import { worldByMark } from '../world/find-world';
import type { WorldHost } from '../world/host';
import { markOf } from '../world/ids';
import { objectOf, objectsOf } from '../world/live-world';
import type { Json, JsonObject } from '../world/types';
import { runBatch } from './batch';
import type { GraphAnswer, GraphCall } from './context';

/** `POST act_X/async_batch_requests`: a batch whose answers are read later, one request object per item. */
export function isAsyncBatch(call: GraphCall): boolean {
  return call.method === 'POST' && call.path.length === 2 && call.path[1] === 'async_batch_requests';
}

/**
 * Carries out the items of a set that was just made (`made` is the edge's own answer), and keeps what each of them said.
 * Items may refer to one another as in any batch; each is a POST.
 */
export function answerAsyncBatch(
  host: WorldHost,
  call: GraphCall,
  made: GraphAnswer,
  runItem: (item: GraphCall) => GraphAnswer | null,
): GraphAnswer {
  const setId = Array.isArray(made.body) ? undefined : made.body.id;
  const live = typeof setId === 'string' ? worldByMark(host.worlds, markOf(setId)) : null;
  const set = live && typeof setId === 'string' ? objectOf(live.world, setId, 'adrequestset') : null;
  if (!live || !set) return made;
  const requests = objectsOf(live.world, 'adrequest', set.account).filter((one) => one.data.set_id === set.id);
  for (let start = 0; start < requests.length; start += MOST_AT_ONCE) {
    const some = requests.slice(start, start + MOST_AT_ONCE);
    const items = some.map(({ data }) => itemOf(data.input));
    const outer = { ...call, params: { ...call.params, batch: items, include_headers: false } as Params };
    const answers = runBatch(outer, runItem).body;
    for (const [at, request] of some.entries())
      Object.assign(request.data, outcomeOf(Array.isArray(answers) ? answers[at] : null));
  }
  host.persist(live);
  return made;
}

/** As many as one batch takes. */
const MOST_AT_ONCE = 50;

/** An answer is kept for every item, also where others refer to it. */
function itemOf(input: Json | undefined): JsonObject {
  return { ...(isObject(input) ? input : {}), method: 'POST', omit_response_on_success: false };
}

function outcomeOf(answer: Json | undefined): JsonObject {
  if (!isObject(answer)) return { state: 'ERROR', error: { code: 1, message: 'The request was not executed' } };
  const body = JSON.parse(String(answer.body)) as JsonObject;
  return Number(answer.code) < 400
    ? { state: 'SUCCESS', result: body }
    : { state: 'ERROR', error: isObject(body.error) ? body.error : {} };
}
