import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { ToldDeployment } from './deploy-child';
import { type KillPoint, type KillScene, startKillingProxy } from './killing-proxy';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, '.data', 'build', 'deploy-child');
/** Loaded as they are: what comes with binaries or files of its own, and what only drawing pictures needs. */
const EXTERNAL = ['pino', 'pg', '@prisma/client', '@resvg/resvg-js', 'satori', 'sharp', 'pg-boss'];

/**
 * One file with the packages in it, and apart from it what a deployment seldom needs: a killed program is started hundreds
 * of times, and starting it is most of what a kill costs (0.6 s of processor time instead of 1.8 s).
 */
export async function bundleDeployChild(): Promise<{ files: string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: { program: path.join(root, 'tests/faults/deploy-child.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: EXTERNAL,
    tsconfig: path.join(root, 'tsconfig.json'),
    alias: { 'server-only': path.join(root, 'scripts/lib/empty.mjs') },
    banner: {
      js: "import { createRequire as aigencyRequire } from 'node:module'; const require = aigencyRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { files: Object.keys(metafile.outputs).map((file) => path.join(root, file)) };
}

export type DeployLane = {
  /** Runs a deployment in processes that die by SIGKILL, until one lives to its end. `onDeath` sees what a death leaves. */
  deploy(told: ToldDeployment, scene: KillScene & { when: KillPoint }, onDeath: () => Promise<void>): Promise<LaneRun>;
  close(): Promise<void>;
};
export type LaneRun = { kills: number; requests: number };
const MOST_DEATHS = 60;

/**
 * A place where one worker works at a time, before the platform, with the next one standing by: whoever takes over is
 * there at once, and goes on with the next deployment as a worker does.
 */
export async function openDeployLane(simulatorUrl: string, settleMs: number): Promise<DeployLane> {
  const proxy = await startKillingProxy(simulatorUrl);
  const start = () =>
    spawn(process.execPath, [path.join(folder, 'program.mjs')], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        SIMULATOR_URL: proxy.url,
        SIMULATOR_SETTLE_MS: String(settleMs),
        LOG_LEVEL: 'silent',
      },
    });
  let worker = start();
  let next = start();
  return {
    async deploy(told, scene, onDeath) {
      proxy.play(scene);
      for (let deaths = 0; deaths < MOST_DEATHS; deaths += 1) {
        const victim = worker;
        proxy.arm(() => victim.kill('SIGKILL'));
        if (await livesToTheEnd(victim, told)) return { kills: proxy.kills, requests: proxy.requests };
        await onDeath();
        worker = next;
        next = start();
      }
      throw new Error('the deployment never ended');
    },
    async close() {
      const alive = [worker, next].filter((one) => one.exitCode === null && one.signalCode === null);
      const gone = alive.map((one) => new Promise((resolve) => one.once('exit', resolve)));
      for (const one of alive) one.kill('SIGKILL');
      await Promise.all(gone);
      await proxy.close();
    },
  };
}

/** False: it was killed. @throws when it ended in any other way */
async function livesToTheEnd(worker: ChildProcess, told: ToldDeployment): Promise<boolean> {
  const lines = createInterface({ input: worker.stdout as NodeJS.ReadableStream });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      lines.once('line', () => resolve(true));
      worker.once('exit', (code, signal) =>
        signal === 'SIGKILL' ? resolve(false) : reject(new Error(`a worker ended by itself (${code ?? signal})`)),
      );
      worker.stdin?.write(`${JSON.stringify(told)}\n`);
    });
  } finally {
    lines.close();
    worker.removeAllListeners('exit');
  }
}
