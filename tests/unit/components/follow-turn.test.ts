import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followTurn } from '../../../components/chat/follow-turn';
import type { TurnChunk } from '../../../lib/domain/views';

const CHUNKS: TurnChunk[] = [
  { type: 'text', delta: 'Hello' },
  { type: 'tool', name: 'update_brief', state: 'running' },
  { type: 'text', delta: ' there' },
  { type: 'end', status: 'done' },
];

/** A turn served from a list, each connection ending after `perConnection` chunks without saying goodbye. */
function serve(perConnection: number, from: number): Response {
  const text = CHUNKS.slice(from, from + perConnection)
    .map((chunk, index) => `id: ${from + index + 1}\ndata: ${JSON.stringify(chunk)}\n\n`)
    .join('');
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

function stubTurns(answer: (after: number) => Response | Promise<Response>) {
  const asked: number[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    const after = Number(new URL(url, 'http://here').searchParams.get('after'));
    asked.push(after);
    return Promise.resolve(answer(after));
  });
  return asked;
}

const noWait = { sleep: () => Promise.resolve() };
const signal = () => new AbortController().signal;

// A page that names no workspace.
beforeEach(() => vi.stubGlobal('document', { querySelectorAll: () => [] }));
afterEach(() => vi.unstubAllGlobals());

describe('following a turn', () => {
  it.each([1, 2, 3, 4])(
    'brings every chunk once, in order, when the line drops after every %s',
    async (perConnection) => {
      stubTurns((after) => serve(perConnection, after));
      const seen: TurnChunk[] = [];
      expect(await followTurn({ turnId: 't', signal: signal(), onChunk: (chunk) => seen.push(chunk), ...noWait })).toBe(
        true,
      );
      expect(seen).toEqual(CHUNKS);
    },
  );

  it('joins where the answer to the send left off', async () => {
    const asked = stubTurns((after) => serve(9, after));
    const seen: TurnChunk[] = [];
    await followTurn({
      turnId: 't',
      response: serve(2, 0),
      signal: signal(),
      onChunk: (chunk) => seen.push(chunk),
      ...noWait,
    });
    expect(asked).toEqual([2]);
    expect(seen).toEqual(CHUNKS);
  });

  it('gives up on a turn that is not there, and on a server that stays away', async () => {
    stubTurns(() => new Response(null, { status: 404 }));
    expect(await followTurn({ turnId: 't', signal: signal(), onChunk() {}, ...noWait })).toBe(false);
    const asked = stubTurns(() => Promise.reject(new Error('refused')));
    expect(await followTurn({ turnId: 't', signal: signal(), onChunk() {}, ...noWait })).toBe(false);
    expect(asked.length).toBeGreaterThan(3);
  });

  it('stops reading when the reader has gone', async () => {
    const gone = new AbortController();
    const asked = stubTurns((after) => serve(1, after));
    await followTurn({ turnId: 't', signal: gone.signal, onChunk: () => gone.abort(), ...noWait });
    expect(asked.length).toBe(1);
  });
});
