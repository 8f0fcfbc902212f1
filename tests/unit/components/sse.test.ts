import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSse, type SseEvent } from '../../../components/wire/sse';

function streamOf(pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function all(pieces: string[]): Promise<SseEvent[]> {
  const events: SseEvent[] = [];
  for await (const event of readSse(streamOf(pieces))) events.push(event);
  return events;
}

describe('reading a stream of events', () => {
  it('passes over keep-alives and the retry hint', async () => {
    expect(await all(['retry: 1000\n\n: still here\n\nid: 3\ndata: {"a":1}\n\n'])).toEqual([
      { id: '3', data: '{"a":1}' },
    ]);
  });

  it('leaves out an event that was cut off before its end', async () => {
    expect(await all(['id: 1\ndata: whole\n\n', 'id: 2\ndata: hal'])).toEqual([{ id: '1', data: 'whole' }]);
  });

  it('reads the same events wherever the network cuts the text', async () => {
    const text = 'retry: 1000\n\nid: 1\ndata: {"type":"text","delta":"Olá, ção"}\n\nid: 2\ndata: b: c\n\n';
    const whole = await all([text]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 6 }), async (cuts) => {
        const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(await all(pieces)).toEqual(whole);
      }),
    );
  });
});
