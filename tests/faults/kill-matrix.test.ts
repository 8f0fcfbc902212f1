import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '@/lib/domain/plan';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { metaReader } from '@/lib/platforms/meta/reader';
import { closeDatabase } from '@/lib/runtime/db';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { expectCompleteLedger } from '../fixtures/complete-ledger';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../fixtures/simulated-launch';
import { type KillPoint, startKillingProxy } from './killing-proxy';

/** All points one by one with `SOAK=1`; otherwise chains that die at every write in turn, and a few single points. */
const isSoak = process.env.SOAK === '1';
const root = path.resolve(import.meta.dirname, '../..');
const child = path.join(root, '.data', 'build', 'deploy-child.mjs');
let simulator: Simulator;

beforeAll(async () => {
  process.env.META_TIMEOUT_MS = '3000';
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  await build({
    entryPoints: [path.join(root, 'tests/faults/deploy-child.ts')],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: path.join(root, 'tsconfig.json'),
    alias: { 'server-only': path.join(root, 'scripts/lib/empty.mjs') },
    logLevel: 'error',
  });
});
afterAll(async () => {
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
type Scene = {
  when: KillPoint;
  counted?: 'writes' | 'requests';
  settleMs: number;
  lagMs?: number;
  mayKill: (ordinal: number) => boolean;
};
const calmScene: Scene = { when: 'before', counted: 'requests', settleMs: 300, mayKill: () => false };

/** Runs a deployment in processes that die by SIGKILL, until one lives to its end. Answers how often one died. */
async function deployThroughKills(
  launch: SimulatedLaunch,
  deploymentId: string,
  scene: Scene,
): Promise<{ kills: number; requests: number }> {
  if (scene.lagMs)
    await simulator.admin('POST', 'faults', {
      kind: 'lookup_lag',
      world: launch.world.worldId,
      times: 0,
      match: { method: 'POST' },
      params: { ms: scene.lagMs },
    });
  const proxy = await startKillingProxy(simulator.url, scene.when, scene.mayKill, scene.counted);
  try {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const running = spawn(process.execPath, [child, launch.ctx.workspaceId, deploymentId], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          SIMULATOR_URL: proxy.url,
          SIMULATOR_SETTLE_MS: String(scene.settleMs),
          LOG_LEVEL: 'silent',
        },
      });
      proxy.arm(() => running.kill('SIGKILL'));
      const code = await new Promise<number | null>((resolve) => running.once('exit', resolve));
      // What was switched on at this moment, seen from outside, while the deployment is still on its way.
      if (code !== 0) await expectNothingEarly(launch);
      if (code === 0) return { kills: proxy.kills, requests: proxy.requests };
    }
    throw new Error('the deployment never ended');
  } finally {
    await proxy.close();
  }
}

/** The campaign is on only once everything below it stands as approved. */
async function expectNothingEarly(launch: SimulatedLaunch): Promise<void> {
  const { tree } = await standing(launch);
  if (tree.find((seen) => seen.level === 'campaign')?.status !== 'ACTIVE') return;
  const ads = launch.plan.adSets.flatMap((adSet) => adSet.ads).length;
  expect(tree.filter((seen) => seen.level === 'ad' && seen.status === 'ACTIVE')).toHaveLength(ads);
}

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
const LATE_MS = 900;
const LANES = 4;
const settleFor = (lagMs: number) => (lagMs > 0 ? 1_600 : 300);
/** In the everyday run each chain dies at every other write; together they cover all of them. */
const dies = (rest: number) => (write: number) => isSoak || write % 2 === rest;

describe('a deployment whose worker is killed', () => {
  it.each([
    { when: 'before', lagMs: 0, rest: 1 },
    { when: 'after', lagMs: LATE_MS, rest: 0 },
  ] as const)(
    '$when write after write, new objects showing up $lagMs ms late, makes each object once and switches on last',
    async ({ when, lagMs, rest }) => {
      const launch = await buildSimulatedLaunch(oneAd);
      const { kills } = await deployThroughKills(launch, await approve(launch), {
        when,
        settleMs: settleFor(lagMs),
        lagMs,
        mayKill: dies(rest),
      });
      expect(kills).toBeGreaterThanOrEqual(isSoak ? WRITES : WRITES / 2);
      await expectOnce(launch);
    },
    300_000,
  );

  it.each(['before', 'after'] as const)(
    '%s the form of its plan was published leaves one form on the Page, and the ads open that one',
    async (when) => {
      const launch = await buildSimulatedLaunch(withOwnForm);
      const { kills } = await deployThroughKills(launch, await approve(launch), {
        when,
        settleMs: 300,
        mayKill: (write) => write === IMAGES + 1,
      });
      expect(kills).toBe(1);
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
      const seen = await deployThroughKills(calm, await approve(calm), calmScene);
      const points = Array.from({ length: seen.requests }, (_, index) => index + 1);
      const scenes = points.flatMap((point) =>
        [0, LATE_MS].flatMap((lagMs) => (['before', 'after'] as const).map((when) => ({ point, lagMs, when }))),
      );
      let [runs, kills] = [0, 0];
      // Mostly waiting: a few at once, each in a shop and a world of its own.
      const lane = async () => {
        for (let scene = scenes.shift(); scene; scene = scenes.shift()) {
          const { point, lagMs, when } = scene;
          const launch = await buildSimulatedLaunch();
          const run = await deployThroughKills(launch, await approve(launch), {
            when,
            counted: 'requests',
            settleMs: settleFor(lagMs),
            lagMs,
            mayKill: (request) => request === point,
          });
          await expectOnce(launch);
          runs += 1;
          kills += run.kills;
          process.stdout.write(`${runs}: ${when} request ${point}/${seen.requests}, ${lagMs} ms late: once\n`);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      process.stdout.write(
        `kill matrix: ${seen.requests} requests, ${runs} deployments, ${kills} kills, each object once\n`,
      );
      expect(kills).toBe(runs);
    },
    4 * 3_600_000,
  );
});
