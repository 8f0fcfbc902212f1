import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact } from '@/lib/services/context';
import { moneyOf, readCampaign } from '@/lib/services/mutations/campaign-state';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { readMonth, takeMonth } from '@/lib/services/pacing/month';
import { reserveChange } from '@/lib/services/pacing/reserve-change';
import { commitReservation } from '@/lib/services/pacing/settle';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { readPolicy } from '@/lib/services/policy/read';
import { buildLaunch } from '../../fixtures/launch';
import { another, at, codeOf, costing, eur, press } from '../../fixtures/money-books';
import { joinAs } from '../../fixtures/people';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

describe('a lowered monthly limit', () => {
  it('holds in the running month too when the next one was opened already', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 100_000) });
    await at(launch, '2026-11-28T10:00:00Z');
    await press(launch.ctx, await another(launch, costing(1_000, 100_000)));
    await transact(launch.ctx, (tx, ctx) =>
      takeMonth(tx, ctx, {
        projectId: launch.projectId,
        at: monthOfDay('2026-12-01'),
        ceiling: { minor: 100_000n, currency: 'EUR' },
      }),
    );
    const lower = await proposePolicyChange(launch.ctx, {
      projectId: launch.projectId,
      conversationId: null,
      change: { monthlyCeiling: eur(40_000) },
    });
    await press(launch.ctx, lower);
    expect((await readPolicy(launch.ctx, launch))?.month).toMatchObject({ ceiling: eur(40_000) });
    const dear = await another(launch, costing(15_000, 40_000));
    expect(await codeOf(press(launch.ctx, dear))).toBe('above_month_limit');
  });

  it('is refused where the month after has more promised', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 100_000) });
    await at(launch, '2026-11-28T10:00:00Z');
    await press(launch.ctx, await another(launch, costing(1_000, 100_000)));
    await transact(launch.ctx, (tx, ctx) =>
      takeMonth(tx, ctx, {
        projectId: launch.projectId,
        at: monthOfDay('2026-12-01'),
        ceiling: { minor: 100_000n, currency: 'EUR' },
      }),
    );
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthBudget.updateMany({ where: { month: '2026-12' }, data: { committedMinor: 60_000n } }),
    );
    const lower = await proposePolicyChange(launch.ctx, {
      projectId: launch.projectId,
      conversationId: null,
      change: { monthlyCeiling: eur(40_000) },
    });
    expect(await codeOf(press(launch.ctx, lower))).toBe('below_promised');
  });
});

describe('the turn of the month', () => {
  it('does not forget a launch that was approved at 23:59 and has not begun', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 60_000) });
    await at(launch, '2026-11-30T23:59:00Z');
    await press(launch.ctx, await another(launch, costing(1_000, 60_000)));
    await at(launch, '2026-12-01T00:01:00Z');
    // What is approved may cost up to its part of November still, whenever it starts.
    const month = await transact(launch.ctx, (tx, ctx) => readMonth(tx, ctx, launch.projectId));
    expect(month?.month).toBe('2026-12');
    expect(month?.committedMinor).toBeGreaterThan(0n);
  });
});

describe('a budget that somebody raised at the platform', () => {
  it('counts no less than what runs, once it is lowered here', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 100_000) });
    await at(launch, '2026-11-05T10:00:00Z');
    await press(launch.ctx, launch);
    const { ctx, campaignRecordId } = launch;
    const [adSet] = launch.plan.adSets.slice(0, 1);
    const holder = await inWorkspace(ctx.workspaceId, (tx) => tx.deployment.findFirstOrThrow());
    await transact(ctx, (tx, inner) => commitReservation(tx, inner, { holderId: holder.id }));
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.campaignRecord.updateMany({ where: { id: campaignRecordId }, data: { status: 'ACTIVE' } });
      await tx.remoteObject.create({
        data: {
          workspaceId: ctx.workspaceId,
          campaignRecordId,
          accountId: launch.account.externalId,
          level: 'adset',
          localKey: adSet?.key ?? '',
          remoteId: `adset-${campaignRecordId}`,
          status: 'ACTIVE',
          state: { dailyBudget: eur(5_000) },
        },
      });
    });
    const share = () => inWorkspace(ctx.workspaceId, (tx) => tx.monthShare.findFirstOrThrow());
    const before = await share();
    const actionId = randomUUID();
    await transact(ctx, async (tx, inner) => {
      await reserveChange(tx, inner, {
        actionId,
        action: { kind: 'set_ad_set_budget', adSetKey: adSet?.key ?? '', from: eur(5_000), to: eur(1_000) },
        campaign: moneyOf(await readCampaign(tx, inner, campaignRecordId)),
        approvalId: null,
      });
      await commitReservation(tx, inner, { holderId: actionId });
    });
    const after = await share();
    expect(after.dailyMinor).toBe(1_000n);
    expect(after.committedMinor).toBeGreaterThanOrEqual(before.committedMinor);
  });
});

describe('a launch that asks for a higher monthly limit', () => {
  it('is not a manager’s to approve, however little a day it costs', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 60_000) });
    await press(launch.ctx, launch);
    const person = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 5_000n, currency: 'EUR' });
    const manager = { ...launch.ctx, actor: { type: 'user' as const, id: person.userId } };
    const priced = (approvalId: string) =>
      inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.approval.update({ where: { id: approvalId }, data: { deltaMinor: 500n, currency: 'EUR' } }),
      );
    const higher = await another(launch, costing(500, 600_000));
    await priced(higher.approvalId);
    expect(await codeOf(press(manager, higher))).toBe('above_your_limit');
    const within = await another(launch, costing(500, 60_000));
    await priced(within.approvalId);
    expect(await codeOf(press(manager, within))).toBe('fulfilled');
    expect(await codeOf(press(launch.ctx, higher))).toBe('fulfilled');
  });

  it('in another currency than the month is refused whole', async () => {
    const launch = await buildLaunch({ plan: costing(1_000, 60_000) });
    await press(launch.ctx, launch);
    const yen = await another(launch, (plan) => ({
      ...costing(500, 60_000)(plan),
      envelope: { ...plan.envelope, monthlyCeiling: { minor: '6000000', currency: 'JPY' } },
    }));
    expect(await codeOf(press(launch.ctx, yen))).toBe('above_month_limit');
  });
});
