import { describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { AppError } from '@/lib/domain/errors';
import { inWorkspace } from '@/lib/runtime/db';
import { loadActionCards } from '@/lib/services/actions/card';
import { executeAction } from '@/lib/services/mutations/execute';
import { undoAction } from '@/lib/services/mutations/undo';
import { approveAction, DAY, eur, gateOverSimulator, job, live, propose, remote, rowOf } from '../../fixtures/gate';
import { queuedJobs, setOffset } from '../../fixtures/launch';
import { standing } from '../../fixtures/simulated-launch';

const { posts, admin } = gateOverSimulator();

describe('what may run alone', () => {
  it('a clearly bad ad is paused, read back, recorded and can be taken back once', async () => {
    const launch = await live();
    expect((await standing(launch)).campaign.status).toBe('ACTIVE');
    const { actionId, verdict } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    expect(verdict).toMatchObject({ answer: 'allow', reasons: ['clearly_bad_ad'] });
    expect(await queuedJobs(launch.ctx.workspaceId, 'execute-stop')).toHaveLength(1);
    await executeAction(job(launch), { actionId });
    expect((await remote(launch, 'ad', 'ad-2'))?.status).toBe('PAUSED');
    expect(await rowOf(launch, actionId)).toMatchObject({
      state: 'DONE',
      before: { 'ad:ad-2': { status: 'ACTIVE' } },
      after: { 'ad:ad-2': { status: 'PAUSED' } },
    });
    expect((await standing(launch)).events).toContain('action.executed');
    const card = () =>
      inWorkspace(launch.ctx.workspaceId, async (tx) =>
        (await loadActionCards(tx, launch.ctx, [actionId])).get(actionId),
      );
    expect(await card()).toMatchObject({
      state: 'DONE',
      undo: 'possible',
      approvedByOwner: false,
      subjectName: 'You do the party. We do the cake.',
      names: { 'ad-1': 'Birthday cake, ready on Saturday', 'adset-1': 'Around Porto' },
    });
    const [first, second] = await Promise.all([
      undoAction(launch.ctx, { actionId }),
      undoAction(launch.ctx, { actionId }).catch(() => null),
    ]);
    if (second) expect(second).toEqual(first);
    await executeAction(job(launch), { actionId: first.actionId });
    expect((await remote(launch, 'ad', 'ad-2'))?.status).toBe('ACTIVE');
    expect(await card()).toMatchObject({ state: 'UNDONE', undo: 'done' });
    await expect(undoAction(launch.ctx, { actionId: first.actionId })).rejects.toMatchObject({
      code: 'undo_not_possible',
    });
  });

  it('is carried out once, however often it is asked for', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-1' });
    const before = (await posts(launch)).length;
    await Promise.all(Array.from({ length: 8 }, () => executeAction(job(launch), { actionId })));
    await executeAction(job(launch), { actionId });
    expect((await rowOf(launch, actionId)).state).toBe('DONE');
    expect((await posts(launch)).length - before).toBe(1);
  });

  it('is over once it is done: a late job does not do it again after it was taken back', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-1' });
    await executeAction(job(launch), { actionId });
    const { actionId: undoId } = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), { actionId: undoId });
    const before = (await posts(launch)).length;
    await executeAction(job(launch), { actionId });
    expect((await posts(launch)).length).toBe(before);
    expect((await remote(launch, 'ad', 'ad-1'))?.status).toBe('ACTIVE');
  });

  it('the same subject is proposed once per account day', async () => {
    const launch = await live();
    const proposals = await Promise.all(
      Array.from({ length: 5 }, () => propose(launch, { kind: 'pause_ad', adKey: 'ad-1' })),
    );
    expect(new Set(proposals.map((one) => one.actionId)).size).toBe(1);
  });

  it('a reserve from the approved plan is made and swapped in, and the first creative comes back on Undo', async () => {
    const launch = await live();
    const first = (await remote(launch, 'ad', 'ad-3'))?.creativeId;
    const { actionId, verdict } = await propose(launch, {
      kind: 'swap_creative',
      adKey: 'ad-3',
      reserveKey: 'reserve-1',
    });
    expect(verdict.answer).toBe('allow');
    await executeAction(job(launch), { actionId });
    const reserve = (await standing(launch)).objects.find(
      (object) => object.level === 'creative' && object.localKey === 'reserve-1',
    );
    expect((await remote(launch, 'ad', 'ad-3'))?.creativeId).toBe(reserve?.remoteId);
    const { actionId: undoId } = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), { actionId: undoId });
    expect((await remote(launch, 'ad', 'ad-3'))?.creativeId).toBe(first);
  });
});

describe('what must be asked', () => {
  it('a raise waits as a card, and is written only after exactly that card was approved', async () => {
    const launch = await live((plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }));
    const raise: CampaignAction = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_200) };
    const { actionId, verdict } = await propose(launch, raise);
    expect(verdict).toMatchObject({ answer: 'ask', risk: 'normal' });
    await executeAction(job(launch), { actionId });
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(1_000n);
    const approvalId = await approveAction(launch, actionId);
    expect(await queuedJobs(launch.ctx.workspaceId, 'execute-action')).toMatchObject([
      { data: { actionId }, key: `meta:${launch.account.externalId}` },
    ]);
    await executeAction(job(launch), { actionId });
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(1_200n);
    const approval = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.findUniqueOrThrow({ where: { id: approvalId } }),
    );
    expect([approval.state, approval.deltaMinor]).toEqual(['DONE', 200n]);
    const lower = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), lower);
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(1_000n);
  });

  it('an approved action that was changed afterwards is not carried out', async () => {
    const launch = await live((plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }));
    const { actionId } = await propose(launch, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    await approveAction(launch, actionId);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.update({
        where: { id: actionId },
        data: { action: { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_300) } },
      }),
    );
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'approval_hash_mismatch' });
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(1_000n);
  });

  it('a row that says it is being carried out without an approval it needs is refused', async () => {
    const launch = await live((plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }));
    const { actionId } = await propose(launch, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.update({ where: { id: actionId }, data: { state: 'EXECUTING', approvalId: null } }),
    );
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'REFUSED', errorCode: 'not_permitted' });
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(1_000n);
  });

  it('a raise above the limit is refused even on a card, and one with a new limit on the card raises both', async () => {
    const launch = await live();
    const raise: CampaignAction = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(9_000) };
    expect((await propose(launch, raise)).verdict).toMatchObject({ answer: 'refuse', reasons: ['above_ceiling'] });
    const { actionId, verdict } = await propose(launch, { ...raise, newMonthlyCeiling: eur(300_000) }, '2026-11-22');
    expect(verdict).toMatchObject({ answer: 'ask', risk: 'high' });
    await approveAction(launch, actionId);
    await executeAction(job(launch), { actionId });
    expect((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor).toBe(9_000n);
  });
});

describe('the gate', () => {
  it('refuses when the platform no longer shows what the action was planned from', async () => {
    const launch = await live((plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }));
    const { actionId } = await propose(launch, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    await approveAction(launch, actionId);
    const adSet = await remote(launch, 'adset', 'adset-1');
    await admin('POST', `worlds/${launch.world.worldId}/edit`, {
      objectId: adSet?.remoteId,
      set: { daily_budget: 5_000 },
    });
    const before = (await posts(launch)).length;
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'conflict' });
    expect((await posts(launch)).length).toBe(before);
  });

  it('an Undo restores nothing where somebody changed the value since', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    await executeAction(job(launch), { actionId });
    const ad = await remote(launch, 'ad', 'ad-2');
    await admin('POST', `worlds/${launch.world.worldId}/edit`, { objectId: ad?.remoteId, status: 'ACTIVE' });
    const undo = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), undo);
    expect((await rowOf(launch, undo.actionId)).state).toBe('FAILED');
    expect((await rowOf(launch, actionId)).state).toBe('DONE');
  });

  it('a lost answer is settled by looking, and the action ends done', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    await admin('POST', 'faults', {
      kind: 'drop_after',
      world: launch.world.worldId,
      match: { method: 'POST' },
    });
    expect(await executeAction(job(launch), { actionId })).toMatchObject({ snoozeSeconds: 1 });
    expect((await rowOf(launch, actionId)).state).toBe('EXECUTING');
    await executeAction(job(launch), { actionId });
    expect((await rowOf(launch, actionId)).state).toBe('DONE');
  });

  it('an action is not called done while the platform shows something else than it took', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    await admin('POST', 'faults', {
      kind: 'silent_change',
      world: launch.world.worldId,
      match: { method: 'POST' },
      params: { field: 'status', value: 'ACTIVE' },
    });
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'platform_fix_input' });
    expect((await remote(launch, 'ad', 'ad-2'))?.status).toBe('ACTIVE');
  });

  it('a pause gets through a connection that is taken out of service; a raise does not', async () => {
    const launch = await live((plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }));
    const pause = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    const raise = await propose(launch, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    await approveAction(launch, raise.actionId);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.facebookConnection.updateMany({ data: { status: 'QUARANTINED' } }),
    );
    await executeAction(job(launch), raise);
    await executeAction(job(launch), pause);
    expect((await rowOf(launch, raise.actionId)).state).toBe('REFUSED');
    expect((await rowOf(launch, pause.actionId)).state).toBe('DONE');
  });

  it('knows no action of any other shape', async () => {
    const launch = await live();
    const shapes: object[] = [
      { kind: 'delete_account' },
      { kind: 'delete_campaign', force: true },
      { kind: 'set_audience', adSetKey: 'adset-1', from: {}, to: { countries: ['PT'] } },
      { kind: 'pause_ad' },
      { kind: 'pause_ad', adKey: 'ad-1', extra: 1 },
      { kind: 'shift_budget', moves: [] },
      {},
      { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: { minor: '-5', currency: 'EUR' } },
      { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: { minor: '1e9', currency: 'EUR' } },
    ];
    for (const shape of shapes) await expect(propose(launch, shape as CampaignAction)).rejects.toBeInstanceOf(AppError);
  });

  it('an action can be taken back for thirty days of business time', async () => {
    const launch = await live();
    const { actionId } = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    await executeAction(job(launch), { actionId });
    await setOffset(launch.ctx.workspaceId, 30 * DAY + 60_000);
    await expect(undoAction(launch.ctx, { actionId })).rejects.toMatchObject({
      code: 'undo_not_possible',
      details: { undo: 'expired' },
    });
  });
});
