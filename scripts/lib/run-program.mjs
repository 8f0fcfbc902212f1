// Runs one of our bundled programs against the configured or the embedded database, with the running simulator if there is one.
import { spawn } from 'node:child_process';
import { bundlePrograms, hasEntry, programFile } from './bundle.mjs';
import { openDatabase } from './database.mjs';
import { withDotEnv } from './env-file.mjs';
import { runningInstance } from './instance.mjs';
import { migrate } from './migrate.mjs';
import { root } from './paths.mjs';
import { steadyPort } from './ports.mjs';
import { PlainError } from './say.mjs';
import { localSecrets } from './secrets.mjs';
import { appEnvironment, simulator } from './stack.mjs';

/** Answers the exit code. Where nothing runs, the simulator is started for as long as the program needs it. */
export async function runProgram(name, args) {
  if (!hasEntry(name)) throw new PlainError(`This version has no program "${name}".`);
  await bundlePrograms([name, 'simulator-meta']);
  const env = withDotEnv();
  const secrets = localSecrets(env);
  const instance = runningInstance();
  const database = await openDatabase(env);
  let pretend;
  try {
    await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, env: { ...env, ...secrets } });
    const address = instance?.address ?? `http://localhost:${env.PORT ?? 3000}`;
    let simulatorUrl = env.SIMULATOR_URL ?? instance?.simulatorUrl;
    if (!simulatorUrl) {
      const port = await steadyPort('simulator-port');
      simulatorUrl = `http://127.0.0.1:${port}`;
      pretend = simulator({ kind: 'meta', port, env: { ...env, ...secrets } });
      await pretend?.start();
    }
    const environment = appEnvironment({ env, secrets, databaseUrl: database.appUrl, address, simulatorUrl });
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--enable-source-maps', programFile(name), ...args], {
        cwd: root,
        stdio: 'inherit',
        env: environment,
      });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    await pretend?.stop();
    await database.release();
  }
}
