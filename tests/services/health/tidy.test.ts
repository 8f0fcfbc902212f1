import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { runJobNow } from '@/lib/jobs/run-now';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { forgetStreams } from '@/lib/services/events/forget-streams';
import { KEEP_DAYS } from '@/lib/services/health/tidy';
import { listMessages } from '@/lib/services/messages/list';
import { postMessage } from '@/lib/services/messages/post';
import { appendTurnChunk } from '@/lib/services/turns/progress';
import { startTurn } from '@/lib/services/turns/start';
import { buildConversation } from '@/tests/factories';
import { queuedJobs } from '@/tests/fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** An hour to each side of what is kept. */
const old = (days: number) => new Date(Date.now() - days * DAY - HOUR);
const young = (days: number) => new Date(Date.now() - days * DAY + HOUR);
const tidy = () => runJobNow('tidy', { workspaceId: '', actor: { type: 'job', name: 'tidy' }, requestId: 'test' }, {});

describe('the day’s tidying', () => {
  it('lets go of logins and sessions that ran out, an hour beyond their time and not an hour before', async () => {
    const { ctx, projectId, userId } = await buildConversation();
    const states = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.oauthState.createManyAndReturn({
        data: [old(KEEP_DAYS.ranOut), young(KEEP_DAYS.ranOut)].map((expiresAt) => ({
          workspaceId: ctx.workspaceId,
          projectId,
          sessionId: 's',
          nonceHash: randomUUID(),
          mode: 'SIMULATED',
          expiresAt,
        })),
      }),
    );
    const sessions = await inSystem((tx) =>
      tx.session.createManyAndReturn({
        data: [old(KEEP_DAYS.ranOut), young(KEEP_DAYS.ranOut)].map((expiresAt) => ({
          id: randomUUID(),
          token: randomUUID(),
          userId,
          expiresAt,
        })),
      }),
    );
    await tidy();
    const left = await inSystem(async (tx) => [
      await tx.oauthState.findMany({ where: { projectId }, select: { id: true } }),
      await tx.session.findMany({ where: { userId }, select: { id: true } }),
    ]);
    expect(left).toEqual([[{ id: states[1]?.id }], [{ id: sessions[1]?.id }]]);
  });

  it('lets go of the pieces of answers long given, and of no message and no answer being given', async () => {
    const { ctx, conversationId } = await buildConversation();
    const { turnId } = await startTurn(ctx, { conversationId, cause: { type: 'greeting' } });
    await appendTurnChunk(ctx, { turnId, chunk: { type: 'text', delta: 'hello' } });
    await postMessage(ctx, { conversationId, role: 'agent', kind: 'TEXT', text: 'hello' });
    const pieces = () => inWorkspace(ctx.workspaceId, (tx) => tx.turnEvent.count());
    await inWorkspace(ctx.workspaceId, (tx) => tx.turnEvent.updateMany({ data: { at: old(KEEP_DAYS.turnPieces) } }));
    await tidy();
    expect(await pieces()).toBe(1);
    await inWorkspace(ctx.workspaceId, (tx) => tx.turn.updateMany({ data: { status: 'DONE' } }));
    await tidy();
    expect(await pieces()).toBe(0);
    expect((await listMessages(ctx, { conversationId })).map(({ text }) => text)).toContain('hello');
  });

  it('lets go of events of long ago, and of nothing in the audit trail', async () => {
    const { ctx } = await buildConversation();
    const count = () =>
      inWorkspace(ctx.workspaceId, async (tx) => [await tx.event.count(), await tx.auditEntry.count()]);
    const [events = 0, audit = 0] = await count();
    expect(events).toBeGreaterThan(1);
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.event.updateMany({ where: { seq: 1 }, data: { createdAt: old(KEEP_DAYS.events) } });
      await tx.event.updateMany({ where: { seq: 2 }, data: { createdAt: young(KEEP_DAYS.events) } });
    });
    await tidy();
    expect(await count()).toEqual([events - 1, audit]);
  });

  it('is started once a day, however many minutes ask', async () => {
    const minute = () =>
      runJobNow('tick', { workspaceId: '', actor: { type: 'job', name: 'tick' }, requestId: 'test' }, {});
    await minute();
    await minute();
    expect(await queuedJobs('', 'tidy')).toHaveLength(1);
  });
});

it('a stream whose server died is forgotten, a living one is not', async () => {
  const userId = randomUUID();
  await inSystem((tx) =>
    tx.openStream.createMany({
      data: [
        { id: randomUUID(), userId, seenAt: new Date(Date.now() - 3 * 60_000) },
        { id: 'alive', userId, seenAt: new Date() },
      ],
    }),
  );
  await forgetStreams();
  const left = await inSystem((tx) => tx.openStream.findMany({ where: { userId } }));
  expect(left.map(({ id }) => id)).toEqual(['alive']);
});
