import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayIn, mondayOf } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact, workspaceNow } from '@/lib/services/context';
import { recountRunning } from '@/lib/services/pacing/recount';
import type { Launch } from '../fixtures/launch';
import {
  another,
  ask,
  at,
  carriedOut,
  changedThere,
  codeOf,
  costing,
  eur,
  job,
  openBooks,
  pulledAt,
  type Running,
  spentOn,
  switchOn,
} from '../fixtures/money-books';

/** `npm run soak month-life` runs them all. */
const LIVES = process.env.SOAK === '1' ? 300 : 4;
const CEILING = 60_000;
const DAY_MS = 86_400_000;

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

type Step =
  | { do: 'launch'; daily: number }
  | { do: 'budget'; campaign: number; percent: number }
  | { do: 'pause' | 'resume'; campaign: number }
  | { do: 'days'; count: number; pulled: boolean }
  | { do: 'elsewhere'; campaign: number; percent: number };
const campaign = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('launch' as const), daily: fc.constantFrom(200, 500, 900) }),
  fc.record({ do: fc.constant('budget' as const), campaign, percent: fc.constantFrom(40, 80, 110, 150, 190) }),
  fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), campaign }),
  fc.record({ do: fc.constant('days' as const), count: fc.constantFrom(0, 1, 2, 5, 9), pulled: fc.boolean() }),
  fc.record({ do: fc.constant('elsewhere' as const), campaign, percent: fc.constantFrom(50, 150, 400) }),
);
const life = fc.record({
  start: fc.constantFrom('2026-11-02', '2026-11-17', '2026-11-28'),
  capped: fc.boolean(),
  steps: fc.array(step, { minLength: 6, maxLength: 12 }),
});

/**
 * A platform that spends all it may: 175 % of the dearest budget a day showed, seven times a budget in seven days, until
 * its cap or its end. It knows nothing of our books but what they told it.
 */
type There = Running & { on: boolean; daily: number; dearestToday: number; spent: Map<string, number> };

it(`what is spent stays within the books, and these within the ceiling, over ${LIVES} lives of a shop`, async () => {
  const seen = { lives: 0, launches: 0, refused: 0, resumed: 0, raised: 0, months: 0, elsewhere: 0 };
  for (const one of fc.sample(life, { numRuns: LIVES, seed: 20_261_123 })) {
    const launch = await openBooks(`${one.start}T09:00:00Z`, 500, CEILING);
    if (one.capped)
      await inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.adAccount.updateMany({ data: { details: { minCampaignSpendCapMinor: '100' } } }),
      );
    const there: There[] = [showing(launch.first, 500)];
    let [now, meddled] = [new Date(`${one.start}T09:00:00Z`), false];
    for (const each of one.steps) {
      if (each.do === 'days')
        for (let day = 0; day < each.count; day += 1) {
          await spendDay(launch, there, now, each.pulled);
          now = new Date(now.getTime() + DAY_MS);
          await at(launch, now.toISOString());
          if (each.pulled) await pulledAt(launch, now.toISOString());
          await transact(job(launch), (tx, ctx) => recountRunning(tx, ctx, launch.projectId));
        }
      else meddled = (await carryOut(launch, there, each, seen)) || meddled;
      await expectHolds(launch, there, meddled);
    }
    await spendDay(launch, there, now, true);
    await expectHolds(launch, there, meddled);
    seen.lives += 1;
    if (seen.lives % 25 === 0) console.info(JSON.stringify(seen));
  }
  console.info(JSON.stringify(seen));
  expect(seen.launches).toBeGreaterThan(0);
}, 3_600_000);

const showing = (running: Running, daily: number): There => ({
  ...running,
  on: true,
  daily,
  dearestToday: daily,
  spent: new Map(),
});

type Seen = { launches: number; refused: number; resumed: number; raised: number; elsewhere: number };

/** True where somebody did at the platform what no limit of ours can hold back. */
async function carryOut(
  launch: Launch,
  there: There[],
  step: Exclude<Step, { do: 'days' }>,
  seen: Seen,
): Promise<boolean> {
  if (step.do === 'launch') {
    const card = await another(launch, costing(step.daily, CEILING));
    const answer = await codeOf(switchOn(launch, card).then((running) => there.push(showing(running, step.daily))));
    if (answer === 'fulfilled') seen.launches += 1;
    else seen.refused += 1;
    return false;
  }
  const found = there[step.campaign % there.length];
  const adSetKey = found?.adSetKeys[0] ?? '';
  if (!found) return false;
  const { campaignRecordId } = found;
  if (step.do === 'elsewhere') {
    found.daily = Math.floor((found.daily * step.percent) / 100);
    found.dearestToday = Math.max(found.dearestToday, found.daily);
    await changedThere(launch, campaignRecordId, adSetKey, found.daily);
    await transact(job(launch), (tx, ctx) => recountRunning(tx, ctx, launch.projectId));
    seen.elsewhere += 1;
    return step.percent > 100;
  }
  if (step.do === 'budget') {
    const to = Math.floor((found.daily * step.percent) / 100);
    const action = { kind: 'set_ad_set_budget' as const, adSetKey, from: eur(found.daily), to: eur(to) };
    if (!(await done(launch, campaignRecordId, action, seen))) return false;
    found.daily = to;
    found.dearestToday = Math.max(found.dearestToday, to);
    seen.raised += to > Number(action.from.minor) ? 1 : 0;
    return false;
  }
  if (found.on === (step.do === 'resume')) return false;
  if (!(await done(launch, campaignRecordId, { kind: `${step.do}_campaign` }, seen))) return false;
  found.on = step.do === 'resume';
  if (found.on) found.dearestToday = Math.max(found.dearestToday, found.daily);
  seen.resumed += found.on ? 1 : 0;
  return false;
}

async function done(
  launch: Launch,
  campaignRecordId: string,
  action: Parameters<typeof ask>[2],
  seen: Seen,
): Promise<boolean> {
  const { actionId, verdict, pressed } = await ask(launch, campaignRecordId, action);
  if (verdict.answer === 'refuse' || (pressed !== null && pressed !== 'fulfilled')) {
    seen.refused += 1;
    return false;
  }
  await carriedOut(launch, actionId);
  return true;
}

/** One account day at its dearest, and the numbers of it where a pull brings them. */
async function spendDay(launch: Launch, there: There[], now: Date, pulled: boolean): Promise<void> {
  const today = dayIn(launch.account.timezone, now);
  for (const one of there) {
    const share = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthShare.findFirst({ where: { campaignRecordId: one.campaignRecordId }, orderBy: { month: 'desc' } }),
    );
    const whole = [...one.spent.values()].reduce((sum, minor) => sum + minor, 0);
    const ends = share !== null && share.capMinor === null && share.untilDay <= today;
    const cap = share?.lifetimeCapMinor == null ? Number.POSITIVE_INFINITY : Number(share.lifetimeCapMinor);
    const spends = (one.on || one.dearestToday > 0) && !ends;
    const monday = mondayOf(today);
    const thisWeek = [...one.spent].filter(([day]) => day >= monday).reduce((sum, [, minor]) => sum + minor, 0);
    const most = Math.min(Math.floor(one.dearestToday * 1.75), one.dearestToday * 7 - thisWeek, cap - whole);
    const minor = spends ? Math.max(0, most) : 0;
    one.spent.set(today, (one.spent.get(today) ?? 0) + minor);
    one.dearestToday = one.on ? one.daily : 0;
    if (pulled) await spentOn(launch, one.campaignRecordId, today, one.spent.get(today) ?? 0);
  }
}

async function expectHolds(launch: Launch, there: There[], meddled: boolean): Promise<void> {
  const months = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.monthBudget.findMany({ where: { projectId: launch.projectId } }),
  );
  const now = await transact(job(launch), (tx, ctx) => workspaceNow(ctx, tx));
  for (const row of months) {
    const spent = there
      .flatMap((one) => [...one.spent])
      .filter(([day]) => day.startsWith(row.month))
      .reduce((sum, [, minor]) => sum + minor, 0);
    const told = JSON.stringify({ month: row.month, now, spent });
    expect([told, row.committedMinor + row.reservedMinor <= row.ceilingMinor + row.liftMinor]).toEqual([told, true]);
    if (meddled) continue;
    expect([told, BigInt(spent) <= row.committedMinor + row.reservedMinor]).toEqual([told, true]);
    expect([told, BigInt(spent) <= row.ceilingMinor]).toEqual([told, true]);
    expect([told, row.liftMinor]).toEqual([told, 0n]);
  }
}
