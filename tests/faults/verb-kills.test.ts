import { expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { carryOutStop } from '@/lib/services/mutations/carry-out-stop';
import { putOursBack } from '@/lib/services/mutations/settle-drift';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { undoAction } from '@/lib/services/mutations/undo';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { lookAtLedger } from '@/lib/services/quarantine/ledger-look';
import { expectCompleteLedger } from '../fixtures/complete-ledger';
import { approveAction, eur, job, live, propose, remote, rowOf, toItsEnd } from '../fixtures/gate';
import { pressRelease } from '../fixtures/release';
import { type SimulatedLaunch, standing } from '../fixtures/simulated-launch';
import { withFreezingSimulator } from './with-freezing-simulator';

/** Every request of every verb with `npm run soak verb-kills`; every day one point of each, another one each day. */
const isSoak = process.env.SOAK === '1';
const DAY_NUMBER = Math.floor(Date.now() / 86_400_000);
const MOST_REQUESTS = 40;
const simulator = withFreezingSimulator();

/** Something that was begun: `work` may be called again after any death, `holds` is true once it stands as wanted. */
type Begun = { actionId: string | null; work: () => Promise<unknown>; holds: () => Promise<boolean> };
type Verb = { name: string; begin: (launch: SimulatedLaunch) => Promise<Begun>; soakOnly?: boolean };

let question = 0;
async function proposed(launch: SimulatedLaunch, action: CampaignAction): Promise<string> {
  question += 1;
  const { actionId, verdict } = await propose(launch, action, `question ${question}`);
  if (verdict.answer === 'ask') await approveAction(launch, actionId);
  return actionId;
}
async function takenBack(launch: SimulatedLaunch, actionId: string): Promise<string> {
  const undo = await undoAction(launch.ctx, { actionId });
  if ((await rowOf(launch, undo.actionId)).state === 'WAITING') await approveAction(launch, undo.actionId);
  return undo.actionId;
}
const shows = (launch: SimulatedLaunch, level: string, key: string, wanted: (seen: Seen) => boolean) => async () => {
  const seen = await remote(launch, level, key);
  return seen !== undefined && wanted(seen);
};
type Seen = NonNullable<Awaited<ReturnType<typeof remote>>>;
const budgetNow = async (launch: SimulatedLaunch) =>
  Number((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor ?? 0);
const done = async (launch: SimulatedLaunch, actionId: string) => {
  await toItsEnd(launch, actionId)();
  return actionId;
};

/** Each one leaves the campaign as the next one expects it. */
const VERBS: Verb[] = [
  pair(
    'a pause',
    () => ({ kind: 'pause_ad', adKey: 'ad-2' }),
    'ad',
    'ad-2',
    (seen) => seen.status === 'PAUSED',
  ),
  pair(
    'a swap',
    () => ({ kind: 'swap_creative', adKey: 'ad-3', reserveKey: 'reserve-1' }),
    'ad',
    'ad-3',
    () => true,
  ),
  {
    name: 'a raise',
    begin: async (launch) => {
      const from = await budgetNow(launch);
      const raise = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(from), to: eur(from + 10) } as const;
      const actionId = await proposed(launch, raise);
      const holds = shows(launch, 'adset', 'adset-1', (seen) => Number(seen.dailyBudget?.minor) === from + 10);
      return { actionId, work: toItsEnd(launch, actionId), holds };
    },
  },
  {
    name: 'the Undo of a raise',
    begin: async (launch) => {
      const from = await budgetNow(launch);
      const raise = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(from), to: eur(from + 10) } as const;
      const actionId = await takenBack(launch, await done(launch, await proposed(launch, raise)));
      const holds = shows(launch, 'adset', 'adset-1', (seen) => Number(seen.dailyBudget?.minor) === from);
      return { actionId, work: toItsEnd(launch, actionId), holds };
    },
  },
  {
    name: 'putting back what somebody changed',
    begin: async (launch) => {
      const ours = await budgetNow(launch);
      const { remoteId = '' } = (await remote(launch, 'adset', 'adset-1')) ?? {};
      const set = { daily_budget: String(ours + 300) };
      await simulator.admin('POST', `worlds/${launch.world.worldId}/edit`, { objectId: remoteId, set });
      await watchDrift(job(launch), launch);
      const finding = () =>
        inWorkspace(launch.ctx.workspaceId, (tx) =>
          tx.driftFinding.findFirstOrThrow({ where: { field: 'daily_budget' }, orderBy: { createdAt: 'desc' } }),
        );
      const { id } = await finding();
      await putOursBack(launch.ctx, { findingIds: [id] });
      const { actionId } = await finding();
      if (!actionId) throw new Error(`nothing was put back: ${id}`);
      if ((await rowOf(launch, actionId)).state === 'WAITING') await approveAction(launch, actionId);
      const holds = shows(launch, 'adset', 'adset-1', (seen) => Number(seen.dailyBudget?.minor) === ours);
      return { actionId, work: toItsEnd(launch, actionId), holds };
    },
  },
  {
    // A target belongs for twenty seconds to whoever took it, dead or not.
    name: 'the emergency stop',
    soakOnly: true,
    begin: async (launch) => {
      const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
      return {
        actionId: null,
        work: () => carryOutStop(launch.ctx, { stopId, withinMs: 60_000 }),
        holds: async () => {
          const held = await shows(launch, 'campaign', 'campaign', (seen) => seen.status === 'PAUSED')();
          const [resumed = ''] = await pressRelease(launch.ctx, stopId);
          await done(launch, resumed);
          return held;
        },
      };
    },
  },
  {
    name: 'switching on again after a stop',
    soakOnly: true,
    begin: async (launch) => {
      const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
      await carryOutStop(launch.ctx, { stopId, withinMs: 60_000 });
      const [actionId = ''] = await pressRelease(launch.ctx, stopId);
      const holds = shows(launch, 'campaign', 'campaign', (seen) => seen.status === 'ACTIVE');
      return { actionId, work: toItsEnd(launch, actionId), holds };
    },
  },
];

/** An action and, right after it, its Undo: both die at the same request. */
function pair(
  name: string,
  action: () => CampaignAction,
  level: string,
  key: string,
  wanted: (seen: Seen) => boolean,
): Verb {
  return {
    name: `${name} and its Undo`,
    begin: async (launch) => {
      const before = await remote(launch, level, key);
      const actionId = await proposed(launch, action());
      const undo = { id: '' };
      const forth = toItsEnd(launch, actionId);
      const same = (seen: Seen) => seen.status === before?.status && seen.creativeId === before?.creativeId;
      return {
        actionId,
        work: async () => {
          await forth();
          if (!undo.id) {
            expect(await shows(launch, level, key, wanted)()).toBe(true);
            undo.id = await takenBack(launch, actionId);
          }
          await toItsEnd(launch, undo.id)();
        },
        holds: shows(launch, level, key, same),
      };
    },
  };
}

const sentWrites = async (launch: SimulatedLaunch) => {
  const { requests } = (await simulator.admin('GET', `requests?world=${launch.world.worldId}&method=POST`)) as {
    requests: { path: string; status: number }[];
  };
  // A picture sent twice is the same picture.
  return requests.filter(({ path, status }) => status < 300 && !path.includes('adimages')).length;
};
const settledWrites = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.remoteEffect.count({ where: { state: 'DONE', kind: { not: 'upload_image' } } }),
  );

/** Dies there, begins again as the queue would, and stands as wanted with each write made once. False: it never got so far. */
async function survives(launch: SimulatedLaunch, verb: Verb, point: { request: number; when: 'before' | 'after' }) {
  const { actionId, work, holds } = await verb.begin(launch);
  const [sent, settled] = [await sentWrites(launch), await settledWrites(launch)];
  const end = await simulator.dieAt(point, work);
  if (end === 'died') await work();
  const what = `${verb.name}, ${point.when} request ${point.request}`;
  const made = (await sentWrites(launch)) - sent;
  expect(made, `${what}: each write arrives once`).toBe((await settledWrites(launch)) - settled);
  expect(await holds(), `${what}: stands as wanted`).toBe(true);
  if (actionId) expect(['DONE', 'UNDONE'], what).toContain((await rowOf(launch, actionId)).state);
  const open = (await standing(launch)).effects.filter(({ state }) => state !== 'DONE');
  expect(open, `${what}: nothing is left open`).toEqual([]);
  return end === 'died';
}

it(
  isSoak
    ? 'every verb that writes, dying before and after every one of its requests, writes each thing once and ends as wanted'
    : 'verbs that write, dying at one of their requests, write each thing once and end as wanted',
  async () => {
    const launch = await live((plan) => ({
      ...plan,
      envelope: { ...plan.envelope, monthlyCeiling: eur(900_000), maxChangesPerDay: 10_000, cooldownHours: 0 },
    }));
    let deaths = 0;
    for (const [at, verb] of VERBS.filter(({ soakOnly }) => isSoak || !soakOnly).entries()) {
      if (!isSoak) {
        const when = (DAY_NUMBER + at) % 2 === 0 ? 'before' : 'after';
        if (await survives(launch, verb, { request: 1 + ((DAY_NUMBER * 7 + at * 3) % 4), when })) deaths += 1;
        continue;
      }
      for (const when of ['before', 'after'] as const)
        for (let request = 1; request < MOST_REQUESTS; request += 1) {
          if (!(await survives(launch, verb, { request, when }))) break;
          deaths += 1;
          process.stdout.write(`${verb.name}: ${when} request ${request}: once\n`);
        }
    }
    expect(deaths).toBeGreaterThanOrEqual(isSoak ? 40 : 3);
    await expectCompleteLedger(simulator, launch.ctx, launch.world.worldId);
    const { objects } = await standing(launch);
    const campaign = objects.find(({ level }) => level === 'campaign')?.remoteId ?? '';
    const mismatches = await lookAtLedger(job(launch), {
      account: { externalId: launch.account.externalId, connectionId: launch.account.connectionId },
      access: launch.access,
      reader: metaReader,
      tree: await metaReader.readAccountTree(launch.access, { campaignRemoteIds: [campaign] }),
      campaignRecordIds: [launch.campaignRecordId],
      since: new Date(0),
    });
    expect(mismatches).toEqual([]);
    process.stdout.write(`verb kills: ${deaths} deaths, each write once\n`);
  },
  2 * 3_600_000,
);
