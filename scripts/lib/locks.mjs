// Several commands may run at once in one clone. A lock lets one of them do a thing; leases count who still uses it.
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isAlive, isZombie } from './processes.mjs';

const holderLives = (pid) =>
  Number.isInteger(pid) && pid > 0 && isAlive(pid) && !isZombie(pid) && /node|vitest|npm/i.test(commandLine(pid));

/** Runs `work` while holding `file`; waits for a living holder, takes over from a dead one. */
export async function withLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      try {
        linkSync(mine, file); // atomic: fails when the lock exists, and it never exists without its content
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      let holder = Number.NaN;
      try {
        holder = Number(readFileSync(file, 'utf8'));
      } catch {
        continue;
      }
      if (!holderLives(holder)) rmSync(file, { force: true });
      else await sleep(50);
    }
    sweep(file);
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes what processes left behind that were killed while they waited. */
function sweep(file) {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  for (const entry of readdirSync(folder)) {
    const pid = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1).split('.')[0]) : 0;
    if (pid && !isAlive(pid)) rmSync(path.join(folder, entry), { force: true });
  }
}

/** Registers this process as a user of something; `release` answers whether it was the last one. */
export function lease(directory) {
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, String(process.pid));
  const count = Number(readSafely(file)) || 0;
  writeFileSync(file, String(count + 1));
  return {
    release() {
      const left = (Number(readSafely(file)) || 1) - 1;
      if (left > 0) {
        writeFileSync(file, String(left));
        return false;
      }
      rmSync(file, { force: true });
      return liveLeases(directory).length === 0;
    },
  };
}

export function liveLeases(directory) {
  let names = [];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names.map(Number).filter((pid) => {
    if (holderLives(pid)) return true;
    rmSync(path.join(directory, String(pid)), { force: true });
    return false;
  });
}

function readSafely(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
