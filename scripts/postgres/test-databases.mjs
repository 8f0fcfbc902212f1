// Databases for tests: one migrated template per state of the migrations, cloned in milliseconds.

import { bundlePrograms, hasEntry } from '../lib/bundle.mjs';
import { digestOf } from '../lib/digest.mjs';
import { withLock } from '../lib/locks.mjs';
import { migrate } from '../lib/migrate.mjs';
import { inData } from '../lib/paths.mjs';
import { isAlive } from '../lib/processes.mjs';
import { testSecrets } from '../lib/test-secrets.mjs';
import { openCluster, testCluster } from './cluster.mjs';
import { app, connected, ensureDatabase, owner } from './roles.mjs';

/** The running test cluster with its template. `release` stops the cluster when nobody uses it any more. */
export async function openTestCluster() {
  const cluster = await openCluster(testCluster);
  try {
    const template = await ensureTemplate(cluster);
    return {
      addresses: {
        superuser: cluster.address('postgres', 'postgres'),
        owner: cluster.address(owner, 'DATABASE'),
        app: cluster.address(app, 'DATABASE'),
      },
      template,
      release: cluster.release,
    };
  } catch (error) {
    await cluster.release();
    throw error;
  }
}

async function ensureTemplate(cluster) {
  if (hasEntry('install')) await bundlePrograms(['install']);
  return withLock(inData('test-template.lock'), async () => {
    const name = `template_${digestOf(['prisma/migrations', '.data/build/install.mjs', 'node_modules/pg-boss/package.json', 'scripts/postgres/roles.mjs']).slice(0, 16)}`;
    const superuser = cluster.address('postgres', 'postgres');
    const names = await connected(
      superuser,
      async (client) =>
        (await client.query("SELECT datname, datistemplate FROM pg_database WHERE datname LIKE 'template\\_%'")).rows,
    );
    if (names.some((row) => row.datname === name && row.datistemplate)) return name;
    await connected(superuser, async (client) => {
      for (const { datname } of names) {
        await client.query(`ALTER DATABASE "${datname}" IS_TEMPLATE false`);
        await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`).catch(() => {}); // being cloned by someone else right now
      }
    });
    await ensureDatabase(cluster, name);
    const ownerUrl = cluster.address(owner, name);
    await migrate({
      ownerUrl,
      appUrl: cluster.address(app, name),
      env: { ...process.env, ...testSecrets, LOG_LEVEL: 'error' },
    });
    await connected(superuser, async (client) => {
      // A template can only be cloned while nobody is connected to it.
      await client.query(`ALTER DATABASE "${name}" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
      await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
    });
    return name;
  });
}

let created = 0;

/** A fresh database for this process: { url, ownerUrl, drop() }. Databases of dead processes are swept on the way. */
export async function cloneTemplate({ addresses, template }) {
  created += 1;
  const name = `t_${process.pid}_${Date.now().toString(36)}_${created}`;
  await connected(addresses.superuser, async (client) => {
    await sweep(client);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" OWNER ${owner}`);
  });
  const at = (address) => address.replace(/DATABASE$/, name);
  return {
    name,
    url: at(addresses.app),
    ownerUrl: at(addresses.owner),
    drop: () =>
      connected(addresses.superuser, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)).then(
        () => {},
      ),
  };
}

async function sweep(client) {
  const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 't\\_%'");
  const dead = rows.map((row) => row.datname).filter((datname) => !isAlive(Number(datname.split('_')[1])));
  for (const datname of dead.slice(0, 3))
    await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`).catch(() => {});
}
