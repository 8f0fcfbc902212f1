// `npm run db:*`: Prisma's own commands against the configured or the embedded database.
//   db:migrate -- --name add_x   creates a migration from the schema's changes and applies it
//   db:generate | db:status | db:deploy | db:diff | db:reset | db:url | db:sql "select 1"
import { openDatabase } from './lib/database.mjs';
import { withDotEnv } from './lib/env-file.mjs';
import { migrate } from './lib/migrate.mjs';
import { PlainError, run, say } from './lib/say.mjs';
import { localSecrets } from './lib/secrets.mjs';
import { connected } from './postgres/roles.mjs';
import { prisma } from './prisma/cli.mjs';
import { generateClient } from './prisma/client.mjs';
import { pendingSchemaSql } from './prisma/migrations.mjs';

const [command, ...rest] = process.argv.slice(2);

const commands = {
  generate: async () => void say((await generateClient({ force: true })) ? 'Client generated.' : 'No schema yet.'),
  migrate: async (database) => {
    const code = await cli(database, ['migrate', 'dev', ...rest]);
    if (code === 0) await generateClient();
    return code;
  },
  status: (database) => cli(database, ['migrate', 'status', ...rest]),
  reset: (database) => cli(database, ['migrate', 'reset', ...rest]),
  validate: (database) => cli(database, ['validate', ...rest]),
  format: (database) => cli(database, ['format', ...rest]),
  studio: (database) => cli(database, ['studio', ...rest]),
  prisma: (database) => cli(database, rest),
  deploy: async (database) => {
    const env = withDotEnv();
    const applied = await migrate({ ...database, env: { ...env, ...localSecrets(env) } });
    say(applied.length ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.');
  },
  diff: async (database) => {
    const sql = await pendingSchemaSql(database.ownerUrl);
    say(sql || 'Schema and migrations agree.');
  },
  url: async (database) => say(`DATABASE_URL=${database.appUrl}\nMIGRATE_DATABASE_URL=${database.ownerUrl}`),
  sql: async (database) => {
    const results = await connected(database.ownerUrl, (client) => client.query(rest.join(' ')));
    for (const result of [results].flat())
      result.rows?.length ? console.table(result.rows) : say(`${result.command} ${result.rowCount ?? ''}`);
  },
};

const cli = async (database, args) =>
  (await prisma(args, { env: { DATABASE_URL: database.appUrl, MIGRATE_DATABASE_URL: database.ownerUrl } })).code;

await run(async () => {
  const chosen = commands[command];
  if (!chosen) throw new PlainError(`Unknown command "${command ?? ''}". Known: ${Object.keys(commands).join(', ')}.`);
  if (command === 'generate') return chosen();
  const database = await openDatabase();
  process.on('SIGINT', () => {}); // the child ends by itself; the database is still released below
  let code = 1;
  try {
    code = (await chosen(database)) ?? 0;
  } finally {
    await database.release();
  }
  process.exitCode = code;
});
