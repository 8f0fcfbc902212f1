import { expect, it } from 'vitest';
import { addDays, dayIn } from '@/lib/domain/time';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { renewMonthGuards } from '@/lib/services/mutations/renew-guards';
import { undoAction } from '@/lib/services/mutations/undo';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { lookAtLedger } from '@/lib/services/quarantine/ledger-look';
import { expectCompleteLedger } from '../fixtures/complete-ledger';
import { approveAction, job, rowOf, toItsEnd } from '../fixtures/gate';
import {
  adSetOf,
  books,
  dailyAt,
  moving,
  proposeMove,
  REFUSED,
  rootOf,
  strikeAdSet,
  type Two,
  twoLive,
} from '../fixtures/two-campaigns';
import { withFreezingSimulator } from './with-freezing-simulator';

/** Every request of every one with `npm run soak guard-and-move-kills`; every day one point of two of them, others each day. */
const isSoak = process.env.SOAK === '1';
const DAY_NUMBER = Math.floor(Date.now() / 86_400_000);
const MOST_REQUESTS = 60;
const simulator = withFreezingSimulator();

type Written = { path: string; status: number; params: Record<string, unknown> };
/** Something begun: `work` may be called again after any death, `ends` says how it must stand. */
type Begun = { work: () => Promise<unknown>; ends: () => Promise<void> };
type Verb = { name: string; begin: (two: Two) => Promise<Begun> };

let question = 0;
const both = async (two: Two) => [await dailyAt(two, two.campaignRecordId), await dailyAt(two, two.second)];
const writes = async (two: Two): Promise<Written[]> => {
  const { requests } = (await simulator.admin('GET', `requests?world=${two.world.worldId}&method=POST`)) as {
    requests: Written[];
  };
  return requests.filter(({ status }) => status < 300);
};
const settled = (two: Two) =>
  inWorkspace(two.ctx.workspaceId, (tx) => tx.remoteEffect.count({ where: { state: 'DONE' } }));
const refuse = (two: Two, campaignRecordId: string, more: object = {}) =>
  strikeAdSet(simulator.admin, two, campaignRecordId, { ...REFUSED, times: 0, ...more });
const ended = async (two: Two, actionId: string) => {
  const events = await inWorkspace(two.ctx.workspaceId, (tx) =>
    tx.event.findMany({ where: { type: 'action.failed' } }),
  );
  const mine = events.filter(({ payload }) => (payload as { subject?: string }).subject === actionId);
  return {
    state: (await rowOf(two, actionId)).state,
    told: mine.map(({ payload }) => (payload as { move?: string }).move),
  };
};

/** Ten a day to whichever has less; answers what stood before and what must stand afterwards. */
async function asked(two: Two) {
  const [first = 0n, second = 0n] = await both(two);
  const minor = first > second ? 10 : -10;
  question += 1;
  const { actionId, verdict } = await proposeMove(
    two,
    moving(two, minor, [Number(first), Number(second)]),
    `q${question}`,
  );
  if (verdict.answer === 'ask') await approveAction(two, actionId);
  return {
    actionId,
    before: [first, second],
    wanted: [first - BigInt(minor), second + BigInt(minor)],
    giverIsFirst: minor > 0,
  };
}

const VERBS: Verb[] = [
  {
    name: 'a move',
    begin: async (two) => {
      const { actionId, wanted } = await asked(two);
      return {
        work: toItsEnd(two, actionId),
        ends: async () => {
          expect(await ended(two, actionId)).toEqual({ state: 'DONE', told: [] });
          expect(await both(two)).toEqual(wanted);
        },
      };
    },
  },
  {
    name: 'the Undo of a move',
    begin: async (two) => {
      const { actionId, before } = await asked(two);
      await toItsEnd(two, actionId)();
      const undo = await undoAction(two.ctx, { actionId });
      if ((await rowOf(two, undo.actionId)).state === 'WAITING') await approveAction(two, undo.actionId);
      return {
        work: toItsEnd(two, undo.actionId),
        ends: async () => {
          expect((await ended(two, undo.actionId)).state).toBe('DONE');
          expect((await ended(two, actionId)).state).toBe('UNDONE');
          expect(await both(two)).toEqual(before);
        },
      };
    },
  },
  {
    name: 'a move whose raise is refused',
    begin: async (two) => {
      const { actionId, before, giverIsFirst } = await asked(two);
      await refuse(two, giverIsFirst ? two.second : two.campaignRecordId);
      return {
        work: toItsEnd(two, actionId),
        ends: async () => {
          await simulator.admin('DELETE', 'faults');
          expect(await ended(two, actionId)).toEqual({ state: 'FAILED', told: ['put_back'] });
          expect(await both(two)).toEqual(before);
        },
      };
    },
  },
  {
    name: 'a move that can neither be finished nor put back',
    begin: async (two) => {
      const { actionId, before, wanted, giverIsFirst } = await asked(two);
      await refuse(two, giverIsFirst ? two.second : two.campaignRecordId);
      // Only the lowering is taken.
      await refuse(two, giverIsFirst ? two.campaignRecordId : two.second, { nth: 2 });
      return {
        work: toItsEnd(two, actionId),
        ends: async () => {
          await simulator.admin('DELETE', 'faults');
          const giver = giverIsFirst ? 0 : 1;
          const stands = await both(two);
          expect(stands[1 - giver]).toBe(before[1 - giver]);
          const isBack = stands[giver] === before[giver];
          if (!isBack) expect(stands[giver]).toBe(wanted[giver]);
          expect(await ended(two, actionId)).toEqual({ state: 'FAILED', told: [isBack ? 'put_back' : 'half_done'] });
          const cards = await inWorkspace(two.ctx.workspaceId, (tx) =>
            tx.campaignActionRecord.findMany({ where: { kind: 'set_ad_set_budget', state: 'WAITING' } }),
          );
          expect(cards).toHaveLength(isBack ? 0 : 1);
          for (const card of cards) {
            await approveAction(two, card.id);
            await toItsEnd(two, card.id)();
          }
          expect(await both(two)).toEqual(before);
        },
      };
    },
  },
  {
    name: 'the renewal of a guard',
    begin: async (two) => {
      await makeRenewalDue(two);
      return {
        work: async () => {
          await renewMonthGuards(job(two), { adAccountId: two.account.id });
          // What was begun before a death goes on by its own job.
          const begun = await inWorkspace(two.ctx.workspaceId, (tx) =>
            tx.campaignActionRecord.findMany({ where: { kind: 'renew_month_guard', state: 'EXECUTING' } }),
          );
          for (const { id } of begun) await toItsEnd(two, id)();
        },
        ends: async () => {
          const rows = await inWorkspace(two.ctx.workspaceId, (tx) =>
            tx.campaignActionRecord.findMany({
              where: { kind: 'renew_month_guard', dedupeKey: { not: { startsWith: 'over' } } },
            }),
          );
          expect(rows.map(({ state }) => state)).toEqual(['DONE', 'DONE']);
          await expectGuardsAsBooks(two);
        },
      };
    },
  },
];

/** As if a month had just begun: the books are last month's, whose caps are spent but for a euro. */
async function makeRenewalDue(two: Two): Promise<void> {
  const { month } = monthOfDay(dayIn(two.account.timezone, new Date()));
  const last = addDays(`${month}-01`, -1).slice(0, 7);
  await inWorkspace(two.ctx.workspaceId, async (tx) => {
    for (const { id } of await tx.campaignActionRecord.findMany({ where: { kind: 'renew_month_guard' } }))
      await tx.campaignActionRecord.update({ where: { id }, data: { dedupeKey: `over:${id}` } });
    await tx.monthShare.deleteMany({ where: { month: last } });
    await tx.monthBudget.deleteMany({ where: { month: last } });
    await tx.monthReservation.updateMany({ where: { month }, data: { month: last } });
    await tx.monthShare.updateMany({ where: { month }, data: { month: last, fromDay: `${last}-01`, capMinor: 100n } });
    await tx.monthBudget.updateMany({ where: { month }, data: { month: last } });
  });
}

/** Each campaign's cap or end at the platform is exactly what the books hold it to. */
async function expectGuardsAsBooks(two: Two): Promise<void> {
  const { first, second } = await books(two);
  for (const [id, share] of [
    [two.campaignRecordId, first],
    [two.second, second],
  ] as const) {
    const root = await rootOf(two, id);
    const seen = await metaReader.read(two.access, 'campaign', root.remoteId);
    expect(seen?.spendCap?.minor ?? null).toBe(share?.lifetimeCapMinor ?? null);
  }
}

/** The daily budgets of all groups together never stood higher than before, at no write. */
function expectNeverDearer(sent: readonly Written[], start: ReadonlyMap<string, bigint>, what: string): void {
  const stands = new Map(start);
  const sum = () => [...stands.values()].reduce((all, minor) => all + minor, 0n);
  const most = sum();
  for (const { path, params } of sent) {
    const id = [...stands.keys()].find((one) => path.includes(one.split(':').at(-1) ?? one));
    if (id === undefined || params.daily_budget === undefined) continue;
    stands.set(id, BigInt(String(params.daily_budget)));
    expect(sum(), `${what}: never dearer in all`).toBeLessThanOrEqual(most);
  }
}

/** Dies there, begins again as the queue would, and stands as it must with each write made once. False: it never got so far. */
async function survives(two: Two, verb: Verb, point: { request: number; when: 'before' | 'after' }) {
  const { work, ends } = await verb.begin(two);
  const what = `${verb.name}, ${point.when} request ${point.request}`;
  const ids = [await adSetOf(two, two.campaignRecordId), await adSetOf(two, two.second)].map(
    ({ remoteId }) => remoteId,
  );
  const dailies = await both(two);
  const start = new Map(ids.map((id, at) => [id, dailies[at] ?? 0n]));
  const [sent, done] = [(await writes(two)).length, await settled(two)];
  const end = await simulator.dieAt(point, work);
  const dead = await books(two);
  expect(dead.promised, `${what}: inside the month while it lies there`).toBeLessThanOrEqual(dead.ceiling);
  if (end === 'died') await work();
  const made = (await writes(two)).slice(sent);
  expect(made.length, `${what}: each write arrives once`).toBe((await settled(two)) - done);
  expectNeverDearer(made, start, what);
  await ends().catch((error: unknown) => {
    throw new Error(what, { cause: error });
  });
  const after = await books(two);
  expect(after.reserved, `${what}: nothing is held any more`).toBe(0n);
  expect(after.promised, what).toBeLessThanOrEqual(after.ceiling);
  const now = await both(two);
  expect([after.first?.dailyMinor, after.second?.dailyMinor], `${what}: the books show what stands`).toEqual(now);
  const open = await inWorkspace(two.ctx.workspaceId, (tx) =>
    tx.remoteEffect.findMany({ where: { state: { in: ['SENT', 'UNKNOWN', 'NEEDS_REVIEW'] } } }),
  );
  expect(open, `${what}: nothing is left open`).toEqual([]);
  return end === 'died';
}

it(
  isSoak
    ? 'renewals of guards and moves between campaigns, dying before and after every request, write each thing once and end as told'
    : 'renewals of guards and moves between campaigns, dying at one of their requests, write each thing once and end as told',
  async () => {
    const two = await twoLive({
      minCapMinor: '100',
      limits: { maxChangesPerDay: 10_000, cooldownHours: 0, weekShiftPercent: 100 },
    });
    let deaths = 0;
    const today = VERBS.filter((_verb, at) => isSoak || (at + DAY_NUMBER) % VERBS.length < 2);
    for (const [at, verb] of today.entries()) {
      if (!isSoak) {
        const when = (DAY_NUMBER + at) % 2 === 0 ? 'before' : 'after';
        if (await survives(two, verb, { request: 1 + ((DAY_NUMBER * 7 + at * 3) % 6), when })) deaths += 1;
        continue;
      }
      for (const when of ['before', 'after'] as const)
        for (let request = 1; request < MOST_REQUESTS; request += 1) {
          if (!(await survives(two, verb, { request, when }))) break;
          deaths += 1;
          process.stdout.write(`${verb.name}: ${when} request ${request}: once\n`);
        }
    }
    expect(deaths).toBeGreaterThanOrEqual(isSoak ? 40 : 2);
    await expectCompleteLedger(simulator, two.ctx, two.world.worldId);
    for (const campaignRecordId of [two.campaignRecordId, two.second])
      expect(await watchDrift(two.ctx, { campaignRecordId })).toMatchObject({ found: 0 });
    const roots = [await rootOf(two, two.campaignRecordId), await rootOf(two, two.second)];
    const mismatches = await lookAtLedger(job(two), {
      account: { externalId: two.account.externalId, connectionId: two.account.connectionId },
      access: two.access,
      reader: metaReader,
      tree: await metaReader.readAccountTree(two.access, { campaignRemoteIds: roots.map(({ remoteId }) => remoteId) }),
      campaignRecordIds: [two.campaignRecordId, two.second],
      since: new Date(0),
    });
    expect(mismatches).toEqual([]);
    process.stdout.write(`guard and move kills: ${deaths} deaths, each write once\n`);
  },
  2 * 3_600_000,
);
