// Secrets of a local installation: generated once, kept in .data/local.env, never printed.
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { readEnvFile } from './env-file.mjs';
import { ensureDataDir, inData } from './paths.mjs';

const generators = {
  BETTER_AUTH_SECRET: () => randomBytes(32).toString('base64url'),
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  CRON_SECRET: () => randomBytes(24).toString('base64url'),
  SIMULATOR_ADMIN_KEY: () => randomBytes(24).toString('base64url'),
};

/** Only what the environment does not give; a secret once generated stays, since stored data depends on it. */
export function localSecrets(env) {
  ensureDataDir();
  const file = inData('local.env');
  const kept = readEnvFile(file);
  const missing = Object.keys(generators).filter((name) => !env[name] && !kept[name]);
  if (missing.length > 0) {
    for (const name of missing) kept[name] = generators[name]();
    const lines = Object.entries(kept).map(([name, value]) => `${name}=${value}`);
    writeFileSync(
      file,
      `# Generated for this machine. Deleting it makes stored connections unreadable.\n${lines.join('\n')}\n`,
      { mode: 0o600 },
    );
    chmodSync(file, 0o600);
  }
  return Object.fromEntries(Object.keys(generators).map((name) => [name, env[name] ?? kept[name]]));
}
