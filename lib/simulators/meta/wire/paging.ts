import type { JsonObject } from '../world/types';
import { GraphError } from './errors';

export const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 5000;

/** A cursor is opaque to clients; here it names a position by what stands there. */
export function toCursor(position: string): string {
  return Buffer.from(`c:${position}`, 'utf8').toString('base64url');
}

function lostCursor(): GraphError {
  return new GraphError({ code: 2642, message: '(#2642) Invalid cursors values' });
}

export function fromCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith('c:')) throw lostCursor();
  return text.slice(2);
}

export type Page<T> = {
  items: T[];
  paging?: { before: string; after: string; hasNext: boolean; hasPrevious: boolean };
};

type PageRequest<T> = {
  items: T[];
  keyOf: (item: T, at: number) => string;
  limit?: number;
  after?: string;
  before?: string;
};

/** One page of a list. Positions are keys, so a list that grew at its head is not read twice. */
export function pageOf<T>({ items, keyOf, limit = DEFAULT_LIMIT, after, before }: PageRequest<T>): Page<T> {
  const size = Math.min(MAX_LIMIT, Math.max(1, limit));
  const keys = items.map(keyOf);
  let start = 0;
  if (after !== undefined) start = positionOf(keys, after) + 1;
  if (before !== undefined) start = Math.max(0, positionOf(keys, before) - size);

  const page = items.slice(start, start + size);
  if (page.length === 0) return { items: [] };
  return {
    items: page,
    paging: {
      before: toCursor(keys[start] ?? ''),
      after: toCursor(keys[start + page.length - 1] ?? ''),
      hasNext: start + page.length < items.length,
      hasPrevious: start > 0,
    },
  };
}

/** Marks a cursor that stands before its row, as an empty page hands out. */
export const BEFORE = '<';

function positionOf(keys: string[], cursor: string): number {
  const text = fromCursor(cursor);
  const isBefore = text.startsWith(BEFORE) && keys.includes(text.slice(BEFORE.length));
  const position = isBefore ? keys.indexOf(text.slice(BEFORE.length)) : keys.indexOf(text);
  if (isBefore) return position - 1;
  if (position < 0) throw lostCursor();
  return position;
}

/** The `paging` object with absolute links, which clients follow verbatim. */
export function pagingBody(
  page: Page<unknown>,
  url: (cursor: { after?: string; before?: string }) => string,
): JsonObject | undefined {
  if (!page.paging) return undefined;
  const { before, after, hasNext, hasPrevious } = page.paging;
  return {
    cursors: { before, after },
    ...(hasNext ? { next: url({ after }) } : {}),
    ...(hasPrevious ? { previous: url({ before }) } : {}),
  };
}
