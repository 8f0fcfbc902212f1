import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { readBrief } from '@/lib/services/briefs/read';
import { listMessages } from '@/lib/services/messages/list';
import { receiveMessage } from '@/lib/services/messages/receive';
import { buildConversation } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const answers = { location: 'Porto', country: 'PT', monthlyBudget: { minor: '30000', currency: 'EUR' } };

it('answers of a form are the owner’s facts in the brief, once, however often the message arrives', async () => {
  const chat = await buildConversation();
  const send = (location: string) =>
    receiveMessage(chat.ctx, {
      conversationId: chat.conversationId,
      content: 'Here are my answers',
      clientMessageId: 'form-message-1',
      answers: { ...answers, location },
    });
  await send('Porto');
  expect((await send('Braga')).duplicate).toBe(true);
  const stored = await inWorkspace(chat.ctx.workspaceId, (tx) => tx.projectBrief.findFirstOrThrow());
  expect(stored).toMatchObject({ location: 'Porto', country: 'PT', monthlyBudgetMinor: 30_000n, version: 1 });
  expect(stored.sources).toMatchObject({ location: { source: 'owner' }, monthlyBudget: { source: 'owner' } });
});

it('one answer that does not hold: nothing is taken, nothing is sent, and the field is named', async () => {
  const chat = await buildConversation();
  const refused = receiveMessage(chat.ctx, {
    conversationId: chat.conversationId,
    content: 'Here are my answers',
    answers: { ...answers, monthlyBudget: { minor: '0', currency: 'EUR' } },
  });
  await expect(refused).rejects.toMatchObject({ code: 'invalid_input', details: { fields: ['monthlyBudget'] } });
  expect(await readBrief(chat.ctx, { projectId: chat.projectId })).toBeNull();
  const messages = await listMessages(chat.ctx, { conversationId: chat.conversationId });
  expect(messages.filter(({ role }) => role === 'owner')).toEqual([]);
});
