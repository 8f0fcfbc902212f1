import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anthropicModel } from '@/lib/agent/models/anthropic';
import { offlineModel } from '@/lib/agent/models/offline';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { readBrief } from '@/lib/services/briefs/read';
import { listMessages } from '@/lib/services/messages/list';
import { stopTurn } from '@/lib/services/turns/progress';
import { createAnthropicSimulator } from '@/lib/simulators/anthropic/simulator';
import { agentWords } from '@/lib/words/en/agent';
import { buildConversation } from '@/tests/factories';
import { say, turn } from './owner-chat';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const BAKERY = 'I run a small bakery in Porto, about 300 euros a month, want more birthday cake orders';
const usage = (workspaceId: string) =>
  inWorkspace(workspaceId, (tx) => tx.modelUsage.findMany({ where: { workspaceId }, orderBy: { at: 'asc' } }));

describe('a turn of the built-in helper', () => {
  it('greets, saying once what it is', async () => {
    const chat = await buildConversation();
    const { text } = await turn(chat, { type: 'greeting' });
    expect(text).toContain(agentWords.helperIntro);
    expect((await say(chat, 'hello')).text).not.toContain(agentWords.helperIntro);
  });

  it('streams text and tool states, ends with the stored message, and the pieces are the message', async () => {
    const chat = await buildConversation();
    const { chunks, messages } = await say(chat, BAKERY);
    expect(chunks.at(-1)).toEqual({ type: 'end', status: 'done' });
    expect(chunks.filter(({ type }) => type === 'tool')).toEqual([
      { type: 'tool', name: 'update_brief', state: 'running' },
      { type: 'tool', name: 'update_brief', state: 'done' },
    ]);
    const streamed = chunks
      .flatMap((chunk) => (chunk.type === 'text' ? [chunk.delta] : []))
      .join('')
      .trim();
    const stored = messages.filter(({ role, kind }) => role === 'agent' && kind === 'TEXT');
    expect(stored.map(({ text }) => text)).toEqual([streamed]);
    expect(chunks.at(-2)).toMatchObject({ type: 'message', message: { id: stored[0]?.id } });
  });

  it('finishes onboarding over several turns and shows the card after its sentence, also after a reload', async () => {
    const chat = await buildConversation();
    await turn(chat, { type: 'greeting' });
    await say(chat, BAKERY);
    await say(chat, 'Mostly young families. No website');
    const last = await say(chat, 'We use my grandmother’s recipes');
    const brief = await readBrief(chat.ctx, { projectId: chat.projectId });
    expect(brief?.draft).toMatchObject({
      businessDescription: 'Small bakery in Porto',
      product: 'Birthday cakes',
      location: 'Porto',
      country: 'PT',
      goal: 'MESSAGES',
      websiteUrl: null,
      monthlyBudget: { minor: '30000', currency: 'EUR' },
      targetAudience: 'Mostly young families',
    });
    const shown = last.messages.filter(({ role }) => role === 'agent').map(({ kind }) => kind);
    expect(shown).toEqual(['TEXT', 'BRIEF_SUMMARY', 'TEXT']);
    const card = (await listMessages(chat.ctx, { conversationId: chat.conversationId })).find(
      ({ kind }) => kind === 'BRIEF_SUMMARY',
    )?.card;
    expect(card).toMatchObject({ kind: 'BRIEF_SUMMARY', state: 'waiting', version: brief?.version });
  });

  it('a “yes” in the chat confirms nothing', async () => {
    const chat = await buildConversation();
    for (const line of [BAKERY, 'young families, no website', 'my grandmother’s recipes']) await say(chat, line);
    const { text } = await say(chat, 'yes go ahead');
    expect(text).toContain(agentWords.pressConfirm);
    expect((await readBrief(chat.ctx, { projectId: chat.projectId }))?.confirmedAt).toBeNull();
  });

  it('stops at the owner’s Stop and keeps what was said', async () => {
    const chat = await buildConversation();
    const slow = offlineModel({ paceMs: 1, sleep: async () => new Promise((resolve) => setTimeout(resolve, 60)) });
    const running = turn(chat, { type: 'greeting' }, slow);
    const turnId = await untilText(chat.ctx.workspaceId);
    await stopTurn(chat.ctx, { turnId });
    const { chunks, text } = await running;
    expect(chunks.at(-1)).toEqual({ type: 'end', status: 'stopped' });
    expect(text.length).toBeGreaterThan(5);
    expect(text.length).toBeLessThan(agentWords.greeting.length + 40);
  });
});

/** Waits until the first words of the running turn are stored. */
async function untilText(workspaceId: string): Promise<string> {
  for (;;) {
    const event = await inWorkspace(workspaceId, (tx) => tx.turnEvent.findFirst({ where: { workspaceId } }));
    if (event) return event.turnId;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a turn over the Messages API', () => {
  const simulator = createAnthropicSimulator();
  let url = '';
  let close = async () => {};
  beforeAll(async () => {
    ({ url, close } = await simulator.listen());
  });
  afterAll(() => close());
  const model = () => anthropicModel({ apiKey: 'sk-ant-test', modelId: 'claude-sonnet-4-5', baseUrl: url });

  it('calls the same tools, keeps its parts for the next turn, and is metered', async () => {
    const chat = await buildConversation();
    simulator.setScript([
      {
        whenUserSays: 'bakery',
        times: 1,
        respond: {
          text: 'Lovely. ',
          toolCalls: [
            {
              name: 'update_brief',
              input: {
                businessDescription: 'A bakery',
                monthlyBudget: { amount: '300', currency: 'EUR', per: 'month' },
              },
            },
          ],
        },
      },
      { afterToolResult: 'update_brief', respond: { text: 'Who are your best customers?' } },
      { whenUserSays: 'families', respond: { text: 'Thank you.' } },
    ]);
    const first = await say(chat, 'I have a bakery', model());
    expect(first.text).toContain('Who are your best customers?');
    expect((await readBrief(chat.ctx, { projectId: chat.projectId }))?.draft.monthlyBudget).toEqual({
      minor: '30000',
      currency: 'EUR',
    });
    const second = await say(chat, 'families', model());
    expect(second.text).toBe('Thank you.');
    const sent = JSON.stringify(simulator.requests().at(-1)?.body);
    expect(sent).toContain('tool_use');
    expect(sent).toContain('tool_result');
    expect(sent).toContain('"max_tokens":4096');
    const rows = await usage(chat.ctx.workspaceId);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatchObject({ provider: 'anthropic', model: 'claude-sonnet-4-5' });
    for (const row of rows) expect(row.costMicros).toBe(BigInt(row.inputTokens * 3 + row.outputTokens * 15));
  });

  it('says plainly when the language service does not answer, with a number to call us by', async () => {
    const chat = await buildConversation();
    const dead = anthropicModel({ apiKey: 'sk-ant-test', modelId: 'claude-sonnet-4-5', baseUrl: 'http://127.0.0.1:9' });
    const { chunks, text } = await say(chat, 'hello', dead);
    const end = chunks.at(-1);
    expect(end).toMatchObject({ type: 'end', status: 'failed', errorCode: 'model_unavailable' });
    expect(end?.type === 'end' && end.referenceId && text.includes(end.referenceId)).toBe(true);
  });

  it('stops calling once the month’s limit is used up', async () => {
    const chat = await buildConversation();
    const { workspaceId } = chat.ctx;
    await inWorkspace(workspaceId, (tx) =>
      tx.modelUsage.create({
        data: {
          workspaceId,
          provider: 'anthropic',
          model: 'x',
          inputTokens: 1,
          outputTokens: 1,
          costMicros: 20_000_000n,
        },
      }),
    );
    const before = simulator.requests().length;
    const { chunks } = await say(chat, 'hello', model());
    expect(chunks.at(-1)).toMatchObject({ type: 'end', status: 'failed', errorCode: 'model_limit_reached' });
    expect(simulator.requests()).toHaveLength(before);
  });
});
