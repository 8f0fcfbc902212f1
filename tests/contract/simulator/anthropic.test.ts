import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createAnthropicSimulator } from '../../../lib/simulators/anthropic/simulator';
import type { Body } from './world';

const simulator = createAnthropicSimulator();
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ url, close } = await simulator.listen());
});
afterAll(() => close());
beforeEach(async () => {
  await fetch(`${url}/_admin/faults`, { method: 'DELETE' });
  await fetch(`${url}/_admin/requests`, { method: 'DELETE' });
  await admin('script', [
    {
      whenUserSays: 'sabão|soap',
      respond: { text: 'Lovely.', toolCalls: [{ name: 'save_fact', input: { field: 'business', value: '{{user}}' } }] },
    },
    { afterToolResult: 'save_fact', respond: { text: 'Saved as {{result.id}}. What is your goal?' } },
    { respond: { text: 'Tell me about your business.' } },
  ]);
});

const admin = async (path: string, body: unknown): Promise<Body> =>
  (await fetch(`${url}/_admin/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
const model = () => createAnthropic({ baseURL: `${url}/v1`, apiKey: 'test' })('claude-simulated');
const tools = {
  save_fact: tool({
    description: 'Saves',
    inputSchema: z.object({ field: z.string(), value: z.string() }),
    execute: async () => ({ id: 'fact-7' }),
  }),
};

test('a conversation with tools runs by script through the ordinary client', async () => {
  const result = await generateText({
    model: model(),
    tools,
    stopWhen: stepCountIs(4),
    prompt: 'I sell soap',
    maxRetries: 0,
    maxOutputTokens: 500,
  });
  expect(result.steps).toHaveLength(2);
  expect(result.text).toBe('Saved as fact-7. What is your goal?');
  expect(result.steps[0]?.toolCalls[0]?.input).toEqual({ field: 'business', value: 'I sell soap' });
  expect(result.totalUsage.inputTokens).toBeGreaterThan(0);
  const { requests }: Body = await (await fetch(`${url}/_admin/requests`)).json();
  expect(requests).toHaveLength(2);
  expect(requests[0].body.tools[0].name).toBe('save_fact');
});

test('answers are streamed piece by piece', async () => {
  const pieces: string[] = [];
  const result = streamText({ model: model(), prompt: 'hello', maxRetries: 0, maxOutputTokens: 500 });
  for await (const piece of result.textStream) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe('Tell me about your business.');
});

test('overload, limits, cut streams and broken tool calls happen on demand', async () => {
  const ask = (stream = false) =>
    fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'k', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', max_tokens: 10, stream, messages: [{ role: 'user', content: 'soap' }] }),
    });
  await admin('faults', { kind: 'overloaded' });
  const overloaded = await ask();
  expect([overloaded.status, ((await overloaded.json()) as Body).error.type]).toEqual([529, 'overloaded_error']);
  await admin('faults', { kind: 'rate_limit', retryAfterS: 3 });
  const limited = await ask();
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
  await admin('faults', { kind: 'cut_stream' });
  await expect((await ask(true)).text()).rejects.toThrow();
  await admin('faults', { kind: 'malformed_tool' });
  const broken = await (await ask(true)).text();
  const partial = [...broken.matchAll(/"partial_json":("(?:[^"\\]|\\.)*")/g)]
    .map(([, json]) => JSON.parse(json ?? '""'))
    .join('');
  expect(() => JSON.parse(partial)).toThrow(SyntaxError);
  expect((await ask()).status).toBe(200);
});

test('requests without a key, without messages or with an unanswered tool call are refused', async () => {
  const ask = async (body: unknown, headers: Record<string, string> = { 'x-api-key': 'k' }): Promise<Body> =>
    (await fetch(`${url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  const base = { model: 'm', max_tokens: 10 };
  expect((await ask({ ...base, messages: [{ role: 'user', content: 'x' }] }, {})).error.type).toBe(
    'authentication_error',
  );
  expect((await ask({ ...base, messages: [] })).error.type).toBe('invalid_request_error');
  const open = { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'save_fact', input: {} }] };
  expect(
    (await ask({ ...base, messages: [{ role: 'user', content: 'x' }, open, { role: 'user', content: 'well?' }] })).error
      .message,
  ).toContain('t1');
});
