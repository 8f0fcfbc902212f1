// Builds the web app when its sources changed.
import { existsSync, writeFileSync } from 'node:fs';
import { digestOf, isStamped, stamp } from './digest.mjs';
import { withLock } from './locks.mjs';
import { assertSpace } from './packages.mjs';
import { ensureDataDir, inData, inRoot, logsDir, root } from './paths.mjs';
import { runToEnd } from './run-to-end.mjs';
import { PlainError } from './say.mjs';
import { testSecrets } from './test-secrets.mjs';

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const generated = (file) => file === 'lib/runtime/prisma';

export const nextProgram = inRoot('node_modules', 'next', 'dist', 'bin', 'next');

/** Answers true when it built. `say` is told before the long wait. */
export async function buildWeb({ say = () => {} } = {}) {
  const digest = () => digestOf(sources, { skip: generated });
  const stampFile = inRoot('.next', 'SOURCE_DIGEST');
  const current = () => existsSync(inRoot('.next', 'BUILD_ID')) && isStamped(stampFile, digest());
  if (current()) return false;
  ensureDataDir();
  return withLock(inData('next-build.lock'), async () => {
    if (current()) return false;
    assertSpace(400);
    say('Building the app (about half a minute, only when it changed)...');
    const built = digest();
    await build();
    stamp(stampFile, built);
    return true;
  });
}

async function build() {
  const { code, output } = await runToEnd(process.execPath, [nextProgram, 'build'], {
    cwd: root,
    env: buildEnvironment(),
  });
  writeFileSync(inData('logs', 'build.log'), output, { mode: 0o600 });
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-25).join('\n');
  throw new PlainError(`The app could not be built (${logsDir}/build.log):\n${tail}`);
}

/** Modules read their configuration while pages are collected; nothing of it ends up in the build. */
function buildEnvironment() {
  return {
    ...process.env,
    ...testSecrets,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: 'postgresql://build:build@127.0.0.1:1/build',
    APP_URL: 'http://localhost:3000',
    BETTER_AUTH_URL: 'http://localhost:3000',
    WORKER: 'off',
  };
}
