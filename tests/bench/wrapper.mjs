// What our way of calling Meta costs beside plain fetch, against a server on this machine that answers at once: the whole
// of the difference is ours. A call to Meta itself takes a few hundred milliseconds.
import { spawn } from 'node:child_process';
import { bundlePrograms, programFile } from '../../scripts/lib/bundle.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** Prints a table. With a database, also what looking up and keeping the limits there costs. */
export async function benchWrapper(say, databaseUrl) {
  await bundlePrograms(['bench-wrapper']);
  say(`One call to the Graph API (median of 25 rounds)`);
  const made = 'x'.repeat(32);
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    BETTER_AUTH_SECRET: made,
    ENCRYPTION_KEY: Buffer.from(made).toString('base64'),
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  };
  const child = spawn(
    process.execPath,
    [programFile('bench-wrapper'), inRoot('tests', 'bench', 'wrapper', 'server.mjs')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: environment,
    },
  );
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the wrapper's benchmark ended with ${code}`);
}
