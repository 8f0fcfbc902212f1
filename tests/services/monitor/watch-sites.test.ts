import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { slotOf } from '@/lib/services/monitor/slot';
import { enqueueSiteLooks, watchSites } from '@/lib/services/monitor/watch-sites';
import { buildRunningCampaign, type Running, setBusinessTime } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

/** A live shop that was pulled at nine, its page answering; `doubt` opens an alarm about clicks without visits. */
async function shop(doubt: boolean): Promise<Running> {
  const running = await buildRunningCampaign({
    status: 'ACTIVE',
    mode: 'LIVE',
    launchedAt: new Date('2026-11-02T10:00:00Z'),
  });
  const { ctx, projectId, adAccountId } = running;
  await setBusinessTime(ctx.workspaceId, '2026-11-18T09:30:00Z');
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.monitorRun.create({
      data: {
        id: randomUUID(),
        workspaceId: ctx.workspaceId,
        adAccountId,
        slot: slotOf(new Date('2026-11-18T09:00:00Z')),
        state: 'DONE',
        siteAnswers: { [projectId]: true },
      },
    });
    if (doubt)
      await tx.alarm.create({
        data: {
          workspaceId: ctx.workspaceId,
          projectId,
          kind: 'tracking_lost',
          answer: 'freeze',
          sinceTick: 123_000,
          confidence: 0.99,
          releaseWhen: 'views_and_results_return',
          paused: [],
          openedAt: new Date('2026-11-18T09:00:00Z'),
        },
      });
  });
  return running;
}

const look = ({ ctx, adAccountId }: Running, answers: boolean | null) => {
  const looks: string[] = [];
  const done = watchSites(ctx, {
    adAccountId,
    look: (address) => {
      looks.push(address);
      return Promise.resolve({ answers, why: 'test' });
    },
    sleep: () => Promise.resolve(),
  });
  return done.then((said) => ({ ...said, looks: looks.length }));
};
const alarms = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.alarm.findMany({ where: { kind: 'site_down' } }));
const bells = ({ ctx }: Running, key: string) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.notification.count({ where: { key } }));

describe('between two pulls', () => {
  it('only accounts in doubt are looked at again', async () => {
    await shop(false);
    const before = (await enqueueSiteLooks(new Date('2026-11-18T09:31:00Z'))).enqueued;
    await shop(true);
    expect((await enqueueSiteLooks(new Date('2026-11-18T09:32:00Z'))).enqueued).toBe(before + 1);
  });

  it('a page that stopped answering is an alarm at once, told once, and over as soon as it answers', async () => {
    const running = await shop(true);
    expect(await look(running, false)).toEqual({ looked: true, looks: 3 });
    expect(await alarms(running)).toMatchObject([{ answer: 'pause', closedAt: null }]);
    await look(running, false);
    expect(await bells(running, 'alarm_site_down')).toBe(1);
    expect(await look(running, true)).toEqual({ looked: true, looks: 1 });
    const [alarm, ...more] = await alarms(running);
    expect(more).toEqual([]);
    expect(alarm?.closedAt).not.toBeNull();
    const over = await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.notification.count({ where: { key: 'alarm_over', params: { path: ['kind'], equals: 'site_down' } } }),
    );
    expect(over).toBe(1);
  });

  it('what cannot be said of a page changes nothing', async () => {
    const running = await shop(true);
    expect(await look(running, null)).toEqual({ looked: false, looks: 1 });
    expect(await alarms(running)).toEqual([]);
  });
});
