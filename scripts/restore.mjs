// `npm run restore -- folder`: into an empty database only. Migrates it first to exactly the state the backup was made in.
import { PlainError, run, say, seconds } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const began = Date.now();
  const folder = process.argv[2];
  if (!folder) throw new PlainError('Which backup? npm run restore -- <folder>');
  await setup();
  const { openDatabase } = await import('./lib/database.mjs');
  const { withDotEnv } = await import('./lib/env-file.mjs');
  const { migrate } = await import('./lib/migrate.mjs');
  const { localSecrets } = await import('./lib/secrets.mjs');
  const { runningInstance } = await import('./lib/instance.mjs');
  const { restoreFrom, readManifest } = await import('./postgres/backup.mjs');
  if (runningInstance()) throw new PlainError('Aigency is running here. Stop it first (Ctrl-C where it runs).');
  readManifest(folder);
  const env = withDotEnv();
  const database = await openDatabase(env);
  try {
    await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, env: { ...env, ...localSecrets(env) } });
    const { tables, rows } = await restoreFrom(database.ownerUrl, folder);
    say(`${rows} rows of ${tables} tables restored in ${seconds(began)}.`);
  } finally {
    await database.release();
  }
});
