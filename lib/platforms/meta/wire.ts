import { createHmac } from 'node:crypto';
import { redact } from '../../runtime/log';
import { type FailedRequest, graphErrorOf, metaRefusal, metaSilence } from './errors';
import type { MetaHost } from './host';
import { HttpFailure, type HttpRequest, sendHttp } from './http';
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

/** hex(HMAC-SHA256(app secret, token)): proves to Meta that the caller is the app and not someone who found the token. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Whether sending it twice could do something twice. */
export function isWrite(request: GraphRequest): boolean {
  return request.method !== 'GET' && request.isRead !== true;
}

/** A request as its errors tell of it: without parameters. */
export function failed(request: GraphRequest): FailedRequest {
  return { method: request.method, path: request.path.join('/'), isWrite: isWrite(request) };
}

/** Parameters as query text: lists and objects as JSON, absent ones left out. */
export function queryOf(params: GraphParams): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    query.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return query.toString();
}

/** Who hears what the headers of an answer say about limits, on success and on error. */
export type Hearing = { accountId?: string | null; onUsage?: (usage: Usage) => Promise<void> };

/** Sends one request and gives the parsed JSON body. @throws AppError platform_* on every failure. */
export async function sendGraph(
  host: MetaHost,
  token: string | null,
  request: GraphRequest,
  heard: Hearing = {},
): Promise<unknown> {
  return (await askGraph(host, token, request, heard)).body;
}

/** As sendGraph, with what the answer's headers say about limits and version. */
export async function askGraph(
  host: MetaHost,
  token: string | null,
  request: GraphRequest,
  heard: Hearing = {},
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
  reportUsage({ mode: host.mode, appId: host.appId, accountId: heard.accountId ?? null, usage: answer.usage });
  await heard.onUsage?.(answer.usage);
  return { body: bodyOf(answer, request, cleaner([token, host.appSecret])), usage: answer.usage };
}

type Answer = { status: number; text: string; usage: Usage };

async function fetchText(
  host: MetaHost,
  request: GraphRequest,
  address: string,
  sent: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
): Promise<Answer> {
  try {
    const { status, headers, text } = await sendHttp({
      ...sent,
      address,
      connectTimeoutMs: host.connectTimeoutMs,
      totalTimeoutMs: host.timeoutMs,
      ownConnection: isWrite(request),
    });
    return { status, text, usage: usageOf(headers) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const { kind, mayHaveArrived, message } = error;
    throw metaSilence({ ...failed(request), mayHaveArrived, status: null }, { reason: REASONS[kind], message });
  }
}

const REASONS = {
  connect_timeout: 'network',
  network: 'network',
  timeout: 'timeout',
  too_large: 'unreadable_answer',
} as const;

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
  if (status >= 300) {
    throw metaSilence(
      { ...failed(request), mayHaveArrived: true, status },
      { reason: 'unreadable_answer', message: `HTTP ${status} without an error object` },
    );
  }
  return body;
}

/** Removes the secrets of this very call, and anything else shaped like one. */
export function cleaner(secrets: readonly (string | null)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => Boolean(secret));
  return (text) => redact(known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text));
}
