import type { TurnChunk } from '@/lib/domain/views';
import { request } from '../wire/send';
import { readSse } from '../wire/sse';

type FollowOptions = {
  turnId: string;
  /** The answer to a send is already a reader of its turn. */
  response?: Response;
  signal: AbortSignal;
  onChunk: (chunk: TurnChunk) => void;
  sleep?: (ms: number) => Promise<void>;
};

const PATIENCE_MS = [300, 1_000, 2_000, 4_000, 8_000, 8_000, 15_000];

/**
 * Reads a turn to its end, through as many connections as that takes: the line may drop or the host may cut it, the
 * turn goes on without us and we join again where we stopped. Answers false when it had to give up.
 */
export async function followTurn({ turnId, response, signal, onChunk, sleep = wait }: FollowOptions): Promise<boolean> {
  let after = 0;
  let failures = 0;
  let current: Response | null = response ?? null;
  while (!signal.aborted) {
    current ??= await request('GET', `/api/chat/turns/${turnId}/events?after=${after}`, undefined, signal);
    if (current && (current.status === 404 || current.status === 401)) return false;
    const before = after;
    if (current?.ok && current.body) {
      try {
        for await (const event of readSse(current.body)) {
          const seq = Number(event.id);
          if (seq && seq <= after) continue;
          if (seq) after = seq;
          const chunk = JSON.parse(event.data) as TurnChunk;
          onChunk(chunk);
          if (chunk.type === 'end') return true;
        }
      } catch {
        // A dropped line; the loop joins again.
      }
    }
    current = null;
    failures = after > before ? 0 : failures + 1;
    const pause = PATIENCE_MS[failures];
    if (pause === undefined) return false;
    await sleep(pause);
  }
  return false;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
