import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '@/lib/domain/plan';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { metaReader } from '@/lib/platforms/meta/reader';
import { closeDatabase } from '@/lib/runtime/db';
import { programFile } from '../../scripts/lib/bundle.mjs';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { expectCompleteLedger } from '../fixtures/complete-ledger';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../fixtures/simulated-launch';
import { bundleDeployChild, type DeployLane, type LaneRun, openDeployLane } from './deploy-lane';
import type { KillScene } from './killing-proxy';
import { openSoakRecord } from './soak-record';

/** All points one by one with `SOAK=1`; otherwise chains that die at every write in turn, and a few single points. */
const isSoak = process.env.SOAK === '1';
/** New objects show up that much later; longer than the next worker needs to be there and look. */
const LATE_MS = 700;
const SETTLE_MS = { prompt: 300, late: 1_100 };
let simulator: Simulator;
let programs: string[];
let lanes: Record<Look, DeployLane>;

beforeAll(async () => {
  // A dead worker waits for nothing; a living one must not take a busy machine for a lost answer.
  process.env.META_TIMEOUT_MS = '30000';
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  programs = [...(await bundleDeployChild()).files, programFile('simulator-meta')];
  lanes = {
    prompt: await openDeployLane(simulator.url, SETTLE_MS.prompt),
    late: await openDeployLane(simulator.url, SETTLE_MS.late),
  };
}, 600_000);
afterAll(async () => {
  await Promise.all(Object.values(lanes).map((lane) => lane.close()));
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

const oneAd = (plan: Plan): Plan => ({
  ...plan,
  adSets: plan.adSets.map((adSet) => ({ ...adSet, ads: adSet.ads.slice(0, 1) })),
});
/** The same without a site: people leave their details in a form that is published with the plan. */
const withOwnForm = (plan: Plan): Plan => ({
  ...oneAd(plan),
  goal: 'LEADS',
  pixelId: null,
  newLeadForm: {
    title: 'Order a cake',
    intro: 'Leave your details and we call you back.',
    questions: ['NAME', 'PHONE'],
    privacyPolicyUrl: 'https://padaria.example/privacy',
    thanks: { title: 'Thank you', text: 'We call you tomorrow.' },
    language: 'en',
  },
  adSets: oneAd(plan).adSets.map((adSet) => ({
    ...adSet,
    ads: adSet.ads.map((ad) => ({ ...ad, linkUrl: null, callToAction: 'SIGN_UP' })),
  })),
});
/** Pictures of one ad are the first writes; the form is the next. */
const IMAGES = 3;
type Look = keyof typeof SETTLE_MS;

/** A launch of its own that dies once, and stands as if it never had. The lane is a new one after anything else. */
async function deployThroughOneKill(scene: KillScene, look: Look): Promise<void> {
  const launch = await buildSimulatedLaunch();
  try {
    expect((await deployThroughKills(launch, scene, look)).kills).toBe(1);
  } catch (error) {
    await lanes[look].close();
    lanes[look] = await openDeployLane(simulator.url, SETTLE_MS[look]);
    throw error;
  }
  await expectOnce(launch);
}

/** Carries the launch through the kills of a scene; what is switched on is seen from outside after every death. */
async function deployThroughKills(launch: SimulatedLaunch, scene: KillScene, look: Look): Promise<LaneRun> {
  if (look === 'late')
    await simulator.admin('POST', 'faults', {
      kind: 'lookup_lag',
      world: launch.world.worldId,
      times: 0,
      match: { method: 'POST' },
      params: { ms: LATE_MS },
    });
  const told = { workspaceId: launch.ctx.workspaceId, deploymentId: await approve(launch) };
  return lanes[look].deploy(told, scene, () => expectNothingEarly(launch));
}

/** The campaign is on only once everything below it stands as approved. */
async function expectNothingEarly(launch: SimulatedLaunch): Promise<void> {
  const { tree } = await standing(launch);
  if (tree.find((seen) => seen.level === 'campaign')?.status !== 'ACTIVE') return;
  const ads = launch.plan.adSets.flatMap((adSet) => adSet.ads).length;
  expect(tree.filter((seen) => seen.level === 'ad' && seen.status === 'ACTIVE')).toHaveLength(ads);
}

const howItEnded = async (launch: SimulatedLaunch) => JSON.stringify((await standing(launch)).deployment);

async function expectOnce(launch: SimulatedLaunch): Promise<void> {
  const { deployment, campaign, approval, effects, objects, tree } = await standing(launch);
  expect([deployment?.state, approval.state, campaign.status]).toEqual(['DONE', 'DONE', 'IN_REVIEW']);
  expect(effects.filter((effect) => effect.state !== 'DONE')).toEqual([]);
  const ads = launch.plan.adSets.flatMap((adSet) => adSet.ads).length;
  const listed = await Promise.all(
    ['campaigns', 'adsets', 'ads', 'adcreatives'].map(async (edge) => {
      const answer = await fetch(
        `${simulator.url}/v26.0/${launch.access.accountId}/${edge}?fields=id,name,status&limit=200`,
        { headers: { authorization: `Bearer ${launch.access.token}` } },
      );
      const { data } = (await answer.json()) as { data: { id: string; name: string; status: string }[] };
      return data.filter((object) => effects.some((effect) => object.name.includes(effect.marker)));
    }),
  );
  expect(listed.map((objects) => objects.length)).toEqual([1, 1, ads, ads]);
  expect(
    listed
      .flat()
      .map((object) => object.id)
      .sort(),
  ).toEqual(objects.map((object) => object.remoteId).sort());
  expect(tree.every((seen) => seen.status === 'ACTIVE')).toBe(true);
  await expectCompleteLedger(simulator, launch.ctx, launch.world.worldId);
}

/** A plan with one ad: three images, four creates, three switches. */
const WRITES = 10;
/** In the everyday run each chain dies at every other write; together they cover all of them. */
const dies = (rest: number) => (write: number) => isSoak || write % 2 === rest;

describe('a deployment whose worker is killed', () => {
  it.each([
    { when: 'before', look: 'prompt', rest: 1 },
    { when: 'after', look: 'late', rest: 0 },
  ] as const)(
    '$when write after write, new objects showing up $look, makes each object once and switches on last',
    async ({ when, look, rest }) => {
      const launch = await buildSimulatedLaunch(oneAd);
      const { kills } = await deployThroughKills(launch, { when, mayKill: dies(rest) }, look);
      expect(kills, await howItEnded(launch)).toBeGreaterThanOrEqual(isSoak ? WRITES : WRITES / 2);
      await expectOnce(launch);
    },
    300_000,
  );

  it.each(['before', 'after'] as const)(
    '%s the form of its plan was published leaves one form on the Page, and the ads open that one',
    async (when) => {
      const launch = await buildSimulatedLaunch(withOwnForm);
      const scene = { when, mayKill: (write: number) => write === IMAGES + 1 };
      const { kills } = await deployThroughKills(launch, scene, 'prompt');
      expect(kills, await howItEnded(launch)).toBe(1);
      const { deployment, effects, objects } = await standing(launch);
      expect(deployment?.state).toBe('DONE');
      const form = effects.find(({ kind }) => kind === 'create_lead_form');
      expect(form?.state).toBe('DONE');
      // Killed before it left, the platform heard of it once, later; killed after it arrived, it was found by its mark.
      const heard = (await simulator.admin('GET', `requests?method=POST&world=${launch.world.worldId}`)) as {
        requests: { path: string }[];
      };
      expect(heard.requests.filter(({ path }) => path.endsWith('/leadgen_forms'))).toHaveLength(1);
      const forms = await metaReader.listLeadForms(launch.access, { pageId: launch.world.pages[0]?.id ?? '' });
      expect(forms.map(({ externalId }) => externalId)).toEqual([form?.remoteId]);
      expect(objects.find(({ level }) => level === 'leadform')?.remoteId).toBe(form?.remoteId);
    },
    300_000,
  );

  /** Every request of a whole deployment, reads included; one run counts them, undisturbed. */
  it.runIf(isSoak)(
    'at any request at all, before and after it, with and without a late look-up, makes each object once',
    async () => {
      const calm = await buildSimulatedLaunch();
      const { requests } = await deployThroughKills(
        calm,
        { when: 'before', counted: 'requests', mayKill: () => false },
        'prompt',
      );
      const points = Array.from({ length: requests }, (_, index) => index + 1).flatMap((point) =>
        (['before', 'after'] as const).map((when) => ({ point, when })),
      );
      const here = ['kill-matrix.test.ts', 'deploy-lane.ts', 'killing-proxy.ts'];
      const files = here.map((name) => path.join(import.meta.dirname, name));
      const record = openSoakRecord('kill-matrix', [...programs, ...files]);
      const broken: string[] = [];
      // Each look in a lane, a shop and worlds of its own: while one waits for the platform the other works.
      const work = async (look: Look) => {
        for (const { point, when } of points) {
          const name = `${when} request ${point}, ${look}`;
          if (record.has(name)) continue;
          const mayKill = (request: number) => request === point;
          await deployThroughOneKill({ when, counted: 'requests', mayKill }, look).then(
            () => record.add(name),
            (error: unknown) => broken.push(`${name}: ${String(error)}`),
          );
          process.stdout.write(`${new Date().toISOString()} ${name}: ${record.has(name) ? 'once' : broken.at(-1)}\n`);
        }
      };
      await Promise.all([work('prompt'), work('late')]);
      process.stdout.write(`kill matrix: ${requests} requests, ${record.size()} kills, each object once\n`);
      expect(broken).toEqual([]);
      expect(record.size()).toBe(4 * requests);
    },
    4 * 3_600_000,
  );
});
