import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertNodeVersion } from '../../scripts/lib/node-version.mjs';

/** Clones with data folders of their own: an Aigency that runs here is not in the way. */
let fresh: string;
let installed: string;
function clone(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'aigency-clone-'));
  for (const part of ['scripts', 'prisma', 'prisma.config.ts', 'package.json', 'package-lock.json'])
    cpSync(path.resolve(part), path.join(folder, part), { recursive: true });
  return folder;
}
beforeAll(() => {
  fresh = clone();
  installed = clone();
  symlinkSync(path.resolve('node_modules'), path.join(installed, 'node_modules'));
});
afterAll(() => {
  for (const folder of [fresh, installed]) rmSync(folder, { recursive: true, force: true });
});

function start(cwd: string, env: Record<string, string>, node = process.execPath) {
  const environment: NodeJS.Dict<string> = { PATH: process.env.PATH, HOME: fresh, ...env };
  const { status, stderr } = spawnSync(node, [path.join(cwd, 'scripts', 'start.mjs')], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    env: environment as NodeJS.ProcessEnv,
  });
  const lines = stderr.trim().split('\n');
  return { status, lines };
}

it('a port in use is named in one sentence with another to try, and the exit code is not 0', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const { status, lines } = start(installed, { PORT: String(port) });
  taken.close();
  expect(status).toBe(1);
  expect(lines).toEqual([`Port ${port} is used by another program. Choose another one: PORT=${port + 1} npm start`]);
}, 90_000);

it('a port that is no number is said in one sentence', () => {
  const { status, lines } = start(installed, { PORT: 'door' });
  expect(status).toBe(1);
  expect(lines).toEqual(['PORT is "door"; it must be a number between 1 and 65535.']);
}, 90_000);

it('without npm the newcomer reads what to install', () => {
  const onlyNode = mkdtempSync(path.join(tmpdir(), 'aigency-node-'));
  symlinkSync(process.execPath, path.join(onlyNode, 'node'));
  const { status, lines } = start(fresh, { PATH: onlyNode });
  rmSync(onlyNode, { recursive: true, force: true });
  expect(status).toBe(1);
  expect(lines).toEqual(['npm was not found. Install Node with npm from https://nodejs.org.']);
}, 90_000);

it('without a network the newcomer reads that the packages could not be downloaded', () => {
  const { status, lines } = start(fresh, {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: path.join(fresh, 'cache'),
    npm_config_fetch_retries: '0',
  });
  expect(status).toBe(1);
  expect(lines).toEqual([
    'The packages could not be downloaded: the npm registry cannot be reached. Check the network and run the command again.',
  ]);
}, 90_000);

it.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.1.0'])('Node %s is refused in one sentence', (version) => {
  expect(() => assertNodeVersion(version)).toThrow(`this is Node ${version}`);
});
it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0', '25.1.0'])('Node %s is taken', (version) => {
  expect(() => assertNodeVersion(version)).not.toThrow();
});
