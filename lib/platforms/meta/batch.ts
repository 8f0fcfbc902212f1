import * as z from 'zod';
import { graphErrorOf, metaRefusal, metaSilence } from './errors';
import type { MetaApi } from './transport';
import { NO_USAGE } from './usage';
import { type GraphParams, queryOf } from './wire';

/** Meta takes at most this many calls in one request. Each still counts as one call against the limits. */
const MOST_PER_BATCH = 50;

export type BatchRead = { path: readonly string[]; params: GraphParams };

const envelopeSchema = z.array(z.object({ code: z.number(), body: z.string() }).nullable());

/** The address of one item, as Meta wants it inside a batch: no version, everything encoded. */
function relativeUrl({ path, params }: BatchRead): string {
  const query = queryOf(params);
  const address = path.map(encodeURIComponent).join('/');
  return query ? `${address}?${query}` : address;
}

export type BatchAnswer<T> = { ok: true; body: T } | { ok: false; error: Error };

/** Many reads in few requests, in order. One that failed does not spoil the others; a failed request spoils its own fifty. */
export async function readBatch<T>(
  api: MetaApi,
  reads: readonly BatchRead[],
  schema: z.ZodType<T>,
): Promise<BatchAnswer<T>[]> {
  const answers: BatchAnswer<T>[] = [];
  for (let start = 0; start < reads.length; start += MOST_PER_BATCH) {
    const slice = reads.slice(start, start + MOST_PER_BATCH);
    const batch = JSON.stringify(slice.map((read) => ({ method: 'GET', relative_url: relativeUrl(read) })));
    const items = await api.parsed(
      { method: 'POST', path: [], params: { batch, include_headers: 'false' }, isRead: true },
      envelopeSchema,
    );
    const sorted = slice.map((read, index) => answerOf(api, read, items[index] ?? null, schema));
    // The envelope says yes while an item says "too many": the account is held all the same.
    for (const answer of sorted) if (!answer.ok) await api.heed(answer.error);
    answers.push(...sorted);
  }
  return answers;
}

function answerOf<T>(
  api: MetaApi,
  read: BatchRead,
  item: { code: number; body: string } | null,
  schema: z.ZodType<T>,
): BatchAnswer<T> {
  const request = { method: 'GET', path: read.path.join('/'), isWrite: false };
  const unreadable = (message: string) =>
    ({
      ok: false,
      error: metaSilence(
        { ...request, mayHaveArrived: true, status: item?.code ?? null },
        { reason: 'unreadable_answer', message },
      ),
    }) as const;
  // Null: Meta ran out of time before it came to this item.
  if (!item) return unreadable('not executed');
  let body: unknown;
  try {
    body = JSON.parse(item.body);
  } catch {
    return unreadable(`item with code ${item.code}, not JSON`);
  }
  const error = graphErrorOf(body);
  if (error)
    return {
      ok: false,
      error: metaRefusal(error, { ...request, status: item.code, usage: NO_USAGE, clean: (text) => api.clean(text) }),
    };
  const parsed = schema.safeParse(body);
  return parsed.success ? { ok: true, body: parsed.data } : unreadable('unexpected shape');
}
