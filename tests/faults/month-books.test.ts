import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Envelope } from '@/lib/domain/plan';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { buildLaunch, type Launch } from '../fixtures/launch';
import type { Order } from './ceiling-child';
import { mixed, startTwoWorkers, type Worker } from './two-workers';

/** `npm run soak month-books` runs them all. */
const SCHEDULES = process.env.SOAK === '1' ? 1_000 : 10;
const CEILING = 60_000n;
let workers: Worker[] = [];

beforeAll(async () => {
  plugJobEngine();
  workers = await startTwoWorkers();
});
afterAll(async () => {
  for (const worker of workers) worker.child.stdin?.end();
  await closeSendingBoss();
  await closeDatabase();
});

type Wish = { campaign: number; want: number; least: number; lift: boolean; end: 'commit' | 'fail' | 'lost' };
const wish: fc.Arbitrary<Wish> = fc.record({
  campaign: fc.nat(3),
  want: fc.integer({ min: 0, max: 40_000 }),
  least: fc.integer({ min: 0, max: 30_000 }),
  lift: fc.boolean(),
  end: fc.constantFrom('commit' as const, 'fail' as const, 'lost' as const),
});
const schedule = fc.record({ wishes: fc.array(wish, { minLength: 2, maxLength: 3 }), seed: fc.nat(1_000_000) });

/** A project with limits and four campaigns, nothing of it at a platform. */
async function openBooks(): Promise<Launch & { campaigns: string[] }> {
  const launch = await buildLaunch();
  const { ctx, projectId } = launch;
  const campaigns = Array.from({ length: 4 }, () => randomUUID());
  const envelope: Envelope = { ...launch.plan.envelope, monthlyCeiling: { minor: String(CEILING), currency: 'EUR' } };
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.policyVersion.create({ data: { workspaceId: ctx.workspaceId, projectId, version: 1, envelope } });
    await tx.campaignRecord.createMany({
      data: campaigns.map((id) => ({
        id,
        workspaceId: ctx.workspaceId,
        projectId,
        name: id,
        status: 'ACTIVE',
        adAccountId: launch.account.externalId,
        currency: 'EUR',
        timezone: 'Europe/Lisbon',
      })),
    });
  });
  return { ...launch, campaigns };
}

it(`the month’s books hold in ${SCHEDULES} random orders of two processes, and every reservation ends once`, async () => {
  const drawn = fc.sample(schedule, { numRuns: SCHEDULES, seed: 20_261_122 });
  const seen = { schedules: 0, held: 0, refused: 0, committed: 0, released: 0, looks: 0 };
  let books = await openBooks();
  for (const [round, { wishes, seed }] of drawn.entries()) {
    if (round > 0 && round % 20 === 0) books = await openBooks();
    const { ctx, projectId, campaigns } = books;
    const month = await inWorkspace(ctx.workspaceId, (tx) => tx.monthBudget.findFirst({ where: { projectId } }));
    const ceiling = month?.ceilingMinor ?? CEILING;
    const holders = wishes.map((one, index) => ({ ...one, holderId: `${projectId}:${round}:${index}` }));
    const orders = holders.flatMap(({ holderId, campaign, want, least, lift, end }): Order[] => [
      {
        do: 'hold',
        holderId,
        projectId,
        campaignRecordId: campaigns[campaign] ?? '',
        day: '2026-11-21',
        wantMinor: String(want),
        leastMinor: String(least < want ? least : want),
        liftTo: lift ? String(ceiling + 10_000n) : null,
      },
      ...(end === 'fail' ? [] : [{ do: 'begin' as const, holderId }]),
      { do: end === 'commit' ? ('commit' as const) : ('end' as const), holderId },
    ]);
    const stop = { now: false };
    const watching = watch(books, stop);
    const tell = (told: Order[][]) =>
      Promise.all(
        workers.map((worker, index) =>
          worker.tell({ workspaceId: ctx.workspaceId, userId: books.userId, orders: told[index] ?? [] }),
        ),
      );
    const answers = await tell([mixed(orders, seed), mixed(orders, seed + 1)]);
    // Whatever was held after its end had passed is ended now, by both.
    const rest = holders.map(({ holderId }): Order => ({ do: 'end', holderId }));
    await tell([rest, rest]);
    stop.now = true;
    seen.looks += await watching;
    const broken = answers
      .flat()
      .filter((answer) => answer.startsWith('broken') && !answer.includes('Unique constraint'));
    expect(broken).toEqual([]);
    await inWorkspace(ctx.workspaceId, async (tx) => {
      const row = await tx.monthBudget.findFirst({ where: { projectId } });
      const shares = await tx.monthShare.aggregate({ where: { projectId }, _sum: { committedMinor: true } });
      const made = await tx.monthReservation.findMany({
        where: { holderId: { in: holders.map((one) => one.holderId) } },
      });
      expect([row?.reservedMinor ?? 0n, row?.liftMinor ?? 0n]).toEqual([0n, 0n]);
      expect(row?.committedMinor ?? 0n).toBe(shares._sum.committedMinor ?? 0n);
      expect((row?.committedMinor ?? 0n) <= (row?.ceilingMinor ?? CEILING)).toBe(true);
      for (const one of made) expect(['COMMITTED', 'RELEASED']).toContain(one.state);
      seen.held += made.length;
      seen.committed += made.filter((one) => one.state === 'COMMITTED').length;
      seen.released += made.filter((one) => one.state === 'RELEASED').length;
      // A ceiling only ever rises with something that was committed.
      const lifted = made.filter((one) => one.state === 'COMMITTED').map((one) => one.ceilingMinor ?? 0n);
      expect([ceiling, ...lifted]).toContain(row?.ceilingMinor ?? CEILING);
    });
    seen.refused += answers.flat().filter((answer) => answer === 'above_month_limit').length;
    seen.schedules += 1;
    if (seen.schedules % 50 === 0) console.info(JSON.stringify(seen));
  }
  console.info(JSON.stringify(seen));
  expect(seen.committed).toBeGreaterThan(SCHEDULES / 3);
  expect(seen.released).toBeGreaterThan(SCHEDULES / 8);
  expect(seen.refused).toBeGreaterThan(0);
}, 3_600_000);

async function watch(books: Launch, stop: { now: boolean }): Promise<number> {
  let looks = 0;
  while (!stop.now) {
    await inWorkspace(books.ctx.workspaceId, async (tx) => {
      const row = await tx.monthBudget.findFirst({ where: { projectId: books.projectId } });
      if (!row) return;
      expect(row.committedMinor + row.reservedMinor <= row.ceilingMinor + row.liftMinor).toBe(true);
    });
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return looks;
}
