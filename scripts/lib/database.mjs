// Which database a command works on: the one named in the environment, else the embedded one.
import { developmentCluster, openCluster } from '../postgres/cluster.mjs';
import { app, ensureDatabase, owner } from '../postgres/roles.mjs';
import { withDotEnv } from './env-file.mjs';

/** { appUrl, ownerUrl, embedded, release } */
export async function openDatabase(env = withDotEnv()) {
  if (env.DATABASE_URL) {
    return {
      appUrl: env.DATABASE_URL,
      ownerUrl: env.MIGRATE_DATABASE_URL ?? env.DATABASE_URL,
      embedded: false,
      release: async () => {},
    };
  }
  const cluster = await openCluster(developmentCluster);
  await ensureDatabase(cluster, 'aigency');
  return {
    appUrl: cluster.address(app, 'aigency'),
    ownerUrl: cluster.address(owner, 'aigency'),
    embedded: true,
    release: cluster.release,
  };
}
