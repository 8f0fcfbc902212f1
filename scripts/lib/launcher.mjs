// `npm start` and `npm run dev`: everything up, one line with the address, everything down again.
import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundlePrograms } from './bundle.mjs';
import { openDatabase } from './database.mjs';
import { withDotEnv } from './env-file.mjs';
import { forgetInstance, runningInstance, stopOrphans, writeInstance } from './instance.mjs';
import { migrate } from './migrate.mjs';
import { buildWeb } from './next-build.mjs';
import { inRoot } from './paths.mjs';
import { steadyPort } from './ports.mjs';
import { isPortFree } from './processes.mjs';
import { PlainError, say, warn } from './say.mjs';
import { localSecrets } from './secrets.mjs';
import { appEnvironment, simulator, web, worker } from './stack.mjs';

export async function launch({ development }) {
  const env = withDotEnv();
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new PlainError(`PORT is "${env.PORT}"; it must be a number between 1 and 65535.`);
  const address = `http://localhost:${port}`;

  const other = runningInstance();
  if (other) {
    say(`Aigency is already running at ${other.address}`);
    return;
  }
  await stopOrphans();
  if (!(await isPortFree(port))) {
    throw new PlainError(`Port ${port} is used by another program. Choose another one: PORT=${port + 1} npm start`);
  }

  const cleanups = [];
  const children = [];
  let simulatorUrl;
  const record = () =>
    writeInstance({
      pid: process.pid,
      address,
      port,
      simulatorUrl,
      children: children.map(({ name, pid, match }) => ({ name, pid, match })),
    });
  let stopping;
  const stop = (code) => {
    stopping ??= (async () => {
      for (const cleanup of cleanups.reverse()) await cleanup().catch((error) => warn(error.message));
      process.exit(code);
    })();
    return stopping;
  };
  onEnd(() => void stop(0));

  try {
    record();
    cleanups.push(async () => forgetInstance());
    const secrets = localSecrets(env);
    const database = await openDatabase(env);
    cleanups.push(database.release);

    await bundlePrograms();
    await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, env: { ...env, ...secrets } });
    if (!development) await buildWeb({ say });

    const begin = async (child) => {
      if (!child || stopping) return child;
      children.push(child);
      cleanups.push(() => child.stop());
      await child.start();
      return child;
    };
    const simulatorPort = await steadyPort('simulator-port');
    simulatorUrl = env.SIMULATOR_URL ?? `http://127.0.0.1:${simulatorPort}`;
    const environment = appEnvironment({
      env,
      secrets,
      databaseUrl: database.appUrl,
      address,
      simulatorUrl,
      production: !development,
    });
    if (!env.SIMULATOR_URL)
      await begin(simulator({ kind: 'meta', port: simulatorPort, env: environment, onChange: record }));
    const background = env.WORKER === 'off' ? null : await begin(worker({ env: environment, onChange: record }));
    await begin(web({ env: environment, port, development, onChange: record }));
    if (development && background) cleanups.push(renewOnChange(background));

    if (!stopping)
      say(`Aigency is running at ${environment.APP_URL}${development ? ' (development)' : ''}   Stop it with Ctrl-C.`);
  } catch (error) {
    if (stopping) return;
    warn(
      error instanceof PlainError
        ? error.message
        : error.message.startsWith('http') || error.constructor.name === 'EarlyExit'
          ? `Aigency could not start: ${error.message}`
          : error.stack,
    );
    await stop(1);
  }
}

/** Ctrl-C, a polite kill, a closed terminal, or the parent gone (npm's shell does not pass signals on). */
function onEnd(end) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
  setInterval(() => {}, 2 ** 30); // stays alive until stopped
}

/** In development the worker follows the sources, as the pages do. */
function renewOnChange(child) {
  let due;
  const watcher = watch(inRoot('lib'), { recursive: true }, () => {
    clearTimeout(due);
    due = setTimeout(async () => {
      try {
        await bundlePrograms(['worker']);
        await child.renew();
      } catch (error) {
        warn(error.message);
      }
    }, 400);
  });
  return async () => {
    clearTimeout(due);
    watcher.close();
    await sleep(0);
  };
}
