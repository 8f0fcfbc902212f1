import type * as z from 'zod';
import type { AppError } from '../../domain/errors';
import { metaSilence } from './errors';
import { pageOf } from './schemas';
import type { MetaApi } from './transport';
import type { GraphParams } from './wire';

/** Pages followed at most: beyond it something is wrong with the cursors, or the question was too wide. */
const MOST_PAGES = 400;

/**
 * Every row of an edge, following cursors until Meta names no next page (a short or empty page is not the end). A cursor
 * that comes back is an error, never an endless loop, and a row that comes twice counts once.
 */
export async function listAll<T extends z.ZodType>(
  api: MetaApi,
  path: readonly string[],
  params: GraphParams,
  row: T,
  keyOf: (row: z.infer<T>) => string,
): Promise<z.infer<T>[]> {
  const rows = new Map<string, z.infer<T>>();
  const seen = new Set<string>();
  const schema = pageOf(row);
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await api.get(path, { limit: 200, ...params, after }, schema);
    for (const found of answer.data) rows.set(keyOf(found), found);
    const cursor = answer.paging?.cursors?.after;
    if (answer.paging?.next === undefined) {
      // An empty list has no cursors: rows were left out of this answer.
      if (rows.size === 0 && after === undefined && cursor !== undefined)
        throw doubtful(path, 'an empty list with a cursor');
      return [...rows.values()];
    }
    if (cursor === undefined || seen.has(cursor)) break;
    seen.add(cursor);
    after = cursor;
  }
  throw doubtful(path, 'the pages of this list do not end');
}

function doubtful(path: readonly string[], message: string): AppError {
  return metaSilence(
    { method: 'GET', path: path.join('/'), isWrite: false, mayHaveArrived: true, status: 200 },
    { reason: 'unreadable_answer', message },
  );
}
