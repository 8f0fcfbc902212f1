import { describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { AppError } from '@/lib/domain/errors';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { inWorkspace } from '@/lib/runtime/db';
import { loadActionCards } from '@/lib/services/actions/card';
import { executeAction } from '@/lib/services/mutations/execute';
import { undoAction } from '@/lib/services/mutations/undo';
import { approveAction, DAY, eur, gateOverSimulator, job, live, propose, remote, rowOf } from '../../fixtures/gate';
import { setOffset } from '../../fixtures/launch';
import type { buildSimulatedLaunch, SimulatedLaunch } from '../../fixtures/simulated-launch';

const { posts } = gateOverSimulator();

const shiftable = (plan: Parameters<NonNullable<Parameters<typeof buildSimulatedLaunch>[0]>>[0]) => {
  const [adSet] = plan.adSets;
  if (!adSet) throw new Error('no ad set');
  const half = eur(500);
  return {
    ...plan,
    envelope: { ...plan.envelope, monthlyCeiling: eur(90_000), maxShiftPercent: 20, maxChangesPerDay: 20 },
    adSets: [
      { ...adSet, dailyBudget: half },
      {
        ...adSet,
        key: 'adset-2',
        name: 'Elsewhere',
        dailyBudget: half,
        ads: adSet.ads.slice(0, 1).map((ad) => ({ ...ad, key: 'ad-9' })),
        reserves: [],
      },
    ],
  };
};
const budget = (to: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: 'adset-1',
  from: eur(500),
  to: eur(to),
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** Carries an action out, by itself or after its card was pressed; answers its id. */
async function run(launch: SimulatedLaunch, action: CampaignAction, day: string): Promise<string> {
  const { actionId, verdict } = await propose(launch, action, day);
  if (verdict.answer === 'ask') await approveAction(launch, actionId);
  await executeAction(job(launch), { actionId });
  expect(await rowOf(launch, actionId)).toMatchObject({ state: 'DONE', kind: action.kind });
  return actionId;
}
/** Takes it back, through a card where it must be asked; answers the Undo's id and whether it asked. */
async function takeBack(launch: SimulatedLaunch, actionId: string): Promise<{ actionId: string; asked: boolean }> {
  const undo = await undoAction(launch.ctx, { actionId });
  const asked = (await rowOf(launch, undo.actionId)).state === 'WAITING';
  if (asked) await approveAction(launch, undo.actionId);
  await executeAction(job(launch), undo);
  expect(await rowOf(launch, undo.actionId)).toMatchObject({ state: 'DONE' });
  expect(await rowOf(launch, actionId)).toMatchObject({ state: 'UNDONE', undoneById: undo.actionId });
  return { ...undo, asked };
}

describe('taking back', () => {
  it('works for every kind, restores what stood there, and asks where it costs more', async () => {
    const launch = await live(shiftable);
    const status = async (level: string, key: string) => (await remote(launch, level, key))?.status;
    const daily = async (key: string) => (await remote(launch, 'adset', key))?.dailyBudget?.minor;

    const pauseAd = await run(launch, { kind: 'pause_ad', adKey: 'ad-2' }, 'd1');
    expect(await takeBack(launch, pauseAd)).toMatchObject({ asked: false });
    expect(await status('ad', 'ad-2')).toBe('ACTIVE');

    const again = await run(launch, { kind: 'pause_ad', adKey: 'ad-2' }, 'd2');
    const resumeAd = await run(launch, { kind: 'resume_ad', adKey: 'ad-2' }, 'd3');
    expect(await takeBack(launch, resumeAd)).toMatchObject({ asked: false });
    expect(await status('ad', 'ad-2')).toBe('PAUSED');
    expect((await rowOf(launch, again)).state).toBe('DONE');

    const pause = await run(launch, { kind: 'pause_campaign' }, 'd4');
    await takeBack(launch, pause);
    expect(await status('campaign', 'campaign')).toBe('ACTIVE');

    await run(launch, { kind: 'pause_campaign' }, 'd5');
    const resume = await run(launch, { kind: 'resume_campaign' }, 'd6');
    expect(await takeBack(launch, resume)).toMatchObject({ asked: false });
    expect(await status('campaign', 'campaign')).toBe('PAUSED');
    await run(launch, { kind: 'resume_campaign' }, 'd7');

    const raise = await run(launch, budget(600), 'd8');
    expect(await takeBack(launch, raise)).toMatchObject({ asked: false });
    expect(await daily('adset-1')).toBe(500n);

    const lower = await run(launch, budget(400), 'd9');
    expect(await takeBack(launch, lower)).toMatchObject({ asked: true });
    expect(await daily('adset-1')).toBe(500n);
  }, 180_000);

  it('moves money back between ad sets, the sum unchanged at every step', async () => {
    const launch = await live(shiftable);
    const moves = [
      { adSetKey: 'adset-1', from: eur(500), to: eur(400) },
      { adSetKey: 'adset-2', from: eur(500), to: eur(600) },
    ];
    const shift = await run(launch, { kind: 'shift_budget', moves }, 'd1');
    expect((await remote(launch, 'adset', 'adset-2'))?.dailyBudget?.minor).toBe(600n);
    await takeBack(launch, shift);
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(500n);
    expect((await remote(launch, 'adset', 'adset-2'))?.dailyBudget?.minor).toBe(500n);
    const budgets = (await posts(launch)).flatMap((sent) =>
      sent.params.daily_budget ? [String(sent.params.daily_budget)] : [],
    );
    expect(budgets.slice(-4)).toEqual(['400', '600', '500', '500']);
  }, 120_000);

  it('is refused when the platform shows something else, and can be tried again once it does not', async () => {
    const launch = await live();
    const actionId = await run(launch, { kind: 'pause_ad', adKey: 'ad-2' }, 'd1');
    const ad = await remote(launch, 'ad', 'ad-2');
    const edit = (status: 'ACTIVE' | 'PAUSED') => metaWriter.setStatus(launch.access, 'ad', ad?.remoteId ?? '', status);
    await edit('ACTIVE');
    // Nobody looked yet: the gate itself finds it.
    const first = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), first);
    expect(await rowOf(launch, first.actionId)).toMatchObject({ state: 'FAILED', errorCode: 'conflict' });
    expect((await rowOf(launch, actionId)).state).toBe('DONE');
    await edit('PAUSED');
    const second = await undoAction(launch.ctx, { actionId });
    expect(second.actionId).not.toBe(first.actionId);
    expect(await undoAction(launch.ctx, { actionId })).toEqual(second);
    await executeAction(job(launch), second);
    expect(await rowOf(launch, second.actionId)).toMatchObject({ state: 'DONE' });
    expect((await remote(launch, 'ad', 'ad-2'))?.status).toBe('ACTIVE');
  }, 120_000);

  it('is refused at the press where the change was already seen, on the day after its last, and never takes back an Undo', async () => {
    const launch = await live();
    const actionId = await run(launch, { kind: 'pause_ad', adKey: 'ad-2' }, 'd1');
    const mirror = (status: string) =>
      inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.remoteObject.updateMany({
          where: { campaignRecordId: launch.campaignRecordId, level: 'ad', localKey: 'ad-2' },
          data: { status },
        }),
      );
    await mirror('ACTIVE');
    expect(await codeOf(undoAction(launch.ctx, { actionId }))).toBe('undo_conflict');
    await mirror('PAUSED');
    await setOffset(launch.ctx.workspaceId, 30 * DAY + 60_000);
    expect(await codeOf(undoAction(launch.ctx, { actionId }))).toBe('undo_not_possible');
    await setOffset(launch.ctx.workspaceId, 0);
    const { actionId: undoId } = await takeBack(launch, actionId);
    expect(await codeOf(undoAction(launch.ctx, { actionId: undoId }))).toBe('undo_not_possible');
    const card = await inWorkspace(launch.ctx.workspaceId, async (tx) =>
      (await loadActionCards(tx, launch.ctx, [undoId])).get(undoId),
    );
    expect(card).toMatchObject({ undo: 'none' });
  }, 120_000);

  it('of a card: approving what was planned from another state is refused with the difference', async () => {
    const launch = await live(shiftable);
    const { actionId } = await propose(launch, budget(600));
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { campaignRecordId: launch.campaignRecordId, level: 'adset', localKey: 'adset-1' },
        data: { state: { dailyBudget: eur(501) } },
      }),
    );
    const refused = await approveAction(launch, actionId).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'approval_drift',
      details: { differences: ['Group adset-1: daily budget: €5 → €5.01'] },
    });
    expect((await rowOf(launch, actionId)).state).toBe('WAITING');
  }, 120_000);
});
