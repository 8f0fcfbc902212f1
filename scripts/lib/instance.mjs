// Which launcher runs in this clone, and what it started: so that a second start and a start after a crash know.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { stopOrphan } from './children.mjs';
import { inData } from './paths.mjs';
import { commandLine, isAlive, isZombie } from './processes.mjs';

const file = inData('instance.json');

export function readInstance() {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

export function writeInstance(record) {
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const forgetInstance = () => rmSync(file, { force: true });

const runs = (pid, match) => Boolean(pid) && isAlive(pid) && !isZombie(pid) && commandLine(pid).includes(match);

/** The record of a launcher that is still alive, or null. */
export function runningInstance() {
  const record = readInstance();
  return record && record.pid !== process.pid && runs(record.pid, 'start.mjs') ? record : null;
}

/** Stops what a killed launcher left running. Process titles change (next-server), so a port in the title counts too. */
export async function stopOrphans() {
  const record = readInstance();
  if (!record) return 0;
  const orphans = (record.children ?? []).filter(({ pid, match }) => runs(pid, match) || runs(pid, 'next-server'));
  await Promise.all(orphans.map(({ pid }) => stopOrphan(pid)));
  forgetInstance();
  return orphans.length;
}
