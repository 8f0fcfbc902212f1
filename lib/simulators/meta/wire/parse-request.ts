import type { GraphCall, Method, UploadedFile } from '../graph/context';
import { CURRENT_VERSION, isVersion } from '../graph/version';
import { parseLenient } from './lenient-json';
import { isObject, type Params } from './params';

/** Parameters of a query or form. */
export function paramsOf(search: URLSearchParams): Params {
  const params: Params = {};
  // Doubled parameters are tolerated; the last one counts. `a[0]=x` spells a list.
  for (const [key, value] of search) {
    const item = /^(.+)\[\d*\]$/.exec(key)?.[1];
    if (item === undefined) {
      params[key] = value;
      continue;
    }
    const held = params[item];
    params[item] = Array.isArray(held) ? [...held, value] : [value];
  }
  return params;
}

type Body = { params: Params; files: UploadedFile[] };

async function readMultipart(request: Request): Promise<Body> {
  const params: Params = {};
  const files: UploadedFile[] = [];
  for (const [key, value] of await request.formData()) {
    if (typeof value === 'string') params[key] = value;
    else files.push({ part: key, name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { params, files };
}

async function readBody(request: Request): Promise<Body> {
  const none = { params: {}, files: [] };
  if (request.method === 'GET' || request.method === 'HEAD') return none;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(request);

  const text = await request.text();
  if (text.trim() === '') return none;
  if (type.includes('json') || text.trimStart().startsWith('{')) {
    const parsed = parseLenient(text);
    if (!isObject(parsed)) return none;
    const params: Params = {};
    for (const [key, value] of Object.entries(parsed)) if (value !== undefined) params[key] = value;
    return { params, files: [] };
  }
  return { params: paramsOf(new URLSearchParams(text)), files: [] };
}

function toMethod(verb: string): Method {
  if (verb === 'DELETE') return 'DELETE';
  return verb === 'POST' || verb === 'PUT' || verb === 'PATCH' ? 'POST' : 'GET';
}

/** The verb, which a POST may override by parameter; PUT means POST. */
export function methodOf(verb: string, params: Params): Method {
  const override = params.method ?? params._method;
  if (verb !== 'GET' && typeof override === 'string' && /^(get|post|delete)$/i.test(override))
    return toMethod(override.toUpperCase());
  return toMethod(verb);
}

/** Splits `/v26.0/act_1/campaigns/` into its version and path. */
export function splitPath(path: string): { version: string; isVersioned: boolean; path: string[] } {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeSegment);
  if (!isVersion(segments[0])) return { version: CURRENT_VERSION, isVersioned: false, path: segments };
  return { version: segments[0], isVersioned: true, path: segments.slice(1) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The token from body, query or header, in this order. */
export function tokenOf(params: Params, headers: Headers): string | null {
  const given = params.access_token;
  if (typeof given === 'string' && given !== '') return given;
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim() ?? null;
}

/** Reads a request in any of the accepted styles: query, form, multipart or JSON. */
export async function parseRequest(request: Request, path: string): Promise<GraphCall> {
  const url = new URL(request.url);
  const body = await readBody(request);
  const params: Params = { ...paramsOf(url.searchParams), ...body.params };
  return {
    method: methodOf(request.method, params),
    ...splitPath(path),
    params,
    files: body.files,
    token: tokenOf(params, request.headers),
  };
}
