import { createHash } from 'node:crypto';
import type { Params } from '../wire/params';
import type { Json } from '../world/types';

export type LoggedRequest = {
  n: number;
  at: string;
  world: string | null;
  account: string | null;
  method: string;
  path: string;
  version: string;
  params: Record<string, Json>;
  status: number;
  errorCode?: number;
  errorSubcode?: number;
  appliedObjectId?: string;
  isBatchItem: boolean;
  faults: string[];
};

export type LogFilter = { world?: string; account?: string; since?: number; method?: string };

export type RequestLog = {
  add(entry: Omit<LoggedRequest, 'n' | 'at'>): void;
  list(filter: LogFilter): LoggedRequest[];
  clear(filter: LogFilter): void;
};

const MOST = 20_000;
const SECRETS = new Set([
  'access_token',
  'fb_exchange_token',
  'client_secret',
  'appsecret_proof',
  'code',
  'input_token',
]);

/** A short digest: enough to tell two tokens apart, useless to anyone who reads it. */
export function digest(secret: string): string {
  return `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`;
}

/** Parameters as they may be kept: secrets digested, images shortened to their length. */
export function cleanParams(params: Params): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      if (SECRETS.has(key)) return [key, digest(String(value))];
      if (key === 'bytes') return [key, `<${String(value).length} characters>`];
      if (key === 'batch')
        return [
          key,
          String(typeof value === 'string' ? value : JSON.stringify(value)).replace(/EAA[A-Za-z0-9]{20,}/g, digest),
        ];
      return [key, value];
    }),
  );
}

/** Every request of this process, oldest first, the latest twenty thousand. */
export function createRequestLog(now: () => number): RequestLog {
  let entries: LoggedRequest[] = [];
  let next = 1;

  const isMeant = (entry: LoggedRequest, filter: LogFilter) =>
    (filter.world === undefined || entry.world === filter.world) &&
    (filter.account === undefined || entry.account === filter.account) &&
    (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
    (filter.since === undefined || entry.n > filter.since);

  return {
    add: (entry) => {
      entries.push({ n: next++, at: new Date(now()).toISOString(), ...entry });
      if (entries.length > MOST) entries = entries.slice(-MOST);
    },
    list: (filter) => entries.filter((entry) => isMeant(entry, filter)),
    clear: (filter) => {
      entries = entries.filter((entry) => !isMeant(entry, filter));
    },
  };
}
