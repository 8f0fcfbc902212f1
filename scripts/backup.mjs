// `npm run backup [-- folder]`: every row of every table of ours, as one folder of gzipped COPY files with a manifest.
import { run, say, seconds } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const began = Date.now();
  await setup();
  const { openDatabase } = await import('./lib/database.mjs');
  const { backupTo } = await import('./postgres/backup.mjs');
  const { inData } = await import('./lib/paths.mjs');
  const folder = process.argv[2] ?? inData('backups', new Date().toISOString().replaceAll(/[:.]/g, '-'));
  const database = await openDatabase();
  try {
    const { tables, rows } = await backupTo(database.ownerUrl, folder);
    say(`${rows} rows of ${tables} tables saved to ${folder} in ${seconds(began)}.`);
    say(
      'Stored connections can be read only with the same ENCRYPTION_KEY: keep that (.data/local.env) in another safe place.',
    );
  } finally {
    await database.release();
  }
});
