import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { ensureOnboardingConversation } from '@/lib/services/conversations/open';
import { listMessages } from '@/lib/services/messages/list';
import { postMessage } from '@/lib/services/messages/post';
import { receiveMessage } from '@/lib/services/messages/receive';
import { appendTurnChunk, finishTurn, stopTurn } from '@/lib/services/turns/progress';
import { readTurn, runningTurn } from '@/lib/services/turns/read';
import { startTurn } from '@/lib/services/turns/start';
import { buildConversation, buildProject } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const text = (content: string) => ({ role: 'agent', kind: 'TEXT', text: content }) as const;

describe('onboarding conversation', () => {
  it('starts once, with one greeting, however many pages open at the same moment', async () => {
    const { ctx, projectId } = await buildProject();
    const opened = await Promise.all(Array.from({ length: 8 }, () => ensureOnboardingConversation(ctx, { projectId })));
    expect(new Set(opened.map(({ conversationId }) => conversationId)).size).toBe(1);
    const greetings = await inWorkspace(
      ctx.workspaceId,
      (tx) =>
        tx.$queryRaw<
          { count: bigint }[]
        >`SELECT count(*) FROM jobs.job WHERE data->>'kind' = 'run-turn' AND data->>'workspaceId' = ${ctx.workspaceId}`,
    );
    expect(Number(greetings[0]?.count)).toBe(1);
  });
});

describe('messages', () => {
  it('numbers concurrent messages without gap or repeat', async () => {
    const { ctx, conversationId } = await buildConversation();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => postMessage(ctx, { conversationId, ...text(`m${index}`) })),
    );
    const messages = await listMessages(ctx, { conversationId });
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('shows a kind it does not know as its text', async () => {
    const { ctx, conversationId } = await buildConversation();
    const { id } = await postMessage(ctx, { conversationId, ...text('still readable') });
    await inWorkspace(ctx.workspaceId, (tx) =>
      tx.message.update({ where: { id }, data: { kind: 'FROM_THE_FUTURE', metadata: { odd: true } } }),
    );
    const [message] = await listMessages(ctx, { conversationId });
    expect(message).toMatchObject({ kind: 'TEXT', text: 'still readable', card: null });
  });

  it('falls back to the text when a stored card no longer fits its shape', async () => {
    const { ctx, conversationId } = await buildConversation();
    await postMessage(ctx, {
      conversationId,
      role: 'agent',
      kind: 'NOTICE',
      text: 'plain words',
      payload: { kind: 'NOTICE', tone: 'purple' },
    });
    expect((await listMessages(ctx, { conversationId }))[0]).toMatchObject({ text: 'plain words', card: null });
  });
});

describe('turns', () => {
  it('answers one message at a time: a second message while one is answered is refused and not stored', async () => {
    const { ctx, conversationId } = await buildConversation();
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => receiveMessage(ctx, { conversationId, content: `hello ${index}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'turn_running' });
    expect(await listMessages(ctx, { conversationId })).toHaveLength(1);
  });

  it('leads the same client message sent again to the same turn', async () => {
    const { ctx, conversationId } = await buildConversation();
    const first = await receiveMessage(ctx, { conversationId, content: 'hello', clientMessageId: 'message-0001' });
    const again = await receiveMessage(ctx, { conversationId, content: 'hello', clientMessageId: 'message-0001' });
    expect(again).toEqual({ turnId: first.turnId, duplicate: true });
    expect(await listMessages(ctx, { conversationId })).toHaveLength(1);
  });

  it('gives a late reader every chunk in order, and the end exactly once', async () => {
    const { ctx, conversationId } = await buildConversation();
    const { turnId } = await startTurn(ctx, { conversationId, cause: { type: 'greeting' } });
    for (const delta of ['Hel', 'lo ', 'Ana']) await appendTurnChunk(ctx, { turnId, chunk: { type: 'text', delta } });
    expect(await runningTurn(ctx, { conversationId })).toEqual({ id: turnId });
    await finishTurn(ctx, { turnId, status: 'done' });
    await finishTurn(ctx, { turnId, status: 'failed', errorCode: 'internal' });
    const { chunks, running } = await readTurn(ctx, { turnId, afterSeq: 1 });
    expect(running).toBe(false);
    expect(chunks.map(({ chunk }) => chunk)).toEqual([
      { type: 'text', delta: 'lo ' },
      { type: 'text', delta: 'Ana' },
      { type: 'end', status: 'done' },
    ]);
    expect(await runningTurn(ctx, { conversationId })).toBeNull();
  });

  it('tells the runner about Stop, and a runner without its turn to go away', async () => {
    const { ctx, conversationId } = await buildConversation();
    const { turnId } = await startTurn(ctx, { conversationId, cause: { type: 'greeting' } });
    const chunk = { type: 'text', delta: 'a' } as const;
    expect(await appendTurnChunk(ctx, { turnId, chunk })).toEqual({ mayGoOn: true });
    await stopTurn(ctx, { turnId });
    expect(await appendTurnChunk(ctx, { turnId, chunk })).toEqual({ mayGoOn: false });
    await finishTurn(ctx, { turnId, status: 'stopped' });
    expect(await appendTurnChunk(ctx, { turnId, chunk })).toEqual({ mayGoOn: false });
  });

  it('frees the conversation when the runner of a turn died', async () => {
    const { ctx, conversationId } = await buildConversation();
    const { turnId } = await startTurn(ctx, { conversationId, cause: { type: 'greeting' } });
    await inWorkspace(
      ctx.workspaceId,
      (tx) =>
        tx.$executeRaw`UPDATE "Turn" SET "leaseUntil" = "leaseUntil" - interval '2 minutes' WHERE "id" = ${turnId}`,
    );
    expect((await readTurn(ctx, { turnId, afterSeq: 0 })).running).toBe(false);
    const next = await startTurn(ctx, { conversationId, cause: { type: 'greeting' } });
    expect(next.turnId).not.toBe(turnId);
  });
});
