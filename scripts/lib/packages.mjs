// Installs the packages when they are missing or no longer what the lock file says.
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { digestOf, isStamped, stamp } from './digest.mjs';
import { withLock } from './locks.mjs';
import { ensureDataDir, inData, inRoot, root } from './paths.mjs';
import { runToEnd } from './run-to-end.mjs';
import { PlainError, say } from './say.mjs';

const stampFile = inRoot('node_modules', '.aigency-stamp');
const megabyte = 1024 * 1024;

/** Answers true when it installed. */
export async function installPackages() {
  const digest = digestOf(['package-lock.json'], {
    extra: `${process.versions.node.split('.')[0]} ${process.platform} ${process.arch}`,
  });
  if (isStamped(stampFile, digest)) return false;
  ensureDataDir();
  return withLock(inData('packages.lock'), async () => {
    if (isStamped(stampFile, digest)) return false;
    if (!existsSync(stampFile) && matchesLock()) {
      stamp(stampFile, digest);
      return false;
    }
    assertSpace(1800);
    say('Installing packages (about a minute, only the first time)...');
    await install();
    stamp(stampFile, digest);
    return true;
  });
}

export function assertSpace(megabytes) {
  if (!statfsSync) return;
  const { bavail, bsize } = statfsSync(root);
  const free = Math.floor((bavail * bsize) / megabyte);
  if (free < megabytes) {
    throw new PlainError(
      `The disk has ${free} MB left and this step needs about ${megabytes} MB. Free some space and run the command again.`,
    );
  }
}

/** True when somebody already installed exactly these versions by hand. */
function matchesLock() {
  const hidden = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '' || entry.link) return true;
    const present = installed[name];
    return present ? present.version === entry.version : Boolean(entry.optional || entry.devOptional || entry.peer);
  });
}

async function install() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  const options = { cwd: root, env: { ...process.env, NODE_ENV: '' } };
  const run = npm?.endsWith('.js')
    ? runToEnd(process.execPath, [npm, ...args], options)
    : runToEnd('npm', args, { ...options, shell: process.platform === 'win32' });
  const { code, output } = await run.catch((error) => {
    if (error instanceof PlainError) throw error;
    return { code: 1, output: error.code === 'ENOENT' ? 'no npm' : error.message };
  });
  if (code === 0) return;
  if (output === 'no npm') throw new PlainError('npm was not found. Install Node with npm from https://nodejs.org.');
  if (/ENOSPC/.test(output)) {
    throw new PlainError(
      'There is no space left on the disk for the packages. Free about 2 GB and run the command again.',
    );
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(output)) {
    throw new PlainError(
      'The packages could not be downloaded: the npm registry cannot be reached. Check the network and run the command again.',
    );
  }
  throw new PlainError(`The packages could not be installed:\n${output.trim().split('\n').slice(-8).join('\n')}`);
}
