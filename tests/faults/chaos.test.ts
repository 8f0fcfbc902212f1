import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { bundlePrograms, programFile } from '../../scripts/lib/bundle.mjs';
import { tether } from '../../scripts/lib/children.mjs';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { expectCompleteLedger } from '../fixtures/complete-ledger';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../fixtures/simulated-launch';

/** Everyday: enough to meet a kill in the middle of things. `npm run soak chaos`: two workers and thirty kills. */
const size =
  process.env.SOAK === '1' ? { deployments: 24, kills: 30, minutes: 40 } : { deployments: 2, kills: 2, minutes: 4 };
const LATE_MS = 800;

let simulator: Simulator;
const workers: (ChildProcess | null)[] = [null, null];

beforeAll(async () => {
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  await bundlePrograms(['worker']);
});
afterAll(async () => {
  for (const worker of workers) worker?.kill('SIGKILL');
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

function startWorker(): ChildProcess {
  return spawn(process.execPath, [...tether, programFile('worker')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {
      ...process.env,
      SIMULATOR_SETTLE_MS: '1500',
      JOBS_HEARTBEAT_SECONDS: '10',
      JOBS_MONITOR_SECONDS: '1',
      LOG_LEVEL: 'silent',
    },
  });
}

const stopped = (worker: ChildProcess | null) =>
  new Promise<number | null>((resolve) => (worker ? worker.once('exit', resolve) : resolve(0)));

/** Kills one of the workers in turn, at moments nobody chose, as long as there is work. */
async function killAround(goesOn: () => Promise<boolean>): Promise<number> {
  let kills = 0;
  while (await goesOn()) {
    for (const [index, worker] of workers.entries()) if (!worker) workers[index] = startWorker();
    await sleep(1_500 + Math.random() * 4_000);
    if (kills >= size.kills) continue;
    const index = kills % workers.length;
    workers[index]?.kill('SIGKILL');
    workers[index] = null;
    kills += 1;
  }
  return kills;
}

it(
  `${size.deployments} deployments by two workers, ${size.kills} kills at any moment, objects showing up late: each object once, ledger and audit whole`,
  async () => {
    const launches: SimulatedLaunch[] = [];
    for (let index = 0; index < size.deployments; index += 1) {
      const launch = await buildSimulatedLaunch();
      await simulator.admin('POST', 'faults', {
        kind: 'lookup_lag',
        world: launch.world.worldId,
        times: 0,
        match: { method: 'POST' },
        params: { ms: LATE_MS },
      });
      launches.push(launch);
    }
    for (const launch of launches) await approve(launch);
    const until = performance.now() + size.minutes * 60_000;
    let kills = 0;
    const running = () => inSystem((tx) => tx.deployment.count({ where: { state: 'RUNNING' } }));
    kills = await killAround(async () => (await running()) > 0 && performance.now() < until);
    let objects = 0;
    for (const launch of launches) {
      const { deployment, campaign, effects, objects: mirrored, tree } = await standing(launch);
      expect({
        state: deployment?.state,
        error: deployment?.errorCode,
        step: deployment?.currentStep,
        effects: effects.filter(({ state }) => state !== 'DONE'),
      }).toMatchObject({ state: 'DONE', error: null });
      expect(campaign.status).toBe('IN_REVIEW');
      expect(effects.filter(({ state }) => state !== 'DONE')).toEqual([]);
      expect(tree.every((seen) => seen.status === 'ACTIVE')).toBe(true);
      const ours = mirrored.filter(({ level }) => level !== 'creative').map(({ remoteId }) => remoteId);
      expect(tree.map((seen) => seen.remoteId).sort()).toEqual(ours.sort());
      objects += mirrored.length;
      await expectCompleteLedger(simulator, launch.ctx, launch.world.worldId);
    }
    const exits = workers.map(stopped);
    for (const worker of workers) worker?.kill('SIGTERM');
    expect(await Promise.all(exits), 'a worker asked to stop stops').toEqual(workers.map(() => 0));
    process.stdout.write(`chaos: ${launches.length} deployments, ${objects} objects, ${kills} kills, nothing twice\n`);
    expect(kills).toBeGreaterThan(0);
  },
  (size.minutes + 5) * 60_000,
);
