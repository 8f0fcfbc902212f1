import { BEFORE, fromCursor, toCursor } from '../wire/paging';
import type { Json, JsonObject } from '../world/types';

export const FAULT_KINDS = [
  'latency',
  'drop_before',
  'drop_after',
  'http_500',
  'http_503',
  'html_502',
  'throttle',
  'error',
  'expired_token',
  'malformed',
  'cut_json',
  'wrong_types',
  'lookup_lag',
  'silent_change',
  'cursor_loop',
  'duplicate_rows',
  'reordered_rows',
  'empty_page',
] as const;
/** Faults that mean something to one kind of call only: a report being started, an item of a batch. */
export const NARROW_FAULT_KINDS = ['report_failed', 'report_expired', 'report_stalled', 'batch_null'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number] | (typeof NARROW_FAULT_KINDS)[number];

export type FaultDraft = {
  kind: FaultKind;
  world?: string;
  account?: string;
  match?: { method?: string; path?: string; body?: string };
  /** The first matching request it strikes, counted from 1. */
  nth?: number;
  /** How many requests it strikes; 0 means all. */
  times?: number;
  params?: JsonObject;
};

export type Fault = FaultDraft & { id: string; seen: number; struck: number };

export type Occasion = { world?: string; account?: string; method: string; path: string; bodyText: () => string };

function matchesText(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const expression = /^\/(.+)\/([a-z]*)$/.exec(pattern);
  if (expression && /[\\^$.*+?()[\]{}|]/.test(pattern))
    return new RegExp(expression[1] ?? '', expression[2]).test(text);
  return text.includes(pattern);
}

function matches(fault: Fault, occasion: Occasion): boolean {
  if (fault.world !== undefined && fault.world !== occasion.world) return false;
  if (fault.account !== undefined && fault.account !== occasion.account) return false;
  if (fault.match?.method !== undefined && fault.match.method.toUpperCase() !== occasion.method) return false;
  return (
    matchesText(fault.match?.path, occasion.path) &&
    (fault.match?.body === undefined || matchesText(fault.match.body, occasion.bodyText()))
  );
}

export type FaultBook = {
  add(draft: FaultDraft): Fault;
  list(): Fault[];
  remove(id?: string): void;
  /** The faults that strike this request; each is counted. */
  strike(occasion: Occasion): Fault[];
};

/** The faults that are set, in the order they were set. */
export function createFaultBook(): FaultBook {
  let faults: Fault[] = [];
  let next = 1;

  return {
    add: (draft) => {
      const fault = { ...draft, id: `fault-${next++}`, seen: 0, struck: 0 };
      faults.push(fault);
      return fault;
    },
    list: () => faults,
    remove: (id) => {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
    },
    strike: (occasion) =>
      faults.filter((fault) => {
        if (!matches(fault, occasion)) return false;
        fault.seen++;
        const times = fault.times ?? 1;
        if (fault.seen < (fault.nth ?? 1) || (times > 0 && fault.struck >= times)) return false;
        fault.struck++;
        return true;
      }),
  };
}

export function numberParam(fault: Fault, name: string, fallback: number): number {
  const value = Number(fault.params?.[name]);
  return Number.isFinite(value) ? value : fallback;
}

export function textParam(fault: Fault, name: string, fallback: string): string {
  const value = fault.params?.[name];
  return typeof value === 'string' ? value : fallback;
}

/** Errors that a fault answers with instead of carrying the request out. */
export function faultError(fault: Fault): { status: number; body: JsonObject } | null {
  const error = (status: number, code: number, message: string, extra: JsonObject = {}) => ({
    status: numberParam(fault, 'status', status),
    body: {
      error: {
        message: textParam(fault, 'message', message),
        type: 'OAuthException',
        code,
        is_transient: false,
        ...extra,
        fbtrace_id: 'AFaultSetByTheAdminInterf',
      },
    },
  });
  switch (fault.kind) {
    case 'http_500':
      return error(500, 1, 'An unknown error occurred');
    case 'http_503':
      return error(503, 2, 'Service temporarily unavailable', { is_transient: true });
    case 'throttle': {
      const code = numberParam(fault, 'code', 17);
      const subcode = numberParam(fault, 'subcode', code === 613 ? 1487742 : 2446079);
      return error(code === 4 ? 403 : 400, code, '(#17) User request limit reached', {
        error_subcode: subcode,
        is_transient: code === 4,
      });
    }
    case 'expired_token':
      return error(400, 190, 'Error validating access token: Session has expired.', {
        error_subcode: numberParam(fault, 'subcode', 463),
      });
    case 'error': {
      const subcode = fault.params?.subcode;
      const isTransient = fault.params?.isTransient === true;
      return error(400, numberParam(fault, 'code', 100), 'Invalid parameter', {
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        is_transient: isTransient,
      });
    }
    default:
      return null;
  }
}

/** Answers that a fault spoils on their way out. */
export function spoilBody(fault: Fault, body: JsonObject | Json[]): JsonObject | Json[] {
  if (Array.isArray(body)) return body;
  const rows = Array.isArray(body.data) ? body.data : null;
  switch (fault.kind) {
    case 'wrong_types':
      return turnTypes(body);
    case 'duplicate_rows':
      return rows && rows.length > 0 ? { ...body, data: [...rows, rows[rows.length - 1] ?? null] } : body;
    case 'reordered_rows':
      return rows ? { ...body, data: [...rows].reverse() } : body;
    case 'empty_page':
      return emptyPage(body);
    case 'cursor_loop':
      return loopCursor(body, textParam(fault, 'url', ''));
    default:
      return body;
  }
}

/** An empty page in the middle of a list: its `next` leads to the rows that were left out. */
function emptyPage(body: JsonObject): JsonObject {
  const paging = isRecord(body.paging) ? body.paging : {};
  const cursors = isRecord(paging.cursors) ? paging.cursors : {};
  if (typeof cursors.before !== 'string') return { ...body, data: [] };
  const here = toCursor(`${BEFORE}${fromCursor(cursors.before)}`);
  const next = typeof paging.next === 'string' ? paging.next : typeof paging.self === 'string' ? paging.self : '';
  const url = URL.canParse(next) ? new URL(next) : null;
  url?.searchParams.set('after', here);
  return {
    ...body,
    data: [],
    paging: { ...paging, cursors: { before: here, after: here }, ...(url ? { next: url.toString() } : {}) },
  };
}

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function loopCursor(body: JsonObject, url: string): JsonObject {
  const cursors = { before: 'MAZDZD', after: 'MAZDZD' };
  return { ...body, paging: { cursors, next: url } };
}

function turnTypes(body: JsonObject): JsonObject {
  const turn = (value: Json | undefined): Json => {
    if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return Number(value);
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, turn(item)]));
    return value ?? null;
  };
  return turn(body) as JsonObject;
}
