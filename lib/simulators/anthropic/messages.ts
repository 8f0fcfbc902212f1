import { randomBytes } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import { type ErrorAnswer, faultAnswer, type ModelFault, strike } from './faults';
import { type Answer, type createScript, type Message, situationOf, type Tool } from './script';
import { countTokens, type MessageBody, toEvents, toMessage } from './stream';

export type ModelRequest = {
  n: number;
  at: string;
  model: string;
  isStream: boolean;
  body: unknown;
  answered: Answer | null;
  status: number;
  faults: string[];
};

export type State = {
  faults: ModelFault[];
  requests: ModelRequest[];
  script: ReturnType<typeof createScript>;
  now: () => number;
  eventDelayMs: number;
};

const blockSchema = z.looseObject({ type: z.string() });
const requestSchema = z.looseObject({
  model: z.string(),
  max_tokens: z.number().int().positive(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['user', 'assistant', 'system']),
        content: z.union([z.string(), z.array(blockSchema)]),
      }),
    )
    .min(1),
  system: z.union([z.string(), z.array(blockSchema)]).optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
  stream: z.boolean().optional(),
});

function refuse({ status, type, message, headers = {} }: ErrorAnswer): Response {
  return new Response(
    JSON.stringify({ type: 'error', error: { type, message }, request_id: `req_${randomBytes(12).toString('hex')}` }),
    {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    },
  );
}

/** Answers one request of the Messages API: refused as the real one refuses, struck by faults, else as the script says. */
export async function answerMessages(state: State, c: HonoContext): Promise<Response> {
  const hasKey = c.req.header('x-api-key') !== undefined || (c.req.header('authorization') ?? '').startsWith('Bearer ');
  if (!hasKey) return refuse({ status: 401, type: 'authentication_error', message: 'x-api-key header is required' });
  const text = await c.req.text();
  const parsed = requestSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({
      status: 400,
      type: 'invalid_request_error',
      message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    });
  }

  const request = parsed.data;
  const unanswered = unansweredTool(request.messages as Message[]);
  if (unanswered !== null) {
    return refuse({
      status: 400,
      type: 'invalid_request_error',
      message: `messages: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${unanswered}`,
    });
  }
  const faults = strike(state.faults);
  const entry: ModelRequest = {
    n: state.requests.length + 1,
    at: new Date(state.now()).toISOString(),
    model: request.model,
    isStream: request.stream === true,
    body: request,
    answered: null,
    status: 200,
    faults: faults.map((fault) => fault.kind),
  };
  state.requests.push(entry);
  for (const fault of faults)
    if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
  const error = faultAnswer(faults);
  if (error) {
    entry.status = error.status;
    return refuse(error);
  }

  const answer = state.script.answer(
    situationOf(request.messages as Message[], systemText(request.system), (request.tools ?? []) as Tool[]),
  );
  entry.answered = answer;
  const message = toMessage({
    id: `msg_${randomBytes(12).toString('hex')}`,
    model: request.model,
    answer,
    inputTokens: countTokens(text),
    nextToolId: () => `toolu_${randomBytes(12).toString('hex')}`,
  });
  const headers = { 'request-id': `req_${randomBytes(12).toString('hex')}` };
  if (!entry.isStream) return Response.json(message, { headers });
  return streamMessage({ state, message, faults, headers, cut: () => socketOf(c.env)?.destroy() });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function systemText(system: unknown): string {
  if (typeof system === 'string') return system;
  const blocks = z.array(z.looseObject({ text: z.string() })).safeParse(system);
  return blocks.success ? blocks.data.map(({ text }) => text).join('\n') : '';
}

/** The real service refuses a conversation in which a tool call was never answered. */
function unansweredTool(messages: Message[]): string | null {
  for (const [at, message] of messages.entries()) {
    if (message.role !== 'assistant' || typeof message.content === 'string') continue;
    const next = messages[at + 1];
    const answered = new Set(
      next && typeof next.content !== 'string' ? next.content.map((block) => block.tool_use_id) : [],
    );
    const open = message.content.find((block) => block.type === 'tool_use' && !answered.has(block.id));
    if (open) return open.id ?? '';
  }
  return null;
}

function socketOf(env: unknown): { destroy: () => void } | undefined {
  return (env as { incoming?: { socket?: { destroy: () => void } } } | undefined)?.incoming?.socket;
}

/** Long enough for what was written to leave before the line is cut. */
const FLUSH_MS = 20;

type StreamDraft = {
  state: State;
  message: MessageBody;
  faults: ModelFault[];
  headers: Record<string, string>;
  cut: () => void;
};

function streamMessage({ state, message, faults, headers, cut }: StreamDraft): Response {
  const kinds = new Set(faults.map((fault) => fault.kind));
  const events = toEvents(message, { malformedTool: kinds.has('malformed_tool') });
  const kept = kinds.has('cut_stream') ? events.slice(0, Math.max(2, Math.floor(events.length / 2))) : events;
  const encoder = new TextEncoder();
  let at = 0;

  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = kept[at++];
      if (next !== undefined) {
        if (state.eventDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.eventDelayMs));
        controller.enqueue(encoder.encode(next));
        return;
      }
      if (kinds.has('cut_stream')) {
        await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
        cut();
      }
      controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', ...headers },
  });
}
