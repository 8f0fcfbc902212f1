// The running server as its own pid file describes it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandLine, isAlive, isZombie, waitForExit } from '../lib/processes.mjs';

/** { pid, port, ready } of the server that runs on this data directory, or null. */
export function readServer(data) {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid) || isZombie(pid)) return null;
  const command = commandLine(pid);
  if (command && !(command.includes('postgres') && command.includes(data))) return null; // the number belongs to another program now
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** A pid file whose process is gone would only make the server's own check guess. */
export function clearStalePid(data) {
  if (!readServer(data)) rmSync(path.join(data, 'postmaster.pid'), { force: true });
}

/** Fast shutdown: sessions are ended, data is flushed. */
export async function stopServer(data) {
  const server = readServer(data);
  if (!server) return false;
  process.kill(server.pid, 'SIGINT');
  if (!(await waitForExit(server.pid, 15_000))) {
    process.kill(server.pid, 'SIGQUIT');
    await waitForExit(server.pid, 5_000);
  }
  return true;
}
