import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileStore } from '../../../lib/simulators/meta/store/file-store';
import { tether } from '../../../scripts/lib/children.mjs';
import { type Body, CAMPAIGN, caller, DAY, launch, makeWorld, startSimulator } from './world';

const scratch = mkdtempSync(path.join(tmpdir(), 'meta-simulator-'));
const program = path.join(scratch, 'meta.mjs');

beforeAll(async () => {
  await build({
    entryPoints: ['lib/simulators/meta/main.ts'],
    absWorkingDir: path.resolve(import.meta.dirname, '../../..'),
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function startProcess(data: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...tether, program, '--port', String(port), '--data', data], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Without a key: this test asks the admin interface as a stranger's test-suite on the same machine would.
    env: { ...process.env, SIMULATOR_ADMIN_KEY: '' },
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  expect(line).toBe(`simulated Meta Graph API ready at http://127.0.0.1:${port} (state in ${data})\n`);
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

test('a process that is killed at any moment comes back with everything it had answered', async () => {
  const data = path.join(scratch, 'killed');
  const port = await freePort();
  let child = await startProcess(data, port);
  const url = `http://127.0.0.1:${port}`;
  const world: Body = await (
    await fetch(`${url}/_admin/worlds`, { method: 'POST', body: JSON.stringify({ scenario: 'shop', seed: 9 }) })
  ).json();
  const call = caller(url, world.accessToken);
  const made: string[] = [];

  for (let round = 0; round < 3; round++) {
    // Killed while requests are under way: answered ones must survive, the others may.
    const flood = Array.from({ length: 12 }, async (_unused, at) => {
      const answer = await call('POST', `${world.adAccounts[0].id}/campaigns`, {
        ...CAMPAIGN,
        name: `R${round}-${at}`,
      }).catch(() => null);
      if (answer?.body.id) made.push(answer.body.id);
    });
    await Promise.race(flood);
    const end = ended(child);
    child.kill('SIGKILL');
    await Promise.all([...flood, end]);
    child = await startProcess(data, port);
  }
  const listed: Body = (await call('GET', `${world.adAccounts[0].id}/campaigns`, { limit: 500 })).body;
  const ids = listed.data.map((one: Body) => one.id);
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(made.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);

  const end = ended(child);
  child.kill('SIGTERM');
  expect(await end).toBe(0);
});

test('delivery continues after a restart as if nothing had happened, even over a torn journal', async () => {
  const clock = { ms: Date.UTC(2026, 10, 2, 9, 30) };
  const results: Body[] = [];
  for (const restarts of [false, true]) {
    const data = path.join(scratch, `continued-${restarts}`);
    let simulator = await startSimulator({ store: createFileStore(data), now: () => clock.ms });
    const world = await makeWorld(simulator, { seed: 4 });
    await launch(world);
    await world.advance(3 * DAY);
    if (restarts) {
      await simulator.close();
      appendFileSync(path.join(data, `${world.worldId}.delivery.jsonl`), '{"ad":"1","h":[[1,2');
      simulator = await startSimulator({ store: createFileStore(data), now: () => clock.ms });
    }
    await simulator.admin('POST', `worlds/${world.worldId}/clock`, { advanceMs: 3 * DAY });
    const call = caller(simulator.url, world.accessToken);
    const rows = await call('GET', `${world.account}/insights`, {
      level: 'ad',
      time_increment: 1,
      date_preset: 'maximum',
      fields: 'impressions,spend,clicks,reach',
      limit: 100,
    });
    results.push(rows.body.data);
    await simulator.close();
  }
  expect(results[0].length).toBeGreaterThan(15);
  expect(results[1]).toEqual(results[0]);
});

test('the clock goes forward only, and a snapshot brings a world back', async () => {
  const simulator = await startSimulator();
  const world = await makeWorld(simulator);
  const { campaignId } = await launch(world);
  await world.advance(2 * DAY);
  const { snapshotId } = await simulator.admin('POST', `worlds/${world.worldId}/snapshot`);
  const before = await world.call('GET', world.account, { fields: 'amount_spent' });
  await world.advance(2 * DAY);
  await world.call('DELETE', campaignId);

  const set = await simulator.admin('POST', `worlds/${world.worldId}/clock`, { offsetMs: 5 * DAY });
  expect((await simulator.admin('POST', `worlds/${world.worldId}/clock`, { offsetMs: DAY })).offsetMs).toBe(
    set.offsetMs,
  );
  await simulator.admin('POST', `worlds/${world.worldId}/restore`, { snapshotId });
  const after = await world.call('GET', world.account, { fields: 'amount_spent' });
  expect(after.body.amount_spent).toBe(before.body.amount_spent);
  expect((await world.call('GET', campaignId, { fields: 'status' })).body.status).toBe('ACTIVE');
  await simulator.close();
});
