import { invalid } from '../wire/errors';
import { isObject, type Params, readList, toBoolean } from '../wire/params';
import { methodOf, splitPath } from '../wire/parse-request';
import type { Json, JsonObject } from '../world/types';
import type { GraphAnswer, GraphCall } from './context';

const MOST_ITEMS = 50;
const REFERENCE = /\{result=([^:}]+):(\$[^}]*)\}/g;

type Item = {
  method: string;
  url: string;
  body: string;
  name?: string;
  dependsOn?: string;
  omits?: boolean;
  token?: string;
};

function readItems(params: Params): Item[] {
  const list = readList(params, 'batch');
  if (!list) throw invalid('The parameter batch is required');
  if (list.length > MOST_ITEMS)
    throw invalid(`Too many requests in batch message. Maximum batch size is ${MOST_ITEMS}`);
  return list.map((item) => {
    if (!isObject(item) || typeof item.relative_url !== 'string')
      throw invalid('Each batch item needs method and relative_url');
    return {
      method: String(item.method ?? 'GET').toUpperCase(),
      url: item.relative_url,
      body: typeof item.body === 'string' ? item.body : '',
      name: typeof item.name === 'string' ? item.name : undefined,
      dependsOn: typeof item.depends_on === 'string' ? item.depends_on : undefined,
      omits: toBoolean(item.omit_response_on_success),
      token: typeof item.access_token === 'string' ? item.access_token : undefined,
    };
  });
}

/** The few JSONPath forms clients use: $.id, $.data.*.id, $.data[0].id. */
function follow(value: Json | undefined, path: string): Json[] {
  let found: (Json | undefined)[] = [value];
  for (const step of path
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+|\*)\]/g, '.$1')
    .split('.')
    .filter((one) => one !== '')) {
    found = found.flatMap((one) => {
      if (Array.isArray(one)) return step === '*' ? one : [one[Number(step)]];
      if (!isObject(one)) return [];
      return step === '*' ? Object.values(one) : [one[step]];
    });
  }
  return found.filter((one) => one !== undefined);
}

function fill(text: string, results: Map<string, GraphAnswer>): string {
  return text.replace(REFERENCE, (_whole, name: string, path: string) => {
    const body = results.get(name)?.body;
    return follow(Array.isArray(body) ? body : (body ?? null), path)
      .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
      .join(',');
  });
}

function namesIn(item: Item): string[] {
  const named = [...`${item.url} ${item.body}`.matchAll(REFERENCE)].map((match) => match[1] ?? '');
  return item.dependsOn === undefined ? named : [...named, item.dependsOn];
}

function toCall(outer: GraphCall, item: Item, results: Map<string, GraphAnswer>): GraphCall {
  const [path = '', query = ''] = fill(decodeReferences(item.url), results).split(/\?(.*)/s);
  const params: Params = {};
  for (const [key, value] of new URLSearchParams(query)) params[key] = value;
  for (const [key, value] of new URLSearchParams(fill(decodeReferences(item.body), results))) params[key] = value;
  if (outer.params.appsecret_proof !== undefined && params.appsecret_proof === undefined)
    params.appsecret_proof = outer.params.appsecret_proof;
  const { version, path: segments } = splitPath(path);
  const hasOwnVersion = /^\/?v\d+\.\d(\/|$)/.test(path);
  const token = item.token ?? (typeof params.access_token === 'string' ? params.access_token : outer.token);
  return {
    method: methodOf(item.method, params),
    version: hasOwnVersion ? version : outer.version,
    path: segments,
    params,
    files: [],
    token,
  };
}

/** References are often percent-encoded together with the rest of a body. */
function decodeReferences(text: string): string {
  return text.replace(/%7Bresult(?:=|%3D)[^&]*?%7D/gi, (found) => decodeURIComponent(found));
}

/** Runs a batch in order. Items that reference a failed item fail; results others use are left out. */
export function runBatch(outer: GraphCall, run: (call: GraphCall) => GraphAnswer): GraphAnswer {
  const items = readItems(outer.params);
  const results = new Map<string, GraphAnswer>();
  const used = new Set(items.flatMap(namesIn));
  const withHeaders = toBoolean(outer.params.include_headers) !== false;

  const body = items.map((item): Json => {
    const broken = namesIn(item).find((name) => (results.get(name)?.status ?? 400) >= 400);
    const answer = broken === undefined ? run(toCall(outer, item, results)) : dependencyFailed(broken);
    if (item.name !== undefined) results.set(item.name, answer);
    const isOmitted = item.omits ?? (item.name !== undefined && used.has(item.name));
    return isOmitted && answer.status < 400 ? null : writeItem(answer, withHeaders);
  });
  return { status: 200, body, headers: {} };
}

function dependencyFailed(name: string): GraphAnswer {
  const error: JsonObject = {
    message: `(#100) The batch item ${name} that this item depends on failed`,
    type: 'OAuthException',
    code: 100,
  };
  return { status: 400, body: { error }, headers: {} };
}

function writeItem(answer: GraphAnswer, withHeaders: boolean): JsonObject {
  const headers = [
    { name: 'Content-Type', value: 'text/javascript; charset=UTF-8' },
    ...Object.entries(answer.headers).map(([name, value]) => ({ name, value })),
  ];
  return { code: answer.status, ...(withHeaders ? { headers } : {}), body: JSON.stringify(answer.body) };
}
