// A whole installation for tests: fresh database, simulators, worker and the production build on free ports.
// Browser tests get one for the run; fault tests start their own and kill parts of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { cloneTemplate, openTestCluster } from '../postgres/test-databases.mjs';
import { bundlePrograms } from './bundle.mjs';
import { rememberStack, stopLeftovers } from './cleanup-stacks.mjs';
import { buildWeb } from './next-build.mjs';
import { ensureDataDir, inData } from './paths.mjs';
import { freePort } from './processes.mjs';
import { simulator, web, worker } from './stack.mjs';
import { testSecrets } from './test-secrets.mjs';

/** Nothing of a developer's own keys reaches a test. Blank counts as absent, and keeps .env from filling it in. */
const blank = Object.fromEntries(
  [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_MODEL',
    'FACEBOOK_APP_ID',
    'FACEBOOK_APP_SECRET',
    'FACEBOOK_REDIRECT_URI',
    'META_GRAPH_URL',
    'META_DIALOG_URL',
    'SMTP_URL',
    'MAIL_FROM',
    'SIMULATOR_URL',
    'MIGRATE_DATABASE_URL',
  ].map((name) => [name, '']),
);

/** Waits that are long against real services and short against a simulator. */
const hurried = {
  META_SETTLE_MS: '1000',
  SIMULATOR_SETTLE_MS: '300',
  JOBS_HEARTBEAT_SECONDS: '10',
  JOBS_MONITOR_SECONDS: '1',
};

/** Pages for those who build the cards, closed in a production build unless asked for. */
const opened = { AIGENCY_GALLERY: '1' };

/**
 * @param {object} [options]
 * @param {boolean} [options.anthropic] also the stand-in of Anthropic's API, and the app set to use it
 * @param {boolean} [options.runWorker] false leaves the worker to the test
 * @param {boolean} [options.restart] whether a crashed program is started again (a fault test may want to do it itself)
 * @param {Record<string, string>} [options.env] further variables for app and worker
 */
export async function startTestStack({ anthropic = false, runWorker = true, restart = true, env: extra = {} } = {}) {
  ensureDataDir();
  await stopLeftovers();
  await bundlePrograms();
  await buildWeb();
  const cluster = await openTestCluster();
  const cleanups = [cluster.release];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const database = await cloneTemplate(cluster);
    const scratch = mkdtempSync(inData('test-run-'));
    cleanups.push(async () => rmSync(scratch, { recursive: true, force: true }));
    const [webPort, metaPort, anthropicPort] = [await freePort(), await freePort(), await freePort()];
    const address = `http://localhost:${webPort}`;
    const simulatorUrl = `http://127.0.0.1:${metaPort}`;
    const anthropicUrl = `http://127.0.0.1:${anthropicPort}`;
    const env = {
      ...process.env,
      ...blank,
      ...testSecrets,
      ...hurried,
      ...opened,
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/v1',
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      TZ: 'UTC',
      LOG_LEVEL: 'info',
      AIGENCY_GALLERY: '1', // the page that shows every card, for its own tests
      DATABASE_URL: database.url,
      APP_URL: address,
      BETTER_AUTH_URL: address,
      SIMULATOR_URL: simulatorUrl,
      SIMULATOR_DATA_DIR: `${scratch}/simulator`,
      OUTBOX_DIR: `${scratch}/outbox`,
      ...(anthropic ? { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: `${anthropicUrl}/v1` } : {}),
      ...extra,
    };
    const label = `test-${webPort}`;
    const started = [];
    const memory = rememberStack(label, started);
    cleanups.push(async () => memory.forget());
    const options = { restart, quiet: true, tethered: true, onChange: () => memory.save() };
    const begin = async (child, name) => {
      if (!child) return undefined;
      child.name = `${label}-${name}`;
      child.logFile = inData('logs', `${child.name}.log`);
      started.push(child);
      cleanups.push(() => child.stop(5_000));
      await child.start();
      return child;
    };
    const parts = {};
    parts.simulator = await begin(simulator({ kind: 'meta', port: metaPort, env, ...options }), 'simulator-meta');
    if (anthropic)
      parts.anthropic = await begin(
        simulator({ kind: 'anthropic', port: anthropicPort, env, ...options }),
        'simulator-anthropic',
      );
    if (runWorker) parts.worker = await begin(worker({ env, ...options }), 'worker');
    parts.web = await begin(web({ env, port: webPort, ...options }), 'web');
    return {
      address,
      simulatorUrl,
      anthropicUrl: anthropic ? anthropicUrl : undefined,
      database,
      env,
      scratch,
      parts,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
