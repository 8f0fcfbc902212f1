// Starts programs, writes what they say to log files, restarts them when they crash, stops them in order.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ensureDataDir, inData, inRoot, root } from './paths.mjs';
import { waitForExit } from './processes.mjs';
import { warn } from './say.mjs';
import { signalGroup } from './signal-group.mjs';

/** Goes before the program among the arguments of a tethered one. */
export const tether = ['--import', pathToFileURL(inRoot('scripts', 'lib', 'tether.mjs')).href];

/**
 * One supervised program. In a process group of its own, so that Ctrl-C reaches only the launcher, which then decides the order.
 * `tethered`: it ends with us even if we are killed (tether.mjs); else it outlives a killed launcher, and the next start stops it.
 * `ready` (optional) resolves when the program serves; a program that ends before is a failure to start.
 */
export class Child {
  #stopping = false;
  #failures = 0;
  #process;

  constructor({
    name,
    args,
    env,
    ready = async () => {},
    onChange = () => {},
    restart = true,
    quiet = false,
    tethered = false,
  }) {
    Object.assign(this, { name, args, env, ready, onChange, restart, quiet, tethered });
    this.logFile = inData('logs', `${name}.log`);
  }

  get pid() {
    return this.#process?.pid;
  }

  /** What recovery compares with a process's command line before it stops it. */
  get match() {
    return this.args.find((arg) => !arg.startsWith('-'));
  }

  async start() {
    ensureDataDir();
    rotate(this.logFile);
    this.#tail = this.quiet ? undefined : followErrors(this.name, this.logFile);
    this.#spawn();
    const ended = new Promise((_, reject) =>
      this.#process.once('exit', (code, signal) => reject(new EarlyExit(this.name, code ?? signal, this.logFile))),
    );
    try {
      await Promise.race([this.ready(), ended]);
    } finally {
      ended.catch(() => {});
    }
    this.#serving = true;
  }

  #serving = false;
  #tail;

  #spawn() {
    const log = openSync(this.logFile, 'a', 0o600);
    this.#process = spawn(process.execPath, [...(this.tethered ? tether : []), ...this.args], {
      cwd: root,
      env: this.env,
      stdio: [this.tethered ? 'pipe' : 'ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#process.stdin?.on('error', () => {});
    const began = Date.now();
    this.#process.on('error', () => {});
    this.#process.once('exit', (code, signal) => void this.#exited(code ?? signal, Date.now() - began));
    this.onChange();
  }

  async #exited(reason, lived) {
    if (this.#stopping || !this.#serving || !this.restart) return;
    this.#failures = lived > 60_000 ? 1 : this.#failures + 1;
    const pause = Math.min(30_000, 500 * 2 ** (this.#failures - 1));
    warn(
      `${this.name} stopped unexpectedly (${reason}); starting it again in ${pause / 1000} s. Its log: ${this.logFile}`,
    );
    await sleep(pause);
    if (!this.#stopping) this.#spawn();
  }

  /** A planned restart, for sources that changed. */
  async renew() {
    await this.#end(10_000);
    if (!this.#stopping) this.#spawn();
  }

  async stop(grace = 25_000) {
    this.#stopping = true;
    await this.#end(grace);
    this.#tail?.();
  }

  async #end(grace) {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const serving = this.#serving;
    this.#serving = false;
    signalGroup(child.pid, 'SIGTERM');
    if (!(await exited(child, grace))) {
      signalGroup(child.pid, 'SIGKILL');
      await exited(child, 5_000);
    }
    this.#serving = serving;
  }
}

export class EarlyExit extends Error {
  constructor(name, reason, logFile) {
    super(`${name} ended before it was ready (${reason}). Its log: ${logFile}`);
  }
}

/** Stops a program left behind by a launcher that was killed. */
export async function stopOrphan(pid) {
  signalGroup(pid, 'SIGTERM');
  if (await waitForExit(pid, 8_000)) return;
  signalGroup(pid, 'SIGKILL');
  await waitForExit(pid, 3_000);
}

const exited = (child, milliseconds) =>
  child.exitCode !== null || child.signalCode !== null
    ? true
    : Promise.race([new Promise((resolve) => child.once('exit', () => resolve(true))), sleep(milliseconds, false)]);

function rotate(file) {
  if (existsSync(file) && statSync(file).size > 0) renameSync(file, file.replace(/\.log$/, '.previous.log'));
}

/** Shows errors of a log file as they are written. The file, not a pipe: the program outlives a killed launcher unharmed. */
function followErrors(name, file) {
  let offset = 0;
  let rest = '';
  const read = () => {
    if (!existsSync(file)) return;
    const size = statSync(file).size;
    if (size <= offset) return;
    const buffer = Buffer.alloc(Math.min(size - offset, 256 * 1024));
    const handle = openSync(file, 'r');
    offset += readSync(handle, buffer, 0, buffer.length, offset);
    closeSync(handle);
    const lines = (rest + buffer.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const error = asError(line);
      if (error) warn(`${name}: ${error}`);
    }
  };
  const timer = setInterval(read, 500);
  timer.unref();
  return () => {
    read();
    clearInterval(timer);
  };
}

function asError(line) {
  if (line.startsWith('{')) {
    try {
      const { level, msg, err } = JSON.parse(line);
      return level >= 50 || level === 'error' || level === 'fatal'
        ? [msg, err?.message].filter(Boolean).join(': ')
        : undefined;
    } catch {
      return undefined;
    }
  }
  return /^\s*(⨯|(Uncaught |Unhandled )?[A-Za-z]*Error\b)/.test(line) ? line.trim() : undefined;
}
