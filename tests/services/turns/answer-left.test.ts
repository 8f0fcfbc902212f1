import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { runJobNow } from '@/lib/jobs/run-now';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { listMessages } from '@/lib/services/messages/list';
import { receiveMessage } from '@/lib/services/messages/receive';
import { answerLeftMessages } from '@/lib/services/turns/answer-left';
import { stopTurn } from '@/lib/services/turns/progress';
import { buildConversation } from '@/tests/factories';
import { queuedJobs } from '@/tests/fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

type Chat = Awaited<ReturnType<typeof buildConversation>>;

/** A message whose server died right after it was stored. `agoMs`: how long ago the lease ran out. */
async function left(agoMs = 1_000): Promise<Chat & { turnId: string }> {
  const chat = await buildConversation();
  const { turnId } = await receiveMessage(chat.ctx, {
    conversationId: chat.conversationId,
    content: 'I run a small bakery in Porto',
  });
  await inWorkspace(chat.ctx.workspaceId, (tx) =>
    tx.turn.update({ where: { id: turnId }, data: { leaseUntil: new Date(Date.now() - agoMs) } }),
  );
  return { ...chat, turnId };
}

const answers = async ({ ctx, conversationId }: Chat) =>
  (await listMessages(ctx, { conversationId })).filter(({ role }) => role === 'agent');
const asked = async ({ ctx }: Chat) =>
  (await queuedJobs(ctx.workspaceId, 'run-turn')).filter(({ data }) => String(data.cause).includes('message'));
const statusOf = ({ ctx, turnId }: Chat & { turnId: string }) =>
  inWorkspace(ctx.workspaceId, async (tx) => (await tx.turn.findUniqueOrThrow({ where: { id: turnId } })).status);

describe('a message whose server died', () => {
  it('is answered by a worker, once, however many sweeps see it at the same moment', { timeout: 90_000 }, async () => {
    const chat = await left();
    await Promise.all([answerLeftMessages(), answerLeftMessages(), answerLeftMessages()]);
    expect(await answerLeftMessages()).toBe(0);
    const jobs = await asked(chat);
    expect(jobs).toHaveLength(1);
    expect(await statusOf(chat)).toBe('FAILED');
    await runJobNow('run-turn', chat.ctx, jobs[0]?.data ?? {});
    const said = await answers(chat);
    expect(said.length).toBeGreaterThan(0);
    // The same job a second time, as after a crash of the worker: nothing is said twice.
    await runJobNow('run-turn', chat.ctx, jobs[0]?.data ?? {});
    expect(await answers(chat)).toHaveLength(said.length);
  });

  it('is left alone while its answer may still be on its way', async () => {
    const chat = await left(-20_000);
    await answerLeftMessages();
    expect(await asked(chat)).toEqual([]);
    expect(await statusOf(chat)).toBe('RUNNING');
    await stopTurn(chat.ctx, { turnId: chat.turnId });
  });

  it('is not answered again after the next message was, and that one with it', { timeout: 90_000 }, async () => {
    const chat = await left();
    await answerLeftMessages();
    const [job] = await asked(chat);
    const next = await receiveMessage(chat.ctx, { conversationId: chat.conversationId, content: 'hello?' });
    await inWorkspace(chat.ctx.workspaceId, (tx) =>
      tx.turn.update({ where: { id: next.turnId }, data: { leaseUntil: new Date(Date.now() - 1_000) } }),
    );
    await answerLeftMessages();
    const second = (await asked(chat)).find(({ id }) => id !== job?.id);
    await runJobNow('run-turn', chat.ctx, second?.data ?? {});
    const said = await answers(chat);
    expect(said.length).toBeGreaterThan(0);
    await runJobNow('run-turn', chat.ctx, job?.data ?? {});
    expect(await answers(chat)).toHaveLength(said.length);
  });
});
