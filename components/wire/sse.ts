export type SseEvent = { id: string; data: string };

/** Splits a server-sent event stream into events. Comments (keep-alives) and unknown fields are passed over. */
export async function* readSse(body: ReadableStream<Uint8Array>): AsyncGenerator<SseEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value.replace(/\r\n?/g, '\n');
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parseBlock(block: string): SseEvent | null {
  const event: SseEvent = { id: '', data: '' };
  let hasData = false;
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') event.id = value;
    if (field !== 'data') continue;
    event.data += hasData ? `\n${value}` : value;
    hasData = true;
  }
  return hasData ? event : null;
}
