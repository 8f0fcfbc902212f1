import { createHmac } from 'node:crypto';
import { FacebookAdsApi } from 'facebook-nodejs-business-sdk';
import type * as z from 'zod';
import { AppError } from '../../domain/errors';
import { redact } from '../../runtime/log';
import type { LoginAccess } from '../port';
import { type FailedRequest, graphErrorOf, metaFailure, metaRefusal, metaSilence } from './errors';
import { type MetaHost, metaHost } from './host';
import { assertMayRead, assertRoomFor, holdReads, noteUsage, type PaceKey } from './pace';
import { retryRead } from './retry';
import { reportUsage, type Usage, usageOf } from './usage';

export type GraphParams = Record<string, unknown>;
export type GraphMethod = 'GET' | 'POST' | 'DELETE';

export type GraphRequest = {
  method: GraphMethod;
  /** Segments below the version. */
  path: readonly string[];
  params?: GraphParams;
  /** A POST that changes nothing (batch of reads, token exchange): it may be asked again. */
  isRead?: boolean;
};

/** Connection errors that prove the request never left. Anything else may have arrived. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** hex(HMAC-SHA256(app secret, token)): proves to Meta that the caller is the app and not someone who found the token. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

/**
 * Meta's own API class with our transport below it: the token travels in a header, calls end at a deadline, every failure
 * is an AppError classed by remedy, and nothing is shared between two instances. Never `init()`: it would set one token for
 * the whole process. Objects and cursors of the SDK work on it when it is given to them as their last argument.
 */
export class MetaApi extends FacebookAdsApi {
  readonly host: MetaHost;
  readonly accountId: string | null;

  constructor(token: string, host: MetaHost, accountId: string | null = null) {
    super(token, 'en_US', false);
    this.host = host;
    this.accountId = accountId;
    // Whoever prints or serialises this object must not print the token.
    Object.defineProperty(this, 'accessToken', { value: token, enumerable: false, writable: false });
  }

  /** Entry of the SDK's objects and cursors. A cursor gives the absolute address of its next page. */
  override async call<T>(method: string, path: string | string[], params: GraphParams = {}): Promise<T> {
    const target = typeof path === 'string' ? relativeAddress(path) : { path, params };
    const verb: GraphMethod = method === 'GET' || method === 'DELETE' ? method : 'POST';
    return (await this.send({ method: verb, path: target.path.map(String), params: target.params })) as T;
  }

  override getAppID(): Promise<never> {
    return Promise.reject(new Error('use inspectToken: the SDK would put the token into the address'));
  }

  get<T>(path: readonly string[], params: GraphParams, schema: z.ZodType<T>): Promise<T> {
    return this.parsed({ method: 'GET', path, params }, schema);
  }

  post<T>(path: readonly string[], params: GraphParams, schema: z.ZodType<T>): Promise<T> {
    return this.parsed({ method: 'POST', path, params }, schema);
  }

  delete<T>(path: readonly string[], params: GraphParams, schema: z.ZodType<T>): Promise<T> {
    return this.parsed({ method: 'DELETE', path, params }, schema);
  }

  /** Reads are asked again with jitter when a hiccup is likely over; writes are sent once, always. */
  async parsed<T>(request: GraphRequest, schema: z.ZodType<T>): Promise<T> {
    const once = async () => readAs(await this.send(request), schema, request);
    return isWrite(request) ? once() : retryRead(once);
  }

  /** Removes this connection's secrets from a text. */
  clean(text: string): string {
    return cleaner([this.accessToken, this.host.appSecret])(text);
  }

  /** Asks leave for a question that can wait. @throws AppError platform_retry_later when this account's limits are nearly full. */
  assertRoom(path: string): void {
    assertRoomFor(this.paceKey(), path, Date.now());
  }

  private paceKey(): PaceKey {
    return { mode: this.host.mode, appId: this.host.appId, accountId: this.accountId };
  }

  private async send(request: GraphRequest): Promise<unknown> {
    const account = this.paceKey();
    if (!isWrite(request)) assertMayRead(account, { method: request.method, path: request.path.join('/') }, Date.now());
    try {
      return await sendGraph(this.host, this.accessToken, request, this.accountId);
    } catch (error) {
      const failure = metaFailure(error);
      if (failure?.reason === 'throttled' && failure.retryAfterMs !== null)
        holdReads(account, failure.retryAfterMs, Date.now());
      throw error;
    }
  }
}

/** A fresh API for one connection; build one per piece of work, keep none. */
export function metaApi(access: LoginAccess & { accountId?: string }): MetaApi {
  return new MetaApi(access.token, metaHost(access.mode), access.accountId ?? null);
}

function isWrite(request: GraphRequest): boolean {
  return request.method !== 'GET' && request.isRead !== true;
}

function failed(request: GraphRequest): FailedRequest {
  return { method: request.method, path: request.path.join('/'), isWrite: isWrite(request) };
}

function readAs<T>(body: unknown, schema: z.ZodType<T>, request: GraphRequest): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')}: ${issue.code}`)
    .join('; ');
  throw metaSilence(
    { ...failed(request), mayHaveArrived: true, status: 200 },
    { reason: 'unreadable_answer', message: `unexpected shape (${where})` },
  );
}

/**
 * Path and parameters of an absolute address Meta gave us. Its host is ignored and its token dropped: we only ever call our
 * own configured host with our own header.
 */
export function relativeAddress(address: string): { path: string[]; params: GraphParams } {
  const url = new URL(address, 'https://graph.facebook.com');
  const path = url.pathname.split('/').filter(Boolean);
  const versionAt = path.findIndex((segment) => /^v\d+\.\d+$/.test(segment));
  const params = Object.fromEntries(
    [...url.searchParams].filter(([key]) => key !== 'access_token' && key !== 'appsecret_proof'),
  );
  return { path: path.slice(versionAt + 1).map(decodeURIComponent), params };
}

/** A value as query text: lists and objects as JSON, absent ones left out. */
function queryOf(params: GraphParams): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    query.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return query.toString();
}

/** Sends one request and gives the parsed JSON body. @throws AppError platform_* on every failure. */
export async function sendGraph(
  host: MetaHost,
  token: string | null,
  request: GraphRequest,
  accountId: string | null = null,
): Promise<unknown> {
  return (await askGraph(host, token, request, accountId)).body;
}

/** As sendGraph, with what the answer's headers say about limits and version. */
export async function askGraph(
  host: MetaHost,
  token: string | null,
  request: GraphRequest,
  accountId: string | null = null,
): Promise<{ body: unknown; usage: Usage }> {
  const proof = token && host.appSecret ? { appsecret_proof: appSecretProof(token, host.appSecret) } : {};
  const params = { ...request.params, ...proof };
  const address = `${host.graphUrl}/${[host.version, ...request.path.map(encodeURIComponent)].join('/')}`;
  const hasBody = request.method === 'POST';
  const query = hasBody ? '' : queryOf(params);
  const answer = await fetchText(host, request, query ? `${address}?${query}` : address, {
    method: request.method,
    headers: {
      accept: 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(params) } : {}),
  });
  const observed = { mode: host.mode, appId: host.appId, accountId };
  noteUsage(observed, answer.usage, Date.now());
  reportUsage({ ...observed, usage: answer.usage });
  return { body: bodyOf(answer, request, cleaner([token, host.appSecret])), usage: answer.usage };
}

type Answer = { status: number; text: string; usage: Usage };

async function fetchText(host: MetaHost, request: GraphRequest, address: string, init: RequestInit): Promise<Answer> {
  const signal = AbortSignal.timeout(host.timeoutMs);
  try {
    const response = await fetch(address, { ...init, signal, redirect: 'error', cache: 'no-store' });
    return { status: response.status, text: await response.text(), usage: usageOf(response.headers) };
  } catch (error) {
    if (signal.aborted) {
      throw metaSilence(
        { ...failed(request), mayHaveArrived: true, status: null },
        { reason: 'timeout', message: `no answer within ${host.timeoutMs} ms` },
      );
    }
    const code = connectionCode(error);
    throw metaSilence(
      { ...failed(request), mayHaveArrived: !NEVER_LEFT.has(code), status: null },
      { reason: 'network', message: `connection failed (${code})` },
    );
  }
}

/** The system's code of a failed fetch. Its message is left behind: it may quote the address. */
function connectionCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

function bodyOf(answer: Answer, request: GraphRequest, clean: (text: string) => string): unknown {
  const { status, text, usage } = answer;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // HTML from the edge in front of Meta, or an answer that was cut: what happened behind it is not known.
    throw metaSilence(
      { ...failed(request), mayHaveArrived: true, status },
      { reason: 'unreadable_answer', message: `HTTP ${status}, not JSON` },
    );
  }
  const error = graphErrorOf(body);
  if (error) throw metaRefusal(error, { ...failed(request), status, usage, clean });
  if (status >= 400) {
    throw metaSilence(
      { ...failed(request), mayHaveArrived: true, status },
      { reason: 'unreadable_answer', message: `HTTP ${status} without an error object` },
    );
  }
  return body;
}

/** Removes the secrets of this very call, and anything else shaped like one. */
function cleaner(secrets: readonly (string | null)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => Boolean(secret));
  return (text) => redact(known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text));
}

/** True for errors of this platform that carry the given remedy. */
export function isPlatformError(error: unknown, code: AppError['code']): error is AppError {
  return error instanceof AppError && error.code === code;
}
