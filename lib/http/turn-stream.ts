import { wakeUp } from '../runtime/listen';
import type { ServiceContext } from '../services/context';
import { readTurn } from '../services/turns/read';
import type { ServerEvent } from './sse';

/** Chunks of a turn as they are stored, from a cursor on, until its end. Sending and resuming are the same reader. */
export async function* turnEvents(
  ctx: ServiceContext,
  turnId: string,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  let cursor = afterSeq;
  while (!signal.aborted) {
    const woken = wakeUp('aigency_turns', turnId, 500, signal);
    const { chunks, running } = await readTurn(ctx, { turnId, afterSeq: cursor });
    for (const { seq, chunk } of chunks) {
      cursor = seq;
      yield { id: seq, data: chunk };
      if (chunk.type === 'end') return;
    }
    if (!running && chunks.length === 0) {
      yield { id: cursor + 1, data: { type: 'end', status: 'failed', errorCode: 'internal' } };
      return;
    }
    await woken;
  }
}
