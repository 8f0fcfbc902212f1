import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { hasOpenAlarm } from '@/lib/services/monitor/alarms';
import { answerAlarmQuestion } from '@/lib/services/monitor/answer-question';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import {
  buildRunningCampaign,
  insightRow,
  type Running,
  type StandIn,
  setBusinessTime,
  standInPlatform,
} from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function pull(running: Running, reader: StandIn, instant: string): Promise<void> {
  await setBusinessTime(running.ctx.workspaceId, instant);
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
}
const alarms = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.alarm.findMany({ orderBy: { openedAt: 'asc' } }));
const isHeld = ({ ctx, projectId }: Running) => inWorkspace(ctx.workspaceId, (tx) => hasOpenAlarm(tx, ctx, projectId));
const bells = ({ ctx }: Running, key: string) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.notification.count({ where: { key } }));

async function running(): Promise<{ running: Running; reader: StandIn }> {
  const made = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-17T10:00:00Z') });
  const reader = standInPlatform(made);
  reader.budget = { minor: 1000n, currency: 'EUR' };
  return { running: made, reader };
}

describe('money that runs away', () => {
  it('opens one alarm that holds everything, said once, and ends with the day', async () => {
    const { running: one, reader } = await running();
    reader.rows.push(insightRow({ entityId: one.remote.campaign, day: '2026-11-18', spendMinor: 400n }));
    await pull(one, reader, '2026-11-18T05:00:00Z');
    expect(await isHeld(one)).toBe(false);
    reader.rows = [insightRow({ entityId: one.remote.campaign, day: '2026-11-18', spendMinor: 2600n })];
    await pull(one, reader, '2026-11-18T09:00:00Z');
    await pull(one, reader, '2026-11-18T13:00:00Z');
    expect((await alarms(one)).map(({ kind, answer }) => [kind, answer])).toEqual([['runaway_spend', 'pause']]);
    expect(await isHeld(one)).toBe(true);
    await pull(one, reader, '2026-11-19T05:00:00Z');
    expect((await alarms(one))[0]?.closedAt).not.toBeNull();
    expect([await bells(one, 'alarm_runaway_spend'), await bells(one, 'alarm_over')]).toEqual([1, 1]);
  });
});

describe('the owner’s answer', () => {
  it('that the shop is broken pauses, and that all is fine ends it and keeps quiet for a while', async () => {
    const { running: one, reader } = await running();
    await pull(one, reader, '2026-11-18T05:00:00Z');
    await inWorkspace(one.ctx.workspaceId, (tx) =>
      tx.alarm.create({
        data: {
          workspaceId: one.ctx.workspaceId,
          projectId: one.projectId,
          kind: 'checkout_broken',
          answer: 'ask',
          sinceTick: 1,
          confidence: 0.9,
          releaseWhen: 'owner_answers',
          paused: [],
          openedAt: new Date('2026-11-18T05:00:00Z'),
        },
      }),
    );
    const say = (says: 'site-broken' | 'all-fine') => answerAlarmQuestion(one.ctx, { projectId: one.projectId, says });
    await say('site-broken');
    await pull(one, reader, '2026-11-18T09:00:00Z');
    expect(await alarms(one)).toMatchObject([{ answer: 'pause', closedAt: null }]);
    await pull(one, reader, '2026-11-18T13:00:00Z');
    expect(await bells(one, 'alarm_shop_broken')).toBe(1);
    await say('all-fine');
    await pull(one, reader, '2026-11-18T17:00:00Z');
    const [alarm] = await alarms(one);
    expect(alarm?.closedAt).not.toBeNull();
    expect(alarm?.quietUntil).toBeGreaterThan(0);
    expect(await isHeld(one)).toBe(false);
  });

  it('has nothing to answer where nothing is asked, or in another workspace', async () => {
    const { running: one } = await running();
    const { running: other } = await running();
    for (const ctx of [one.ctx, other.ctx])
      await expect(answerAlarmQuestion(ctx, { projectId: one.projectId, says: 'all-fine' })).rejects.toThrow(AppError);
  });
});
