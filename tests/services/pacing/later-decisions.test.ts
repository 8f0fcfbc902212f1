import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostSpend } from '@/lib/domain/pacing';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { failDeployment } from '@/lib/services/deployments/end';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { keepTheirs } from '@/lib/services/mutations/settle-drift';
import { ceilingWished } from '@/lib/services/pacing/ceiling-wished';
import { beginSpending } from '@/lib/services/pacing/settle';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import type { Launch } from '../../fixtures/launch';
import {
  another,
  at,
  codeOf,
  costing,
  eur,
  job,
  monthOf,
  openBooks,
  press,
  type Running,
  shareOf,
  switchOn,
} from '../../fixtures/money-books';
import { joinAs } from '../../fixtures/people';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const NOVEMBER = '2026-11';
const inLaunch = <T>(launch: Launch, work: Parameters<typeof inWorkspace<T>>[1]) =>
  inWorkspace(launch.ctx.workspaceId, work);
const setLimit = async (launch: Launch, minor: number) =>
  press(
    launch.ctx,
    await proposePolicyChange(launch.ctx, {
      projectId: launch.projectId,
      conversationId: null,
      change: { monthlyCeiling: eur(minor) },
    }),
  );

describe('a start that failed', () => {
  /** Pressed, and failed with the last switch perhaps on. */
  async function lost(launch: Launch, daily: number, ceiling: number) {
    const card = await another(launch, costing(daily, ceiling));
    await press(launch.ctx, card);
    const { campaignRecordId } = card;
    const deployment = await inLaunch(launch, (tx) => tx.deployment.findFirstOrThrow({ where: { campaignRecordId } }));
    await inLaunch(launch, (tx) =>
      tx.campaignRecord.update({ where: { id: campaignRecordId }, data: { status: 'DEPLOYING' } }),
    );
    await beginSpending(job(launch), { holderId: deployment.id });
    await failDeployment(job(launch), {
      deploymentId: deployment.id,
      code: 'platform_unknown_outcome',
      reason: 'lost',
    });
    return { campaignRecordId, deploymentId: deployment.id };
  }

  it('and may run all the same counts in the month after', async () => {
    const launch = await openBooks('2026-11-25T10:00:00Z', 500, 90_000);
    // Held by a cap, which does not end with the month.
    await inLaunch(launch, (tx) => tx.adAccount.updateMany({ data: { details: { minCampaignSpendCapMinor: '100' } } }));
    const { campaignRecordId } = await lost(launch, 1_000, 90_000);
    await at(launch, '2026-12-03T10:00:00Z');
    await switchOn(launch, await another(launch, costing(100, 90_000)));
    expect((await shareOf(launch, campaignRecordId, '2026-12'))?.committedMinor).toBeGreaterThan(0n);
  });

  it('takes its part of the month in which it is continued, and is not continued where that has no room', async () => {
    const launch = await openBooks('2026-11-25T10:00:00Z', 100, 60_000);
    const { campaignRecordId, deploymentId } = await lost(launch, 1_000, 60_000);
    await at(launch, '2026-12-03T10:00:00Z');
    expect(await resumeDeployment(launch.ctx, { deploymentId })).toMatchObject({ resumed: true });
    const reservation = await inLaunch(launch, (tx) =>
      tx.monthReservation.findFirstOrThrow({ where: { holderId: deploymentId } }),
    );
    expect([reservation.month, reservation.state]).toEqual(['2026-12', 'HELD']);
    const own = (await shareOf(launch, campaignRecordId, '2026-12'))?.committedMinor ?? 0n;
    expect(own + reservation.amountMinor).toBeGreaterThanOrEqual(mostSpend(1_000n, 29));

    const full = await openBooks('2026-11-25T10:00:00Z', 100, 60_000);
    const start = await lost(full, 1_000, 60_000);
    await at(full, '2026-12-03T10:00:00Z');
    await switchOn(full, await another(full, costing(1_300, 60_000)));
    expect(await codeOf(resumeDeployment(full.ctx, start))).toBe('above_month_limit');
  });

  it('does not bring back a ceiling that the owner lowered since', async () => {
    const launch = await openBooks('2026-11-25T10:00:00Z', 100, 60_000);
    const card = await another(launch, costing(1_000, 90_000));
    await press(launch.ctx, card);
    const deployment = await inLaunch(launch, (tx) =>
      tx.deployment.findFirstOrThrow({ where: { campaignRecordId: card.campaignRecordId } }),
    );
    await failDeployment(job(launch), { deploymentId: deployment.id, code: 'internal', reason: 'a test ends it' });
    await setLimit(launch, 40_000);
    await resumeDeployment(launch.ctx, { deploymentId: deployment.id });
    const reservation = await inLaunch(launch, (tx) =>
      tx.monthReservation.findFirstOrThrow({ where: { holderId: deployment.id } }),
    );
    expect(reservation.ceilingMinor).toBeNull();
    expect((await monthOf(launch, NOVEMBER))?.ceilingMinor).toBe(40_000n);
  });
});

describe('a limit the owner lowered', () => {
  it('is what later plans carry, until the owner names another amount', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 100, 60_000);
    const say = (instant: string) =>
      inLaunch(launch, (tx) =>
        tx.projectBrief.upsert({
          where: { projectId: launch.projectId },
          create: {
            workspaceId: launch.ctx.workspaceId,
            projectId: launch.projectId,
            sources: { monthlyBudget: { source: 'owner', at: instant } },
          },
          update: { sources: { monthlyBudget: { source: 'owner', at: instant } } },
        }),
      );
    const wished = () => ceilingWished(launch.ctx, { projectId: launch.projectId, wished: eur(60_000) });
    await say('2026-11-01T10:00:00Z');
    expect(await wished()).toEqual(eur(60_000));
    await setLimit(launch, 40_000);
    expect(await wished()).toEqual(eur(40_000));
    await say('2026-11-06T10:00:00Z');
    expect(await wished()).toEqual(eur(60_000));
  });
});

describe('a manager’s limit', () => {
  it('counts what one person approved in seven days together, not each press', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 100, 900_000);
    const person = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 1_000n, currency: 'EUR' });
    const manager = { ...launch.ctx, actor: { type: 'user' as const, id: person.userId } };
    const card = async (minor: bigint) => {
      const made = await another(launch, costing(Number(minor), 60_000));
      await inLaunch(launch, (tx) =>
        tx.approval.update({ where: { id: made.approvalId }, data: { deltaMinor: minor, currency: 'EUR' } }),
      );
      return made;
    };
    expect(await codeOf(press(manager, await card(600n)))).toBe('fulfilled');
    expect(await codeOf(press(manager, await card(401n)))).toBe('above_your_limit');
    const both = [await card(400n), await card(400n)];
    expect((await Promise.all(both.map((one) => codeOf(press(manager, one))))).sort()).toEqual([
      'above_your_limit',
      'fulfilled',
    ]);
    await at(launch, '2026-11-12T09:59:00Z');
    expect(await codeOf(press(manager, await card(1n)))).toBe('above_your_limit');
    await at(launch, '2026-11-12T10:30:00Z');
    expect(await codeOf(press(manager, await card(1_000n)))).toBe('fulfilled');
  });
});

describe('“keep theirs”', () => {
  async function found(launch: Launch, { campaignRecordId, adSetKeys }: Running, ours: number, theirs: number) {
    const id = randomUUID();
    await inLaunch(launch, (tx) =>
      tx.driftFinding.create({
        data: {
          id,
          workspaceId: launch.ctx.workspaceId,
          projectId: launch.projectId,
          campaignRecordId,
          accountId: launch.account.externalId,
          level: 'adset',
          localKey: adSetKeys[0] ?? '',
          remoteId: `adset-${adSetKeys[0]}-${campaignRecordId}`,
          field: 'daily_budget',
          ours: { value: String(ours) },
          theirs: { value: String(theirs) },
          occurredAt: new Date(),
        },
      }),
    );
    return id;
  }

  it('enters the month’s books', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 200_000);
    const before = await monthOf(launch, NOVEMBER);
    const id = await found(launch, launch.first, 1_000, 2_000);
    expect(await keepTheirs(launch.ctx, { findingIds: [id] })).toEqual({ kept: 1 });
    const after = await monthOf(launch, NOVEMBER);
    expect(after?.committedMinor).toBeGreaterThan(before?.committedMinor ?? 0n);
    expect((await shareOf(launch, launch.first.campaignRecordId, NOVEMBER))?.dailyMinor).toBe(2_000n);
  });

  it('is refused where it stands above the limit, and counts all the same: nothing new fits', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 60_000);
    await inLaunch(launch, (tx) => tx.monthShare.updateMany({ data: { capMinor: null, lifetimeCapMinor: null } }));
    const id = await found(launch, launch.first, 1_000, 4_000);
    expect(await codeOf(keepTheirs(launch.ctx, { findingIds: [id] }))).toBe('above_month_limit');
    const state = await inLaunch(launch, (tx) => tx.driftFinding.findUniqueOrThrow({ where: { id } }));
    expect(state.state).toBe('OPEN');
    expect((await monthOf(launch, NOVEMBER))?.committedMinor).toBeGreaterThan(60_000n);
    expect(await codeOf(press(launch.ctx, await another(launch, costing(100, 60_000))))).toBe('above_month_limit');
  });

  it('of a dearer budget is a manager’s up to the limit, and counts against it', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 300_000);
    const person = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 500n, currency: 'EUR' });
    const manager = { ...launch.ctx, actor: { type: 'user' as const, id: person.userId } };
    const dear = await found(launch, launch.first, 1_000, 1_501);
    expect(await codeOf(keepTheirs(manager, { findingIds: [dear] }))).toBe('above_your_limit');
    await inLaunch(launch, (tx) => tx.driftFinding.update({ where: { id: dear }, data: { state: 'GONE' } }));
    const fits = await found(launch, launch.first, 1_000, 1_500);
    expect(await codeOf(keepTheirs(manager, { findingIds: [fits] }))).toBe('fulfilled');
    const card = await another(launch, costing(100, 60_000));
    await inLaunch(launch, (tx) =>
      tx.approval.update({ where: { id: card.approvalId }, data: { deltaMinor: 1n, currency: 'EUR' } }),
    );
    expect(await codeOf(press(manager, card))).toBe('above_your_limit');
  });
});
