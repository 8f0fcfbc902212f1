import { pathToFileURL } from 'node:url';
import { Client, escapeIdentifier } from 'pg';
import { PgBoss } from 'pg-boss';
import { env } from '../runtime/env';
import { DEAD_QUEUE, JOB_QUEUES, JOBS_SCHEMA, QUEUE_OPTIONS } from './queues';

type Install = { ownerUrl: string; appUrl: string };

/** Creates or upgrades the job schema and its queues with the owner's role, and lets the app's role use them. Repeatable. */
export async function installJobs({ ownerUrl, appUrl }: Install): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
    max: 2,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const name of [DEAD_QUEUE, ...JOB_QUEUES] as const) {
      const { policy: _policy, ...changeable } = QUEUE_OPTIONS[name];
      if (existing.has(name)) await boss.updateQueue(name, changeable);
      else await boss.createQueue(name, QUEUE_OPTIONS[name]);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await grant(ownerUrl, new URL(appUrl).username, new URL(ownerUrl).username);
}

async function grant(ownerUrl: string, appRole: string, ownerRole: string): Promise<void> {
  if (!appRole || appRole === ownerRole) return;
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const role = escapeIdentifier(decodeURIComponent(appRole));
  try {
    await client.query(`GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO ${role}`);
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO ${role}`);
    await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${JOBS_SCHEMA} TO ${role}`);
    await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOBS_SCHEMA} TO ${role}`);
  } finally {
    await client.end();
  }
}

// Run at migrate time as a process of its own.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { DATABASE_URL: appUrl, MIGRATE_DATABASE_URL: ownerUrl = appUrl } = env();
  await installJobs({ ownerUrl, appUrl });
}
