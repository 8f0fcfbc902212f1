import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { advanceClock } from '@/lib/services/clock/advance';
import { resumeStalledClocks } from '@/lib/services/clock/resume-stalled';
import { clockState } from '@/lib/services/clock/state';
import { haltClock, stepClock } from '@/lib/services/clock/step';
import { buildConnection, buildProject } from '@/tests/factories';
import { buildRunningCampaign, type Running } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const HOUR = 3_600_000;
const jobs = ({ ctx }: Pick<Running, 'ctx'>) =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<
      { count: bigint }[]
    >`SELECT count(*) FROM jobs.job WHERE data->>'kind' = 'advance-clock' AND data->>'workspaceId' = ${ctx.workspaceId}`;
    return Number(rows[0]?.count);
  });

/** A simulator that only remembers where its worlds were put. */
function worlds() {
  const moves: [string, number][] = [];
  return { moves, move: (world: string, offsetMs: number) => Promise.resolve(void moves.push([world, offsetMs])) };
}

describe('the time machine', () => {
  it('does not exist for a workspace with a live connection, with one of each, or with none', async () => {
    const live = await buildRunningCampaign({ mode: 'LIVE' });
    const both = await buildRunningCampaign();
    await buildConnection(both, { mode: 'LIVE' });
    const none = await buildProject();
    for (const { ctx, projectId } of [live, both, none]) {
      await expect(advanceClock(ctx, { projectId, by: '1d' })).rejects.toMatchObject({ code: 'simulated_only' });
      expect(await clockState(ctx)).toMatchObject({ mayAdvance: false, offsetMs: 0, running: false });
    }
  });

  it('answers 404 for another workspace’s project', async () => {
    const [running, stranger] = [await buildRunningCampaign(), await buildRunningCampaign()];
    await expect(advanceClock(stranger.ctx, { projectId: running.projectId, by: '4h' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('makes one advance at a time, however many presses', async () => {
    const running = await buildRunningCampaign();
    const presses = await Promise.allSettled(
      [1, 2, 3].map(() => advanceClock(running.ctx, { projectId: running.projectId, by: '1w' })),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const press of presses)
      if (press.status === 'rejected') expect(press.reason).toMatchObject({ code: 'conflict' });
    expect(await jobs(running)).toBe(1);
    expect(await clockState(running.ctx)).toMatchObject({ mayAdvance: true, running: true, offsetMs: 0 });
  });

  it('walks in steps of four hours, worlds and business time together, and says so each time', async () => {
    const running = await buildRunningCampaign();
    const { moves, move } = worlds();
    await advanceClock(running.ctx, { projectId: running.projectId, by: '1d' });
    const before = Date.parse((await clockState(running.ctx)).now);
    let steps = 0;
    while (await stepClock(running.ctx, move)) steps += 1;
    expect(steps).toBe(6);
    expect(moves.map(([, offset]) => offset / HOUR)).toEqual([4, 8, 12, 16, 20, 24]);
    const state = await clockState(running.ctx);
    expect(state).toMatchObject({ offsetMs: 24 * HOUR, running: false });
    expect(Date.parse(state.now) - before).toBeGreaterThanOrEqual(24 * HOUR);
    expect(
      await inWorkspace(running.ctx.workspaceId, (tx) => tx.event.count({ where: { type: 'clock.advanced' } })),
    ).toBe(6);
  });

  it('makes the same step again after a crash between the worlds and our own time, and none twice', async () => {
    const running = await buildRunningCampaign();
    const { moves, move } = worlds();
    await advanceClock(running.ctx, { projectId: running.projectId, by: '1d' });
    await stepClock(running.ctx, move);
    const crashing = async (world: string, offset: number) => {
      await move(world, offset);
      throw new Error('killed');
    };
    await expect(stepClock(running.ctx, crashing)).rejects.toThrow('killed');
    await Promise.allSettled([stepClock(running.ctx, move), stepClock(running.ctx, move)]);
    while (await stepClock(running.ctx, move));
    expect((await clockState(running.ctx)).offsetMs).toBe(24 * HOUR);
    expect(new Set(moves.map(([, offset]) => offset / HOUR))).toEqual(new Set([4, 8, 12, 16, 20, 24]));
  });

  it('stops where it is when a live account is connected on the way', async () => {
    const running = await buildRunningCampaign();
    const { move } = worlds();
    await advanceClock(running.ctx, { projectId: running.projectId, by: '1d' });
    await stepClock(running.ctx, move);
    await buildConnection(running, { mode: 'LIVE' });
    await expect(stepClock(running.ctx, move)).rejects.toMatchObject({ code: 'simulated_only' });
    await haltClock(running.ctx);
    expect(await clockState(running.ctx)).toMatchObject({ running: false, offsetMs: 4 * HOUR });
  });

  it('is sent on its way again when its job gave up, once in ten minutes', async () => {
    const running = await buildRunningCampaign();
    await advanceClock(running.ctx, { projectId: running.projectId, by: '4h' });
    const now = new Date('2026-11-21T10:00:00Z');
    await resumeStalledClocks(now);
    await resumeStalledClocks(new Date(now.getTime() + 60_000));
    expect(await jobs(running)).toBe(2);
  });
});
