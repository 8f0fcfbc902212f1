import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import type { ServiceContext } from '@/lib/services/context';
import { periodsOf } from '@/lib/services/usage/allowance';
import { closeLostReservations } from '@/lib/services/usage/close-lost';
import { reserveModelCall } from '@/lib/services/usage/reserve';
import { settleModelCall } from '@/lib/services/usage/settle';
import { buildOwner } from '@/tests/factories';

const CENT = 10_000n;
/** The installation's day in this file: far above what its workspaces use, except where a test lowers it. */
vi.hoisted(() => {
  process.env.MODEL_LIMIT_CENTS = '100';
  process.env.MODEL_DAY_LIMIT_CENTS = '2000';
});

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const reserve = (ctx: ServiceContext, micros: bigint) =>
  reserveModelCall(ctx, { turnId: null, provider: 'anthropic', model: 'test', micros });
const settle = (ctx: ServiceContext, reservationId: string, costMicros: bigint) =>
  settleModelCall({ workspaceId: ctx.workspaceId, reservationId, inputTokens: 1, outputTokens: 1, costMicros });
const refused = { code: 'model_limit_reached' };

async function used(ctx: ServiceContext): Promise<bigint> {
  const { month } = periodsOf(new Date());
  const row = await inWorkspace(ctx.workspaceId, (tx) =>
    tx.modelAllowance.findUnique({ where: { workspaceId_period: { workspaceId: ctx.workspaceId, period: month } } }),
  );
  return row?.usedMicros ?? 0n;
}

const rows = (ctx: ServiceContext) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.modelUsage.findMany({ where: { workspaceId: ctx.workspaceId } }));

describe('a workspace', () => {
  it('may use its limit to the last micro-dollar and no further', async () => {
    const { ctx } = await buildOwner();
    await reserve(ctx, 100n * CENT - 1n);
    await expect(reserve(ctx, 2n)).rejects.toMatchObject(refused);
    await reserve(ctx, 1n);
    await expect(reserve(ctx, 1n)).rejects.toMatchObject(refused);
    expect(await used(ctx)).toBe(100n * CENT);
  });

  it('starts a month with what its calls of that month already took', async () => {
    const { ctx } = await buildOwner();
    await inWorkspace(ctx.workspaceId, (tx) =>
      tx.modelUsage.create({
        data: {
          workspaceId: ctx.workspaceId,
          provider: 'anthropic',
          model: 'test',
          inputTokens: 1,
          outputTokens: 1,
          costMicros: 99n * CENT,
        },
      }),
    );
    await expect(reserve(ctx, 2n * CENT)).rejects.toMatchObject(refused);
    await reserve(ctx, CENT);
  });

  it('may have a limit of its own, and a small one while nobody has signed up', async () => {
    const { ctx, userId } = await buildOwner();
    await inSystem((tx) => tx.organization.update({ where: { id: ctx.workspaceId }, data: { modelLimitCents: 7 } }));
    await reserve(ctx, 7n * CENT);
    await expect(reserve(ctx, 1n)).rejects.toMatchObject(refused);
    const pretend = await buildOwner();
    await inSystem((tx) => tx.user.update({ where: { id: pretend.userId }, data: { isAnonymous: true } }));
    await reserve(pretend.ctx, 25n * CENT);
    await expect(reserve(pretend.ctx, 1n)).rejects.toMatchObject(refused);
    expect(userId).not.toBe(pretend.userId);
  });

  it('is not passed by fifty calls at the same moment, and each is counted once', async () => {
    const { ctx } = await buildOwner();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => reserve(ctx, 9n * CENT)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(11);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused);
    expect(await used(ctx)).toBe(99n * CENT);
    expect(await rows(ctx)).toHaveLength(11);
  });
});

describe('a reservation', () => {
  it('gives back what the call did not need, once, however often it is settled', async () => {
    const { ctx } = await buildOwner();
    const id = await reserve(ctx, 60n * CENT);
    await expect(reserve(ctx, 60n * CENT)).rejects.toMatchObject(refused);
    await Promise.all(Array.from({ length: 8 }, () => settle(ctx, id, 10n * CENT)));
    expect(await used(ctx)).toBe(10n * CENT);
    await reserve(ctx, 60n * CENT);
  });

  it('counts what a call took beyond its estimate', async () => {
    const { ctx } = await buildOwner();
    await settle(ctx, await reserve(ctx, 10n * CENT), 12n * CENT);
    expect(await used(ctx)).toBe(12n * CENT);
  });

  it('nobody settled stays counted in full, is closed after its time, and cannot be settled to less then', async () => {
    const { ctx } = await buildOwner();
    const [old, young] = [await reserve(ctx, 20n * CENT), await reserve(ctx, 5n * CENT)];
    await inWorkspace(ctx.workspaceId, (tx) =>
      tx.modelUsage.update({ where: { id: old }, data: { at: new Date(Date.now() - 21 * 60_000) } }),
    );
    expect(await closeLostReservations()).toBe(1);
    expect(await closeLostReservations()).toBe(0);
    await settle(ctx, old, 0n);
    expect(await used(ctx)).toBe(25n * CENT);
    const states = Object.fromEntries((await rows(ctx)).map((row) => [row.id, row.state]));
    expect([states[old], states[young]]).toEqual(['LOST', 'RESERVED']);
  });

  it('of another workspace cannot be settled', async () => {
    const [mine, stranger] = [(await buildOwner()).ctx, (await buildOwner()).ctx];
    const id = await reserve(mine, 30n * CENT);
    await settle(stranger, id, 0n);
    expect(await used(mine)).toBe(30n * CENT);
  });
});

describe('the installation', () => {
  it('has a daily limit that all workspaces share, and what it refuses takes nothing from the workspace', async () => {
    const { day } = periodsOf(new Date());
    const key = { workspaceId_period: { workspaceId: '*', period: day } };
    const full = await inSystem((tx) => tx.modelAllowance.findUniqueOrThrow({ where: key }));
    const set = (usedMicros: bigint) =>
      inSystem((tx) => tx.modelAllowance.update({ where: key, data: { usedMicros } }));
    await set(2000n * CENT - 20n * CENT);
    const owners = await Promise.all(Array.from({ length: 6 }, () => buildOwner()));
    const outcomes = await Promise.allSettled(owners.map(({ ctx }) => reserve(ctx, 5n * CENT)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'model_day_limit_reached' });
    const taken = await Promise.all(owners.map(({ ctx }) => used(ctx)));
    expect(taken.reduce((sum, micros) => sum + micros, 0n)).toBe(20n * CENT);
    await set(full.usedMicros);
  });
});
