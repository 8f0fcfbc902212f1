// The embedded PostgreSQL: created once, started when needed, shared by every command that runs at the same time.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lease, liveLeases, withLock } from '../lib/locks.mjs';
import { ensureDataDir, inData } from '../lib/paths.mjs';
import { freePort, isPortFree } from '../lib/processes.mjs';
import { PlainError } from '../lib/say.mjs';
import { findPostgres } from './binaries.mjs';
import { ensureRoles } from './roles.mjs';
import { clearStalePid, readServer, stopServer } from './server.mjs';

const durable = ['-c', 'synchronous_commit=on'];
const throwaway = [
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
  '-c',
  'autovacuum=off',
];

export const developmentCluster = { name: 'pg', settings: [...durable, '-c', 'max_connections=60'] };
export const testCluster = {
  name: 'pg-test',
  settings: [...throwaway, '-c', 'max_connections=120', '-c', 'shared_buffers=96MB'],
};

/**
 * Starts (or joins) a cluster. Answers its addresses and a `release` that stops the server
 * when nobody else in this clone uses it any more.
 */
export async function openCluster({ name, settings }) {
  ensureDataDir();
  return withLock(inData(`${name}.lock`), async () => {
    const { bin, home: homeOf, identity } = await findPostgres();
    const home = homeOf(name);
    const data = path.join(home, 'data');
    const users = path.join(home, 'users');
    const passwords = create({ home, data, bin, identity });
    let server = readServer(data);
    if (!server?.ready) {
      if (!server) await start({ home, data, bin, identity, settings });
      server = await untilReady(data, home);
    }
    const address = (user, database) => `postgresql://${user}:${passwords[user]}@127.0.0.1:${server.port}/${database}`;
    await ensureRoles(address('postgres', 'postgres'), passwords);
    const held = lease(users);
    return {
      home,
      data,
      port: server.port,
      address,
      release: () =>
        withLock(inData(`${name}.lock`), async () => {
          if (held.release() && liveLeases(users).length === 0) await stopServer(data);
        }),
    };
  });
}

/** Stops a server that was left running by processes that were killed before they released it. */
export async function stopIdleCluster({ name }) {
  const { home: homeOf } = await findPostgres();
  const home = homeOf(name);
  await withLock(inData(`${name}.lock`), async () => {
    if (liveLeases(path.join(home, 'users')).length === 0) await stopServer(path.join(home, 'data'));
  });
}

function create({ home, data, bin, identity }) {
  const secrets = path.join(home, 'passwords.json');
  if (existsSync(path.join(data, 'PG_VERSION')) && existsSync(secrets))
    return JSON.parse(readFileSync(secrets, 'utf8'));
  mkdirSync(home, { recursive: true, mode: 0o711 });
  rmSync(data, { recursive: true, force: true });
  const fresh = path.join(home, 'data.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const secret = () => randomBytes(24).toString('base64url');
  const passwords = { postgres: secret(), aigency_owner: secret(), aigency_app: secret() };
  const passwordFile = path.join(home, 'initdb-password');
  writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 });
  if (identity.uid) for (const file of [fresh, passwordFile]) chownSync(file, identity.uid, identity.gid);
  try {
    const flags = [
      '-D',
      fresh,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ];
    const result = spawnSync(path.join(bin, 'initdb'), flags, {
      ...identity,
      cwd: home,
      env: serverEnvironment(),
      encoding: 'utf8',
    });
    if (result.status !== 0) {
      const reason = (result.stderr || result.error?.message || '').trim().split('\n').slice(-3).join(' ');
      if (/No space left/i.test(reason))
        throw new PlainError(
          'There is no space left on the disk to create the database. Free about 500 MB and try again.',
        );
      throw new PlainError(`The database could not be created: ${reason}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(secrets, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, data);
  return passwords;
}

/** Detached, so that Ctrl-C in the terminal reaches the application first and the database last. */
async function start({ home, data, bin, identity, settings }) {
  clearStalePid(data);
  const port = await choosePort(path.join(home, 'port'));
  const log = openSync(path.join(home, 'postgres.log'), 'w', 0o600);
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'timezone=UTC',
    '-c',
    'log_timezone=UTC',
    ...settings,
  ];
  const child = spawn(path.join(bin, 'postgres'), flags, {
    ...identity,
    cwd: home,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.on('error', () => {});
  child.unref();
  closeSync(log);
}

/** The same port as last time when it is free, so that a connection noted somewhere keeps working. */
async function choosePort(file) {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = last && (await isPortFree(last)) ? last : await freePort();
  writeFileSync(file, String(port));
  return port;
}

async function untilReady(data, home) {
  const deadline = Date.now() + 60_000;
  let seen = Date.now();
  while (Date.now() < deadline) {
    const server = readServer(data);
    if (server?.ready) return server;
    if (server) seen = Date.now();
    else if (Date.now() - seen > 10_000) break;
    await sleep(25);
  }
  const tail = readFileSync(path.join(home, 'postgres.log'), 'utf8').trim().split('\n').slice(-3).join(' ');
  throw new PlainError(`The database did not start: ${tail}`);
}

// Nothing of the caller's PG* variables may leak into the server.
const serverEnvironment = () => ({
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.env.SYSTEMROOT ? { SYSTEMROOT: process.env.SYSTEMROOT } : {}),
});
