// `npm run simulator:meta -- --port N`: a simulator as a process of its own, until Ctrl-C.
import { spawn } from 'node:child_process';
import { PlainError, run } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const [kind, ...rest] = process.argv.slice(2);
  await setup();
  const { bundlePrograms, hasEntry, programFile } = await import('./lib/bundle.mjs');
  const { inData, root } = await import('./lib/paths.mjs');
  const { freePort, isPortFree } = await import('./lib/processes.mjs');
  const { withDotEnv } = await import('./lib/env-file.mjs');
  const { localSecrets } = await import('./lib/secrets.mjs');
  const name = `simulator-${kind}`;
  if (!['meta', 'anthropic'].includes(kind) || !hasEntry(name))
    throw new PlainError(`There is no simulator "${kind ?? ''}". Known: meta, anthropic.`);

  const given = rest.indexOf('--port');
  const port = given >= 0 ? Number(rest[given + 1]) : await freePort();
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new PlainError('--port must be a number between 1 and 65535.');
  if (!(await isPortFree(port)))
    throw new PlainError(`Port ${port} is used by another program. Choose another one with --port.`);
  await bundlePrograms([name]);
  const env = withDotEnv();
  const { SIMULATOR_ADMIN_KEY } = localSecrets(env);
  const others =
    given >= 0 ? (rest.toSpliced?.(given, 2) ?? rest.filter((_, at) => at !== given && at !== given + 1)) : rest;
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', programFile(name), '--port', String(port), ...others],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        SIMULATOR_DATA_DIR: inData(`${name}-${port}`),
        SIMULATOR_ADMIN_KEY,
        LOG_LEVEL: 'info',
        ...env,
        NODE_ENV: 'production',
        PORT: String(port),
      },
    },
  );
  const stop = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 1_000).unref();
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 0)));
});
