import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { dayIn } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact, workspaceNow } from '@/lib/services/context';
import { claimSend, openEffect } from '@/lib/services/effects/ledger';
import { lockAgainstStops } from '@/lib/services/effects/stop-lock';
import { moneyOf, readCampaign } from '@/lib/services/mutations/campaign-state';
import { proposeAction } from '@/lib/services/mutations/propose';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { reserveChange } from '@/lib/services/pacing/reserve-change';
import { beginSpending, releaseReservation } from '@/lib/services/pacing/settle';
import { openQuarantine } from '@/lib/services/quarantine/open';
import { eur } from '../../fixtures/gate';
import { setOffset } from '../../fixtures/launch';
import { buildRunningCampaign, type Running } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const HOUR = 3_600_000;

/** Two ad sets at 5.00 EUR a day each, numbers of this hour, and limits wide enough that only one of them binds at a time. */
async function shop(limits: object = {}): Promise<Running> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-01T10:00:00Z') });
  const { workspaceId } = running.ctx;
  const [adSet] = running.plan.adSets;
  if (!adSet) throw new Error('no ad set');
  const twoSets = [
    { ...adSet, dailyBudget: eur(500) },
    { ...adSet, key: 'elsewhere', dailyBudget: eur(500), ads: [], reserves: [] },
  ];
  const envelope = {
    ...running.plan.envelope,
    monthlyCeiling: eur(900_000),
    maxShiftPercent: 20,
    maxChangesPerDay: 20,
    ...limits,
  };
  await inWorkspace(workspaceId, async (tx) => {
    await tx.campaignRecord.update({
      where: { id: running.campaignRecordId },
      data: { structure: { ...running.plan, adSets: twoSets, envelope } },
    });
    await tx.remoteObject.create({
      data: {
        workspaceId,
        campaignRecordId: running.campaignRecordId,
        accountId: running.accountExternalId,
        level: 'adset',
        localKey: 'elsewhere',
        remoteId: `${running.remote.adset}2`,
        parentRemoteId: running.remote.campaign,
        status: 'ACTIVE',
      },
    });
  });
  await pulled(running);
  return running;
}

/** A pull of the account's numbers, this business hour. */
const pulled = ({ ctx, adAccountId }: Running) =>
  inWorkspace(ctx.workspaceId, async (tx) =>
    tx.monitorRun.create({
      data: { workspaceId: ctx.workspaceId, adAccountId, slot: await workspaceNow(ctx, tx), state: 'DONE' },
    }),
  );

let day = 0;
/** What policy answers, from what stands in the database; each question on an account day of its own. */
async function judged({ ctx, campaignRecordId }: Running, action: CampaignAction, confidence: number | null = 0.99) {
  day += 1;
  const { actionId, verdict } = await proposeAction(
    { ...ctx, actor: { type: 'job', name: 'optimize' } },
    {
      campaignRecordId,
      day: `question ${day}`,
      suggestion: {
        action,
        evidence: { rule: 'test', facts: [], confidence, alternatives: [], wouldChange: [], since: '', until: '' },
      },
    },
  );
  return { actionId, said: [verdict.answer, ...verdict.reasons] };
}

/** As if the gate had carried it out at this business moment. */
const done = ({ ctx }: Running, { actionId }: { actionId: string }) =>
  inWorkspace(ctx.workspaceId, async (tx) =>
    tx.campaignActionRecord.update({
      where: { id: actionId },
      data: { state: 'DONE', executedAt: await workspaceNow(ctx, tx) },
    }),
  );

const key = (one: Running) => one.plan.adSets[0]?.key ?? '';
const move = (one: Running, minor: number): CampaignAction => ({
  kind: 'shift_budget',
  moves: [
    { adSetKey: key(one), from: eur(500), to: eur(500 + minor) },
    { adSetKey: 'elsewhere', from: eur(500), to: eur(500 - minor) },
  ],
});
const raise = (one: Running, to: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: key(one),
  from: eur(500),
  to: eur(to),
});
const pause = (one: Running, at = 0): CampaignAction => ({
  kind: 'pause_ad',
  adKey: one.plan.adSets[0]?.ads[at]?.key ?? '',
});
const delivering = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) =>
    tx.remoteObject.updateMany({ where: { level: 'ad' }, data: { effectiveStatus: 'ACTIVE' } }),
  );

describe('what runs alone', () => {
  it('needs numbers of the last nine business hours', async () => {
    const one = await shop();
    expect((await judged(one, move(one, 50))).said).toEqual(['allow', 'sum_unchanged']);
    const other = await shop();
    await setOffset(other.ctx.workspaceId, 10 * HOUR);
    expect((await judged(other, move(other, 50))).said).toEqual(['refuse', 'stale_data']);
    await pulled(other);
    expect((await judged(other, move(other, 50))).said).toEqual(['allow', 'sum_unchanged']);
  });

  it('needs the statistic to be sure, and a suggestion without one is never sure', async () => {
    const one = await shop();
    await delivering(one);
    expect((await judged(one, pause(one), 0.949)).said).toEqual(['refuse', 'not_confident']);
    expect((await judged(one, pause(one), null)).said).toEqual(['refuse', 'not_confident']);
    expect((await judged(one, move(one, 50), 0.849)).said).toEqual(['refuse', 'not_confident']);
    expect((await judged(one, pause(one), 0.95)).said).toEqual(['allow', 'clearly_bad_ad']);
  });

  it('leaves an object alone for the rest after its last change, by business time', async () => {
    const one = await shop({ cooldownHours: 48 });
    await done(one, await judged(one, move(one, 50)));
    await setOffset(one.ctx.workspaceId, 47 * HOUR);
    await pulled(one);
    expect((await judged(one, move(one, 50))).said).toEqual(['refuse', 'too_soon_after_change']);
    await setOffset(one.ctx.workspaceId, 48 * HOUR);
    await pulled(one);
    expect((await judged(one, move(one, 50))).said).toEqual(['allow', 'sum_unchanged']);
  });

  it('stays within the changes of one account day', async () => {
    const one = await shop({ maxChangesPerDay: 1, cooldownHours: 0 });
    await done(one, await judged(one, move(one, 50)));
    expect((await judged(one, move(one, 50))).said).toEqual(['refuse', 'too_many_changes_today']);
    await setOffset(one.ctx.workspaceId, 25 * HOUR);
    await pulled(one);
    expect((await judged(one, move(one, 50))).said).toEqual(['allow', 'sum_unchanged']);
  });

  it('stays within what may be moved in seven days, all moves together', async () => {
    const one = await shop({ weekShiftPercent: 10, cooldownHours: 0 });
    await done(one, await judged(one, move(one, 60)));
    // 0.60 and 0.40 of 10.00 EUR are the ten per cent; a cent more is not.
    expect((await judged(one, move(one, 41))).said).toEqual(['ask', 'week_limit_reached']);
    expect((await judged(one, move(one, 40))).said).toEqual(['allow', 'sum_unchanged']);
  });

  it('is nothing while an alarm is open, except what stops', async () => {
    const one = await shop();
    await inWorkspace(one.ctx.workspaceId, (tx) =>
      tx.alarm.create({
        data: {
          workspaceId: one.ctx.workspaceId,
          projectId: one.projectId,
          kind: 'site_down',
          answer: 'freeze',
          sinceTick: 1,
          confidence: 0.99,
          releaseWhen: 'it answers again',
          openedAt: new Date(),
        },
      }),
    );
    expect((await judged(one, move(one, 50))).said).toEqual(['refuse', 'alarm_open']);
  });
});

describe('a raise', () => {
  it('stays within the owner’s day and week, everything of the project together', async () => {
    const byDay = await shop({ dayCeiling: eur(1_925) });
    // 11.00 EUR a day may be 19.25 on the dearest day.
    expect((await judged(byDay, raise(byDay, 600))).said).toEqual(['ask', 'raises_total']);
    expect((await judged(byDay, raise(byDay, 601))).said).toEqual(['refuse', 'above_day_limit']);
    const byWeek = await shop({ weekCeiling: eur(7_700) });
    expect((await judged(byWeek, raise(byWeek, 600))).said).toEqual(['ask', 'raises_total']);
    expect((await judged(byWeek, raise(byWeek, 601))).said).toEqual(['refuse', 'above_week_limit']);
    const byStep = await shop({ largestRaise: eur(100) });
    expect((await judged(byStep, raise(byStep, 601))).said).toEqual(['refuse', 'above_step_limit']);
  });

  it('counts what was raised in the seven days before: many small steps are a large one', async () => {
    const one = await shop();
    expect((await judged(one, raise(one, 700))).said).toEqual(['ask', 'raises_total']);
    await done(one, await judged(one, raise(one, 650)));
    expect((await judged(one, raise(one, 700))).said).toEqual(['ask', 'raises_total', 'raises_much']);
  });

  it('stays within the owner’s month, with what the month cost so far', async () => {
    const one = await shop({ monthlyCeiling: eur(1_100 * monthOfDay(dayIn('Europe/Lisbon', new Date())).daysLeft) });
    expect((await judged(one, raise(one, 600))).said).toEqual(['ask', 'raises_total']);
    expect((await judged(one, raise(one, 601))).said).toEqual(['refuse', 'above_ceiling']);
  });
});

describe('the stop switch and a connection held still', () => {
  it('leave stops alone and refuse everything else, at the first judgement', async () => {
    const held = await shop();
    await delivering(held);
    await openQuarantine(
      { ...held.ctx, actor: { type: 'system' } },
      { connectionId: await connectionOf(held), reason: 'ledger' },
    );
    expect((await judged(held, raise(held, 600))).said).toEqual(['refuse', 'stopped_by_owner']);
    expect((await judged(held, pause(held))).said[0]).toBe('allow');
    const stopped = await shop();
    await delivering(stopped);
    await stopEverything(stopped.ctx, { scope: { kind: 'workspace' } });
    expect((await judged(stopped, raise(stopped, 600))).said).toEqual(['refuse', 'stopped_by_owner']);
    expect((await judged(stopped, pause(stopped))).said[0]).toBe('allow');
  });

  it('a write whose intent stood before the stop does not leave after it; one that only stops does', async () => {
    const one = await shop();
    const { actionId } = await judged(one, move(one, 50));
    const intent = (name: string) => ({
      key: `${actionId}:${name}`,
      actionId,
      accountId: one.accountExternalId,
      kind: 'set_ad_set_budget',
      request: { name },
      fence: null,
    });
    const spending = await openEffect(one.ctx, intent('spending'));
    const stopping = await openEffect(one.ctx, intent('stopping'));
    await stopEverything(one.ctx, { scope: { kind: 'workspace' } });
    await expect(claimSend(one.ctx, { ...spending, mayStop: false })).rejects.toMatchObject({ code: 'stopped' });
    await claimSend(one.ctx, { ...stopping, mayStop: true });
  });
});

describe('a claim and a stop', () => {
  const SHORT_MS = 400;
  const settledWithin = (work: Promise<unknown>) =>
    Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SHORT_MS)),
    ]);

  it('a claim waits for a stop that is being placed, and does not leave then', async () => {
    const one = await shop();
    const { actionId } = await judged(one, move(one, 50));
    const intent = { actionId, accountId: one.accountExternalId, kind: 'set_ad_set_budget', request: {}, fence: null };
    const effect = await openEffect(one.ctx, { ...intent, key: `${actionId}:raced` });
    let claim: Promise<unknown> = Promise.resolve();
    await transact(one.ctx, async (_tx, inner) => {
      await stopEverything(inner, { scope: { kind: 'workspace' } });
      claim = claimSend(one.ctx, { ...effect, mayStop: false });
      expect(await settledWithin(claim)).toBe(false);
    });
    await expect(claim).rejects.toMatchObject({ code: 'stopped' });
  });

  it('a stop waits for a claim under way', async () => {
    const one = await shop();
    let stop: Promise<unknown> = Promise.resolve();
    await transact(one.ctx, async (tx, inner) => {
      await lockAgainstStops(tx, inner, 'shared');
      stop = stopEverything(one.ctx, { scope: { kind: 'workspace' } });
      expect(await settledWithin(stop)).toBe(false);
    });
    await stop;
  });
});

describe('the month', () => {
  it('the database itself refuses what does not fit, whoever writes', async () => {
    const one = await shop();
    const month = { workspaceId: one.ctx.workspaceId, projectId: one.projectId, month: '2026-11', currency: 'EUR' };
    const write = (committedMinor: bigint) =>
      inWorkspace(one.ctx.workspaceId, (tx) =>
        tx.monthBudget.upsert({
          where: { projectId_month: { projectId: one.projectId, month: '2026-11' } },
          create: { ...month, ceilingMinor: 1_000n, committedMinor, reservedMinor: 400n },
          update: { committedMinor },
        }),
      );
    await write(600n);
    await expect(write(601n)).rejects.toThrow(/MonthBudget_within_ceiling/);
  });

  it('money that may be spending is never given back', async () => {
    const one = await shop();
    const { actionId } = await judged(one, raise(one, 600));
    const { action } = await inWorkspace(one.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.findUniqueOrThrow({ where: { id: actionId } }),
    );
    await transact(one.ctx, async (tx, inner) => {
      const campaign = moneyOf(await readCampaign(tx, inner, one.campaignRecordId));
      await reserveChange(tx, inner, { actionId, action: action as never, campaign, approvalId: null });
    });
    const release = () => transact(one.ctx, (tx, inner) => releaseReservation(tx, inner, { holderId: actionId }));
    expect(await beginSpending(one.ctx, { holderId: actionId })).toBe(true);
    expect(await release()).toBe(false);
    const [held] = await inWorkspace(one.ctx.workspaceId, (tx) => tx.monthReservation.findMany());
    expect(held?.state).toBe('SPENDING');
  });
});

const connectionOf = ({ ctx, adAccountId }: Running) =>
  inWorkspace(
    ctx.workspaceId,
    async (tx) => (await tx.adAccount.findUniqueOrThrow({ where: { id: adAccountId } })).connectionId,
  );
