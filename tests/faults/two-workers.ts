import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { Told } from './ceiling-child';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, '.data', 'build', 'ceiling-child.mjs');

export type Worker = { child: ChildProcess; tell: (told: Told) => Promise<string[]> };

/** Two processes of their own against the database and platform of this test. */
export async function startTwoWorkers(): Promise<[Worker, Worker]> {
  await build({
    entryPoints: [path.join(root, 'tests/faults/ceiling-child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: path.join(root, 'tsconfig.json'),
    alias: { 'server-only': path.join(root, 'scripts/lib/empty.mjs') },
    logLevel: 'error',
  });
  return [startWorker(), startWorker()];
}

function startWorker(): Worker {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
  const waiting: ((answers: string[]) => void)[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
    waiting.shift()?.(JSON.parse(line) as string[]),
  );
  return {
    child,
    tell: (told) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin?.write(`${JSON.stringify(told)}\n`);
      }),
  };
}

/** Each order twice, so that what came before its time gets another turn; the order depends on the seed alone. */
export function mixed<T>(items: readonly T[], seed: number): T[] {
  const all = [...items, ...items];
  let state = seed + 1;
  for (let index = all.length - 1; index > 0; index -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    [all[index], all[other]] = [all[other] as T, all[index] as T];
  }
  return all;
}
