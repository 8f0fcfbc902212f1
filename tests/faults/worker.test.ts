import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { bundlePrograms, programFile } from '../../scripts/lib/bundle.mjs';
import { tether } from '../../scripts/lib/children.mjs';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { approve, buildSimulatedLaunch, standing } from '../fixtures/simulated-launch';
import { startKillingProxy } from './killing-proxy';

let simulator: Simulator;
const started: ChildProcess[] = [];

beforeAll(async () => {
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  await bundlePrograms(['worker']);
});
afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

function startWorker(simulatorUrl: string): ChildProcess {
  const worker = spawn(process.execPath, [...tether, programFile('worker')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {
      ...process.env,
      SIMULATOR_URL: simulatorUrl,
      SIMULATOR_SETTLE_MS: '500',
      JOBS_HEARTBEAT_SECONDS: '10',
      JOBS_MONITOR_SECONDS: '1',
      LOG_LEVEL: 'silent',
    },
  });
  started.push(worker);
  return worker;
}
const exited = (worker: ChildProcess) => new Promise<number | null>((resolve) => worker.once('exit', resolve));

it('another worker finishes what a killed one was deploying, and a worker asked to stop stops', async () => {
  const launch = await buildSimulatedLaunch();
  await approve(launch);
  const proxy = await startKillingProxy(simulator.url, { when: 'after', mayKill: (write) => write === 6 });
  const first = startWorker(proxy.url);
  proxy.arm(() => first.kill('SIGKILL'));
  await exited(first);
  expect((await standing(launch)).deployment?.state).toBe('RUNNING');
  const second = startWorker(proxy.url);
  const until = performance.now() + 90_000;
  let now = await standing(launch);
  while (now.deployment?.state !== 'DONE' && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    now = await standing(launch);
  }
  expect([now.deployment?.state, now.campaign.status]).toEqual(['DONE', 'IN_REVIEW']);
  expect(now.tree.map((seen) => [seen.level, seen.status])).toEqual([
    ['campaign', 'ACTIVE'],
    ['adset', 'ACTIVE'],
    ['ad', 'ACTIVE'],
    ['ad', 'ACTIVE'],
    ['ad', 'ACTIVE'],
  ]);
  second.kill('SIGTERM');
  expect(await exited(second)).toBe(0);
  await proxy.close();
}, 180_000);
