// `npm run bench:scale [-- accounts [queued [lanes]]]`: one tick over many accounts, and the queue of very many.
import { spawn } from 'node:child_process';
import { bundlePrograms, programFile } from './lib/bundle.mjs';
import { run } from './lib/say.mjs';
import { testSecrets } from './lib/test-secrets.mjs';
import { cloneTemplate, openTestCluster } from './postgres/test-databases.mjs';

await run(async () => {
  await bundlePrograms(['bench-scale']);
  const cluster = await openTestCluster();
  const database = await cloneTemplate(cluster);
  try {
    process.exitCode = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--expose-gc', programFile('bench-scale'), ...process.argv.slice(2)], {
        stdio: 'inherit',
        env: { ...process.env, ...testSecrets, DATABASE_URL: database.url, MIGRATE_DATABASE_URL: database.ownerUrl },
      });
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    await database.drop();
    await cluster.release();
  }
});
