import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { bundlePrograms } from '../../scripts/lib/bundle.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { freePort, isAlive, isZombie } from '../../scripts/lib/processes.mjs';

/** Tries of each way to end. `LEFT_BEHIND_TRIES=20` for a long look. */
const TRIES = Number(process.env.LEFT_BEHIND_TRIES ?? 2);
const PATIENCE_MS = 15_000;

beforeAll(() => bundlePrograms(['simulator-meta']));

/** A test run reduced to what it starts; it says the number of the program as soon as that exists, ready or not. */
const starter = (port: number) => `
  import { simulator } from ${JSON.stringify(inRoot('scripts', 'lib', 'stack.mjs'))};
  const child = simulator({
    kind: 'meta', port: ${port}, env: process.env, tethered: true, quiet: true, restart: false,
    onChange: () => process.stdout.write(child.pid + '\\n'),
  });
  child.name = 'left-behind-${port}';
  child.logFile = ${JSON.stringify(inRoot('.data', 'logs'))} + '/' + child.name + '.log';
  await child.start();
  setInterval(() => {}, 1_000);`;

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a simulator that a test run started ends with it after %s, at any moment of its start',
  async (signal) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const run = spawn(process.execPath, ['--input-type=module', '-e', starter(await freePort())], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, SIMULATOR_DATA_DIR: inRoot('.data', 'left-behind') },
      });
      const pid = await new Promise<number>((resolve) =>
        createInterface({ input: run.stdout }).once('line', (line) => resolve(Number(line))),
      );
      // The first try at once, before the program has run a line of its own; later ones further on.
      await sleep((tries * 400) % 2_000);
      const gone = () => !isAlive(pid) || isZombie(pid);
      expect(gone()).toBe(false);
      run.kill(signal);
      await expect.poll(gone, { timeout: PATIENCE_MS, interval: 50 }).toBe(true);
    }
  },
);
