import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { ownerNeeded } from '@/lib/services/clock/owner-needed';
import { haltClock } from '@/lib/services/clock/step';
import { readEvents } from '@/lib/services/events/read';
import { buildProject } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const HOUR_MS = 3_600_000;

async function withCard(card: { hoursAgo: number; kind?: string; state?: string }) {
  const { ctx, projectId } = await buildProject();
  const occurredAt = new Date(Date.now() - card.hoursAgo * HOUR_MS);
  await inWorkspace(ctx.workspaceId, (tx) =>
    tx.approval.create({
      data: {
        workspaceId: ctx.workspaceId,
        projectId,
        kind: card.kind ?? 'campaign_action',
        state: card.state ?? 'WAITING',
        requestedBy: { type: 'agent' },
        payload: '{}',
        hash: '0'.repeat(64),
        subject: 'budget:adset-1',
        occurredAt,
        expiresAt: new Date(occurredAt.getTime() + 24 * HOUR_MS),
      },
    }),
  );
  return ctx;
}

it('time stops for a card of this step, and for no older, answered or launch card', async () => {
  expect(await ownerNeeded(await withCard({ hoursAgo: 0 }))).toBe(true);
  expect(await ownerNeeded(await withCard({ hoursAgo: 5 }))).toBe(false);
  expect(await ownerNeeded(await withCard({ hoursAgo: 0, state: 'DECLINED' }))).toBe(false);
  expect(await ownerNeeded(await withCard({ hoursAgo: 0, kind: 'launch' }))).toBe(false);
});

it('a halted clock forgets the rest of the way and says so once', async () => {
  const { ctx } = await buildProject();
  await inWorkspace(ctx.workspaceId, (tx) =>
    tx.organization.update({ where: { id: ctx.workspaceId }, data: { clockTargetMs: 1000n } }),
  );
  await haltClock(ctx);
  await haltClock(ctx);
  const told = (await readEvents(ctx, { afterSeq: 0 })).filter(({ type }) => type === 'clock.advanced');
  expect(told.map(({ payload }) => payload.running)).toEqual([false]);
});
