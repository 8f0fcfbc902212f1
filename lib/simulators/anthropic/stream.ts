import type { Answer } from './script';

export type Usage = {
  input_tokens: number;
  output_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
};

export type MessageBody = {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: ({ type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: unknown })[];
  stop_reason: 'end_turn' | 'tool_use' | 'max_tokens';
  stop_sequence: null;
  usage: Usage;
};

type Draft = { id: string; model: string; answer: Answer; inputTokens: number; nextToolId: () => string };

/** About four characters a token: good enough to meter with. */
export function countTokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

/** An answer as one whole message. */
export function toMessage({ id, model, answer, inputTokens, nextToolId }: Draft): MessageBody {
  const content: MessageBody['content'] = [];
  if (answer.text !== undefined && answer.text !== '') content.push({ type: 'text', text: answer.text });
  for (const call of answer.toolCalls ?? [])
    content.push({ type: 'tool_use', id: nextToolId(), name: call.name, input: call.input });
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: (answer.toolCalls?.length ?? 0) > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: inputTokens,
      output_tokens: countTokens(JSON.stringify(content)),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  };
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function pieces(text: string, size: number): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
}

/** The same message as server-sent events, in the order the real service sends them. */
export function toEvents(message: MessageBody, options: { malformedTool?: boolean } = {}): string[] {
  const { content, stop_reason, usage, ...rest } = message;
  const events = [
    event('message_start', {
      message: { ...rest, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
    }),
    event('ping', {}),
  ];

  for (const [index, block] of content.entries()) {
    if (block.type === 'text') {
      events.push(event('content_block_start', { index, content_block: { type: 'text', text: '' } }));
      for (const text of pieces(block.text, 24))
        events.push(event('content_block_delta', { index, delta: { type: 'text_delta', text } }));
    } else {
      const json = options.malformedTool ? JSON.stringify(block.input).slice(0, -2) : JSON.stringify(block.input);
      events.push(
        event('content_block_start', {
          index,
          content_block: { type: 'tool_use', id: block.id, name: block.name, input: {} },
        }),
      );
      for (const partial of pieces(json, 48))
        events.push(
          event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: partial } }),
        );
    }
    events.push(event('content_block_stop', { index }));
  }

  events.push(
    event('message_delta', {
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: usage.output_tokens },
    }),
    event('message_stop', {}),
  );
  return events;
}
