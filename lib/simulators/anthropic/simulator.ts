import { randomBytes } from 'node:crypto';
import { type ServerType, serve } from '@hono/node-server';
import { Hono, type Context as HonoContext } from 'hono';
import { z } from 'zod';
import { type Answer, createScript, type Message, type Rule, situationOf, type Tool } from './script';
import { countTokens, type MessageBody, toEvents, toMessage } from './stream';

const FAULT_KINDS = [
  'overloaded',
  'rate_limit',
  'server_error',
  'invalid_key',
  'cut_stream',
  'malformed_tool',
  'slow',
] as const;

export type ModelFault = {
  kind: (typeof FAULT_KINDS)[number];
  nth: number;
  times: number;
  ms?: number;
  retryAfterS?: number;
  seen: number;
  struck: number;
};

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

export type AnthropicSimulatorOptions = {
  now?: () => number;
  rules?: Rule[] /** Pause between streamed events. */;
  eventDelayMs?: number;
};

export type AnthropicSimulator = {
  fetch: (request: Request) => Response | Promise<Response>;
  listen: (options?: {
    port?: number;
    hostname?: string;
  }) => Promise<{ port: number; url: string; close: () => Promise<void> }>;
  setScript: (rules: Rule[]) => void;
  requests: () => ModelRequest[];
};

const answerSchema = z.object({
  text: z.string().optional(),
  toolCalls: z.array(z.object({ name: z.string(), input: z.unknown() })).optional(),
});
const ruleSchema = z.object({
  whenUserSays: z.string().optional(),
  afterToolResult: z.string().optional(),
  whenSystemSays: z.string().optional(),
  whenToolOffered: z.string().optional(),
  times: z.number().int().positive().optional(),
  respond: answerSchema,
});
const scriptSchema = z.union([
  z.array(ruleSchema),
  z.object({ rules: z.array(ruleSchema) }).transform(({ rules }) => rules),
]);
const faultSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  nth: z.number().int().positive().default(1),
  times: z.number().int().nonnegative().default(1),
  ms: z.number().optional(),
  retryAfterS: z.number().optional(),
});

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

type State = {
  faults: ModelFault[];
  requests: ModelRequest[];
  script: ReturnType<typeof createScript>;
  now: () => number;
  eventDelayMs: number;
};

/** A stand-in for Anthropic's Messages API that answers by script. */
export function createAnthropicSimulator({
  now = Date.now,
  rules = [],
  eventDelayMs = 0,
}: AnthropicSimulatorOptions = {}): AnthropicSimulator {
  const state: State = { faults: [], requests: [], script: createScript(), now, eventDelayMs };
  state.script.set(rules);
  const app = routes(state);

  return {
    fetch: (request) => app.fetch(request),
    setScript: state.script.set,
    requests: () => state.requests,
    listen: ({ port = 0, hostname = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        const server: ServerType = serve({ fetch: app.fetch, port, hostname }, (info) => {
          resolve({ port: info.port, url: `http://${hostname}:${info.port}`, close: () => closeServer(server) });
        });
        server.once('error', reject);
      }),
  };
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function routes(state: State): Hono {
  const app = new Hono();
  app.get('/_admin/health', (c) => c.json({ ok: true }));
  app.post('/_admin/script', async (c) => {
    state.script.set(scriptSchema.parse(await c.req.json()));
    return c.json({ rules: state.script.rules().length });
  });
  app.get('/_admin/script', (c) => c.json({ rules: state.script.rules() }));
  app.get('/_admin/requests', (c) => c.json({ requests: state.requests }));
  app.delete('/_admin/requests', (c) => {
    state.requests.length = 0;
    return c.json({ deleted: true });
  });
  app.post('/_admin/faults', async (c) => {
    const fault = { ...faultSchema.parse(await c.req.json()), seen: 0, struck: 0 };
    state.faults.push(fault);
    return c.json(fault, 201);
  });
  app.delete('/_admin/faults', (c) => {
    state.faults.length = 0;
    return c.json({ deleted: true });
  });
  // The base address is written with and without the version.
  app.post('/v1/messages/count_tokens', async (c) => c.json({ input_tokens: countTokens(await c.req.text()) }));
  app.post('/v1/messages', (c) => answerMessages(state, c));
  app.post('/messages', (c) => answerMessages(state, c));
  app.get('/v1/models', (c) =>
    c.json({
      data: [
        {
          type: 'model',
          id: 'claude-simulated',
          display_name: 'Scripted stand-in',
          created_at: '2026-01-01T00:00:00Z',
        },
      ],
      has_more: false,
    }),
  );
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: 'invalid request', issues: error.issues }, 400);
    console.error('model simulator fault', error);
    return c.json({ error: error.message }, 500);
  });
  return app;
}

type ErrorAnswer = {
  status: 400 | 401 | 429 | 500 | 529;
  type: string;
  message: string;
  headers?: Record<string, string>;
};

function refuse({ status, type, message, headers = {} }: ErrorAnswer): Response {
  return new Response(
    JSON.stringify({ type: 'error', error: { type, message }, request_id: `req_${randomBytes(12).toString('hex')}` }),
    {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    },
  );
}

function strike(state: State): ModelFault[] {
  return state.faults.filter((fault) => {
    fault.seen++;
    if (fault.seen < fault.nth || (fault.times > 0 && fault.struck >= fault.times)) return false;
    fault.struck++;
    return true;
  });
}

function faultAnswer(faults: ModelFault[]): ErrorAnswer | null {
  for (const fault of faults) {
    if (fault.kind === 'overloaded') return { status: 529, type: 'overloaded_error', message: 'Overloaded' };
    if (fault.kind === 'server_error') return { status: 500, type: 'api_error', message: 'Internal server error' };
    if (fault.kind === 'invalid_key')
      return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
    if (fault.kind === 'rate_limit') {
      return {
        status: 429,
        type: 'rate_limit_error',
        message: 'This request would exceed your rate limit.',
        headers: { 'retry-after': String(fault.retryAfterS ?? 1) },
      };
    }
  }
  return null;
}

async function answerMessages(state: State, c: HonoContext): Promise<Response> {
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
  const faults = strike(state);
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
