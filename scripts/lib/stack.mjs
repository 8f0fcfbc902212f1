// The programs that make one running installation: simulator, worker, web. Used by start, test and bench.
import { hasEntry, programFile } from './bundle.mjs';
import { Child } from './children.mjs';
import { nextProgram } from './next-build.mjs';
import { inData } from './paths.mjs';
import { untilAnswers } from './ready.mjs';

const anyAnswer = { accept: () => true };

/** The environment of the web app and the worker. The owner's database address stays with the launcher. */
export function appEnvironment({ env, secrets, databaseUrl, address, simulatorUrl, production = true }) {
  const { MIGRATE_DATABASE_URL: _owner, ...inherited } = { ...process.env, ...env };
  return {
    ...inherited,
    ...secrets,
    NODE_ENV: production ? 'production' : 'development',
    NEXT_TELEMETRY_DISABLED: '1',
    // Anthropic's package refuses to load when this is set but blank, and Next would fill in a blank one from .env.
    ANTHROPIC_BASE_URL: env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com/v1',
    DATABASE_URL: databaseUrl,
    APP_URL: env.APP_URL ?? address,
    BETTER_AUTH_URL: env.APP_URL ?? address,
    ...(simulatorUrl ? { SIMULATOR_URL: simulatorUrl } : {}),
  };
}

export function simulator({ kind, port, env, ...options }) {
  if (!hasEntry(`simulator-${kind}`)) return null;
  return new Child({
    name: `simulator-${kind}`,
    args: ['--enable-source-maps', programFile(`simulator-${kind}`), '--port', String(port)],
    // Its own world: it gets the state folder and its admin key, none of the app's secrets.
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: env.LOG_LEVEL ?? 'info',
      PORT: String(port),
      SIMULATOR_DATA_DIR: env.SIMULATOR_DATA_DIR ?? inData(`simulator-${kind}`),
      ...(env.SIMULATOR_ADMIN_KEY ? { SIMULATOR_ADMIN_KEY: env.SIMULATOR_ADMIN_KEY } : {}),
    },
    ready: () => untilAnswers(`http://127.0.0.1:${port}/`, anyAnswer),
    ...options,
  });
}

export function worker({ env, ...options }) {
  if (!hasEntry('worker')) return null;
  return new Child({ name: 'worker', args: ['--enable-source-maps', programFile('worker')], env, ...options });
}

export function web({ env, port, development = false, ...options }) {
  return new Child({
    name: 'web',
    args: [nextProgram, development ? 'dev' : 'start', '-H', '127.0.0.1', '-p', String(port)],
    env: { ...env, PORT: String(port), WORKER: 'off' },
    ready: () => untilAnswers(`http://127.0.0.1:${port}/api/health`, { milliseconds: development ? 120_000 : 60_000 }),
    ...options,
  });
}
