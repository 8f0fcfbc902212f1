import { FacebookAdsApi } from 'facebook-nodejs-business-sdk';
import type * as z from 'zod';
import { standingOf } from '../pace';
import type { LoginAccess, PaceKey, Urgency } from '../port';
import { metaFailure, metaSilence } from './errors';
import { type MetaHost, metaHost } from './host';
import { assertMayCall, noteRefusal, noteUsage } from './pace';
import { retryRead } from './retry';
import { cleaner, failed, type GraphMethod, type GraphParams, type GraphRequest, isWrite, sendGraph } from './wire';

/**
 * Meta's own API class with our transport below it: the token travels in a header, calls end at a deadline, every failure
 * is an AppError classed by remedy, and nothing is shared between two instances. Never `init()`: it would set one token for
 * the whole process. Objects and cursors of the SDK work on it when it is given to them as their last argument.
 */
export class MetaApi extends FacebookAdsApi {
  declare readonly host: MetaHost;
  readonly accountId: string | null;
  readonly urgency: Urgency | null;

  /** @param urgency of every call; null: reads are reads and writes are writes. */
  constructor(token: string, host: MetaHost, accountId: string | null = null, urgency: Urgency | null = null) {
    super(token, 'en_US', false);
    this.accountId = accountId;
    this.urgency = urgency;
    // Whoever prints or serialises this object must print neither the token nor the app's secret.
    Object.defineProperty(this, 'accessToken', { value: token, enumerable: false, writable: false });
    Object.defineProperty(this, 'host', { value: host, enumerable: false, writable: false });
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

  private paceKey(): PaceKey {
    return { platform: 'meta', mode: this.host.mode, appId: this.host.appId ?? '', accountId: this.accountId };
  }

  private async send(request: GraphRequest): Promise<unknown> {
    const key = this.paceKey();
    const urgency = this.urgency ?? (isWrite(request) ? 'write' : 'read');
    // A stop does not even ask: it goes out when the database that keeps the limits is down.
    const known = urgency === 'stop' ? null : await standingOf(key);
    if (known) assertMayCall(known, urgency, { method: request.method, path: request.path.join('/') });
    try {
      return await sendGraph(this.host, this.accessToken, request, {
        accountId: this.accountId,
        onUsage: (usage) => noteUsage(key, known, usage),
      });
    } catch (error) {
      await this.heed(error);
      throw error;
    }
  }

  /** Remembers a refusal for limits, wherever in an answer it stood. */
  async heed(error: unknown): Promise<void> {
    const failure = metaFailure(error);
    if (failure) await noteRefusal(this.paceKey(), failure);
  }
}

/** A fresh API for one connection; build one per piece of work, keep none. */
export function metaApi(access: LoginAccess & { accountId?: string }): MetaApi {
  return new MetaApi(access.token, metaHost(access.mode), access.accountId ?? null, access.urgency ?? null);
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
