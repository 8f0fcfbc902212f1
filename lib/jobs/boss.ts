import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { env } from '../runtime/env';
import { describeError, log } from '../runtime/log';
import { JOBS_SCHEMA } from './queues';

/** The engine on its own small pool. It never migrates here: the schema comes from `install`, with the owner's role. */
export async function openBoss(options: Partial<ConstructorOptions>): Promise<PgBoss> {
  const seconds = env().JOBS_MONITOR_SECONDS;
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: JOBS_SCHEMA,
    application_name: 'aigency-jobs',
    migrate: false,
    createSchema: false,
    schedule: false,
    // Rebuilding an index needs the owner's role, which this process must not have.
    reindex: false,
    superviseIntervalSeconds: seconds,
    monitorIntervalSeconds: seconds,
    queueCacheIntervalSeconds: 5,
    ...options,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job engine'));
  boss.on('warning', (warning) =>
    log.warn({ warning: describeError(new Error(warning.message)).message }, 'job engine'),
  );
  await boss.start({ attempts: 5 });
  return boss;
}
