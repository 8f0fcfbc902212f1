import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { listActivity } from '@/lib/services/activity/list';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { readEvents } from '@/lib/services/events/read';
import { listMessages } from '@/lib/services/messages/list';
import { postMessage } from '@/lib/services/messages/post';
import { receiveMessage } from '@/lib/services/messages/receive';
import { openChat } from '@/lib/services/projects/open-chat';
import { stopTurn } from '@/lib/services/turns/progress';
import { readTurn } from '@/lib/services/turns/read';
import { startTurn } from '@/lib/services/turns/start';
import { buildConversation, buildOwner } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

describe('another tenant', () => {
  it('gets not_found for ids that are not its own, and changes nothing', async () => {
    const mine = await buildConversation();
    const stranger = (await buildOwner()).ctx;
    await postMessage(mine.ctx, { conversationId: mine.conversationId, role: 'agent', kind: 'TEXT', text: 'secret' });
    const { turnId } = await startTurn(mine.ctx, { conversationId: mine.conversationId, cause: { type: 'greeting' } });
    const notFound = { code: 'not_found' };
    await expect(openChat(stranger, { projectId: mine.projectId })).rejects.toMatchObject(notFound);
    await expect(
      receiveMessage(stranger, { conversationId: mine.conversationId, content: 'hi' }),
    ).rejects.toMatchObject(notFound);
    await expect(readTurn(stranger, { turnId, afterSeq: 0 })).rejects.toMatchObject(notFound);
    await expect(listMessages(stranger, { conversationId: mine.conversationId })).rejects.toMatchObject(notFound);
    await expect(listArtifacts(stranger, { projectId: mine.projectId })).rejects.toMatchObject(notFound);
    await expect(listActivity(stranger, { projectId: mine.projectId })).rejects.toMatchObject(notFound);
    await expect(stopTurn(stranger, { turnId })).rejects.toMatchObject(notFound);
    const turn = await inWorkspace(mine.ctx.workspaceId, (tx) => tx.turn.findUniqueOrThrow({ where: { id: turnId } }));
    expect(turn.stopRequested).toBe(false);
    expect(
      (await readEvents(stranger, { afterSeq: 0 })).filter(({ projectId }) => projectId === mine.projectId),
    ).toEqual([]);
  });
});

describe('row-level security', () => {
  it('hides every tenant row from a query that forgot its workspace, and refuses to write one into another', async () => {
    const mine = await buildConversation();
    const stranger = await buildOwner();
    const forgotten = await inWorkspace(stranger.ctx.workspaceId, (tx) =>
      tx.conversation.findMany({ where: { id: mine.conversationId } }),
    );
    expect(forgotten).toEqual([]);
    const smuggled = inWorkspace(stranger.ctx.workspaceId, (tx) =>
      tx.conversation.create({ data: { workspaceId: mine.ctx.workspaceId, projectId: mine.projectId, type: 'AGENT' } }),
    );
    await expect(smuggled).rejects.toThrow(/row-level security/);
  });

  it('is on for every table that carries a workspace id, and no row shows without a scope', async () => {
    await buildConversation();
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    try {
      const open = await client.query(`
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspaceId'
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity`);
      expect(open.rows).toEqual([]);
      expect((await client.query('SELECT 1 FROM "Conversation"')).rowCount).toBe(0);
    } finally {
      await client.end();
    }
  });
});
