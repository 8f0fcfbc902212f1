import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { faultSchema } from './faults';
import { answerMessages, type ModelRequest, type State } from './messages';
import { createScript, type Rule } from './script';
import { countTokens } from './stream';

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
