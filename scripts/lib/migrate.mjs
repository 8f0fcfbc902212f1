// Brings a database up to date: tables first, then the job engine's own schema.
import { spawn } from 'node:child_process';
import { applyMigrations } from '../prisma/migrations.mjs';
import { bundlePrograms, hasEntry, programFile } from './bundle.mjs';
import { root } from './paths.mjs';
import { PlainError } from './say.mjs';

export async function migrate({ ownerUrl, appUrl = ownerUrl, env = process.env }) {
  const applied = await applyMigrations(ownerUrl);
  if (hasEntry('install')) {
    await bundlePrograms(['install']);
    await installJobs({ ...env, DATABASE_URL: appUrl, MIGRATE_DATABASE_URL: ownerUrl });
  }
  return applied;
}

function installJobs(env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', programFile('install')], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new PlainError(`The job queues could not be installed:\n${output.trim()}`)),
    );
  });
}
