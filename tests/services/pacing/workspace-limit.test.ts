import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact } from '@/lib/services/context';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { takeMonth } from '@/lib/services/pacing/month';
import { reserveMonth } from '@/lib/services/pacing/reserve';
import { setWorkspaceLimit } from '@/lib/services/policy/set-workspace-limit';
import type { Launch } from '../../fixtures/launch';
import { codeOf, eur, job, openBooks, press } from '../../fixtures/money-books';
import { joinAs } from '../../fixtures/people';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const DAY = '2026-11-05';
const set = (launch: Launch, minor: number | null) =>
  setWorkspaceLimit(launch.ctx, {
    projectId: launch.projectId,
    currency: 'EUR',
    amount: minor === null ? null : eur(minor),
  });

/** Another business of the same owner with one campaign and limits of its own. */
async function second(launch: Launch): Promise<{ projectId: string; campaignRecordId: string }> {
  const ids = { projectId: randomUUID(), campaignRecordId: randomUUID() };
  const workspaceId = launch.ctx.workspaceId;
  await inWorkspace(workspaceId, async (tx) => {
    await tx.project.create({ data: { id: ids.projectId, workspaceId, name: 'Café' } });
    await tx.campaignRecord.create({
      data: {
        id: ids.campaignRecordId,
        workspaceId,
        projectId: ids.projectId,
        name: 'Café',
        status: 'ACTIVE',
        adAccountId: 'elsewhere',
        currency: 'EUR',
        timezone: 'America/New_York',
      },
    });
  });
  return ids;
}

/** Takes an amount of November for a project, as a press would. */
const take = (launch: Launch, of: { projectId: string; campaignRecordId: string }, minor: bigint) =>
  transact(job(launch), (tx, ctx) =>
    reserveMonth(tx, ctx, {
      holderId: randomUUID(),
      ...of,
      at: monthOfDay(DAY),
      ceiling: eur(1_000_000),
      approvalId: null,
      ownMinor: 0n,
      leastMinor: minor,
      shareWithin: () => ({
        committedMinor: minor,
        baseMinor: 0n,
        dailyMinor: 100n,
        fromDay: DAY,
        untilDay: '2026-12-01',
        capMinor: minor,
        lifetimeCapMinor: minor,
      }),
    }),
  );
const promised = async (launch: Launch) => {
  const rows = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.monthBudget.findMany({ where: { month: '2026-11' } }),
  );
  return rows.reduce((sum, row) => sum + row.committedMinor + row.reservedMinor, 0n);
};

describe('the limit for all businesses together', () => {
  it('binds each of them, whatever its own limit allows, to the last cent', async () => {
    const launch = await openBooks(`${DAY}T10:00:00Z`, 1_000, 60_000);
    const cafe = await second(launch);
    const stands = await promised(launch);
    expect(await set(launch, Number(stands) + 10_000)).toEqual({ set: true });
    expect(await codeOf(take(launch, cafe, 10_001n))).toBe('above_month_limit');
    expect(await codeOf(take(launch, cafe, 10_000n))).toBe('fulfilled');
    expect(await codeOf(take(launch, cafe, 1n))).toBe('above_month_limit');
  });

  it('lets no two presses at once share a cent', async () => {
    const launch = await openBooks(`${DAY}T10:00:00Z`, 1_000, 60_000);
    const [cafe, bar] = [await second(launch), await second(launch)];
    const limit = (await promised(launch)) + 10_000n;
    await set(launch, Number(limit));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => codeOf(take(launch, index % 2 === 0 ? cafe : bar, 3_000n))),
    );
    expect(answers.filter((answer) => answer === 'fulfilled')).toHaveLength(3);
    expect(await promised(launch)).toBeLessThanOrEqual(limit);
  });

  it('holds in the database itself, whoever writes', async () => {
    const launch = await openBooks(`${DAY}T10:00:00Z`, 1_000, 60_000);
    await set(launch, Number(await promised(launch)));
    const write = (data: { committedMinor?: { increment: bigint }; ceilingMinor?: bigint }) =>
      inWorkspace(launch.ctx.workspaceId, (tx) => tx.monthBudget.updateMany({ data }));
    await write({ ceilingMinor: 900_000n });
    await expect(write({ committedMinor: { increment: 1n } })).rejects.toThrow(/no room/);
  });

  it('is lowered at once, never below what is promised, and raised or taken away by a card alone', async () => {
    const launch = await openBooks(`${DAY}T10:00:00Z`, 1_000, 60_000);
    const stands = Number(await promised(launch));
    expect(await set(launch, stands + 5_000)).toEqual({ set: true });
    expect(await set(launch, stands)).toEqual({ set: true });
    expect(await codeOf(set(launch, stands - 1))).toBe('below_promised');
    const inForce = () =>
      inWorkspace(launch.ctx.workspaceId, (tx) => tx.workspaceLimit.findFirst({ orderBy: { version: 'desc' } }));
    const higher = await set(launch, stands + 9_000);
    expect(higher.set).toBe(false);
    expect((await inForce())?.amountMinor).toBe(BigInt(stands));
    if (higher.set) throw new Error('no card');
    const manager = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 900_000n, currency: 'EUR' });
    const asManager = { ...launch.ctx, actor: { type: 'user' as const, id: manager.userId } };
    expect(await codeOf(press(asManager, higher))).toBe('not_permitted');
    expect(await codeOf(press(launch.ctx, higher))).toBe('fulfilled');
    expect((await inForce())?.amountMinor).toBe(BigInt(stands + 9_000));
    const none = await set(launch, null);
    if (none.set) throw new Error('no card');
    // Lowered meanwhile: the card was made from another limit.
    await set(launch, stands + 1_000);
    expect(await codeOf(press(launch.ctx, none))).toBe('approval_drift');
  });

  it('counts what runs on from an earlier month, and lets nothing new in while that stands above it', async () => {
    const launch = await openBooks('2026-11-29T10:00:00Z', 1_000, 60_000);
    const cafe = await second(launch);
    const stands = await promised(launch);
    await set(launch, Number(stands));
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthShare.updateMany({ data: { capMinor: null, lifetimeCapMinor: null, untilDay: '2027-01-01' } }),
    );
    const december = monthOfDay('2026-12-01');
    const row = await transact(job(launch), (tx, ctx) =>
      takeMonth(tx, ctx, { projectId: launch.projectId, at: december, ceiling: { minor: 60_000n, currency: 'EUR' } }),
    );
    expect(row.committedMinor).toBeGreaterThan(stands);
    const [december12] = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthBudget.findMany({ where: { month: '2026-12' } }),
    );
    expect(december12?.workspaceLiftMinor).toBe(row.committedMinor - stands);
    await transact(job(launch), (tx, ctx) =>
      takeMonth(tx, ctx, { projectId: cafe.projectId, at: december, ceiling: { minor: 60_000n, currency: 'EUR' } }),
    );
    await expect(
      inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.monthBudget.updateMany({
          where: { projectId: cafe.projectId, month: '2026-12' },
          data: { committedMinor: { increment: 1n } },
        }),
      ),
    ).rejects.toThrow(/no room/);
  });

  it('is the owner’s to set, and says nothing about another currency', async () => {
    const launch = await openBooks(`${DAY}T10:00:00Z`, 1_000, 60_000);
    const manager = await joinAs(launch.ctx.workspaceId, 'manager');
    const asManager = { ...launch.ctx, actor: { type: 'user' as const, id: manager.userId } };
    const asked = { projectId: launch.projectId, currency: 'EUR', amount: eur(900_000) };
    expect(await codeOf(setWorkspaceLimit(asManager, asked))).toBe('not_permitted');
    expect(await codeOf(setWorkspaceLimit(launch.ctx, { ...asked, currency: 'USD' }))).toBe('invalid_input');
    await setWorkspaceLimit(launch.ctx, { ...asked, currency: 'USD', amount: { minor: '1', currency: 'USD' } });
    expect(await codeOf(take(launch, { ...launch.first, projectId: launch.projectId }, 100n))).toBe('fulfilled');
  });
});
