import { GraphError, invalid } from '../wire/errors';
import { isObject, type Params, readList, toBoolean } from '../wire/params';
import { methodOf, paramsOf, splitPath } from '../wire/parse-request';
import type { Json, JsonObject } from '../world/types';
import { fillReferences, namesReferenced } from './batch-references';
import type { GraphAnswer, GraphCall } from './context';

const MOST_ITEMS = 50;

type Item = {
  method: string;
  url: string;
  body: string | JsonObject;
  name?: string;
  dependsOn: string[];
  omits?: boolean;
  token?: string;
  files: string[];
};

function readItems(params: Params): Item[] {
  const list = readList(params, 'batch');
  if (!list) throw invalid('The parameter batch is required');
  if (list.length > MOST_ITEMS)
    throw invalid(`Too many requests in batch message. Maximum batch size is ${MOST_ITEMS}`);
  return list.map(readItem);
}

function readItem(item: Json): Item {
  if (!isObject(item) || typeof item.relative_url !== 'string' || typeof item.method !== 'string')
    throw invalid('Each batch item needs method and relative_url');
  const text = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : undefined);
  const words = (value: Json | undefined) => (text(value) ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return {
    method: item.method.toUpperCase(),
    url: item.relative_url,
    body: isObject(item.body) ? item.body : (text(item.body) ?? ''),
    name: text(item.name),
    dependsOn: words(item.depends_on),
    omits: toBoolean(item.omit_response_on_success),
    token: text(item.access_token),
    files: words(item.attached_files),
  };
}

function namesIn(item: Item): string[] {
  const body = typeof item.body === 'string' ? item.body : JSON.stringify(item.body);
  return [...namesReferenced(`${item.url} ${body}`), ...item.dependsOn];
}

function toCall(outer: GraphCall, item: Item, results: Map<string, GraphAnswer>): GraphCall {
  const [path = '', query = ''] = fillReferences(item.url, results).split(/\?(.*)/s);
  const body =
    typeof item.body === 'string'
      ? paramsOf(new URLSearchParams(fillReferences(item.body, results)))
      : (JSON.parse(fillReferences(JSON.stringify(item.body), results)) as Params);
  const params: Params = { ...paramsOf(new URLSearchParams(query)), ...body };
  if (outer.params.appsecret_proof !== undefined && params.appsecret_proof === undefined && item.token === undefined)
    params.appsecret_proof = outer.params.appsecret_proof;
  const { version, isVersioned, path: segments } = splitPath(path.replace(/^https?:\/\/[^/]+/, ''));
  return {
    method: methodOf(item.method, params),
    version: isVersioned ? version : outer.version,
    isVersioned: isVersioned || outer.isVersioned,
    path: segments,
    params,
    // A batch carries its files beside the items; each item names the parts it means.
    files: outer.files.filter((file) => item.files.includes(file.part)),
    token: item.token ?? (typeof params.access_token === 'string' ? params.access_token : outer.token),
  };
}

/** Answers one item; null when it was not executed in time. */
type RunItem = (call: GraphCall) => GraphAnswer | null;

/** Runs a batch. Items wait for those they refer to, fail with them, and results others use are left out. */
export function runBatch(outer: GraphCall, run: RunItem): GraphAnswer {
  const items = readItems(outer.params);
  if (outer.token === null && items.some((item) => item.token === undefined && !mentionsToken(item)))
    throw new GraphError({ code: 104, message: 'An access token is required to request this resource.' });
  const used = new Set(items.flatMap(namesIn));
  const withHeaders = toBoolean(outer.params.include_headers) !== false;
  const answers = answerAll(outer, items, run);

  const body = items.map((item, at): Json => {
    const answer = answers[at];
    if (!answer) return null;
    const isOmitted = item.omits ?? (item.name !== undefined && used.has(item.name));
    return isOmitted && answer.status < 400 ? null : writeItem(answer, withHeaders);
  });
  return { status: 200, body, headers: {} };
}

function mentionsToken({ url, body }: Item): boolean {
  return `${url}&${typeof body === 'string' ? body : JSON.stringify(body)}`.includes('access_token');
}

function answerAll(outer: GraphCall, items: readonly Item[], run: RunItem): (GraphAnswer | null)[] {
  const answers: (GraphAnswer | null)[] = [];
  const begun = new Set<number>();
  const results = new Map<string, GraphAnswer>();

  const answer = (at: number): void => {
    const item = items[at];
    if (!item || begun.has(at)) return;
    begun.add(at);
    // An item may refer to one that stands after it; nothing may refer to itself, even in a circle.
    for (const name of namesIn(item)) answer(items.findIndex((one) => one.name === name));
    const broken = namesIn(item).find((name) => (results.get(name)?.status ?? 400) >= 400);
    const made = broken === undefined ? run(toCall(outer, item, results)) : dependencyFailed(broken);
    answers[at] = made;
    if (item.name !== undefined && made) results.set(item.name, made);
  };
  for (const at of items.keys()) answer(at);
  return answers;
}

function dependencyFailed(name: string): GraphAnswer {
  const error: JsonObject = {
    message: `(#100) The batch item ${name} that this item depends on failed`,
    type: 'OAuthException',
    code: 100,
  };
  return { status: 400, body: { error }, headers: {} };
}

const SPELLINGS: Record<string, string> = { www: 'WWW', fb: 'FB', api: 'API' };

/** Items spell their headers as Meta does, since clients look them up by these very letters. */
function headerName(name: string): string {
  if (name.startsWith('x-fb-') && !name.includes('insights')) return name;
  const isWarning = name === 'x-ad-api-version-warning';
  return name
    .split('-')
    .map((word) => (isWarning ? undefined : SPELLINGS[word]) ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join('-');
}

function writeItem(answer: GraphAnswer, withHeaders: boolean): JsonObject {
  const headers = [
    { name: 'Content-Type', value: 'text/javascript; charset=UTF-8' },
    ...Object.entries(answer.headers).map(([name, value]) => ({ name: headerName(name), value })),
  ];
  return { code: answer.status, ...(withHeaders ? { headers } : {}), body: JSON.stringify(answer.body) };
}
