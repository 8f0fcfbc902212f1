import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundlePrograms, programFile } from '../../../scripts/lib/bundle.mjs';
import { tether } from '../../../scripts/lib/children.mjs';

/** What a test asks of a simulator, whoever started it. */
export type SimulatorAccess = {
  url: string;
  admin: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

export type Simulator = SimulatorAccess & {
  stop: () => Promise<void>;
  /** Lets the process that started it end before it; it is gone with that process at the latest. */
  outlive: () => void;
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The simulator as its own process on a port of its own, with an empty state folder. */
export async function startSimulator(extra: string[] = []): Promise<Simulator> {
  await bundlePrograms(['simulator-meta']);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const state = mkdtempSync(path.join(tmpdir(), 'aigency-meta-contract-'));
  const child = spawn(
    process.execPath,
    [...tether, programFile('simulator-meta'), '--port', String(port), '--data', state, ...extra],
    {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', LOG_LEVEL: 'silent' },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await untilAnswers(url, child, said);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(state, { recursive: true, force: true });
    },
    outlive() {
      child.unref();
      for (const pipe of [child.stdin, child.stderr]) (pipe as Socket | null)?.unref();
      process.once('exit', () => {
        child.kill('SIGKILL');
        rmSync(state, { recursive: true, force: true });
      });
    },
    async admin(method, target, body) {
      const response = await fetch(`${url}/_admin/${target}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`admin ${method} ${target}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

async function untilAnswers(url: string, child: ChildProcess, said: string[]): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the simulator ended: ${said.join('')}`);
    const answered = await fetch(`${url}/_admin/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error('the simulator does not answer');
}
