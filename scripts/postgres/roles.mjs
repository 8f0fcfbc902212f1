// Two roles: the owner migrates, the application only reads and writes rows (and is subject to row-level security).
import pg from 'pg';

export const owner = 'aigency_owner';
export const app = 'aigency_app';

export async function ensureRoles(superuserUrl, passwords) {
  await connected(superuserUrl, async (client) => {
    const { rows } = await client.query('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [[owner, app]]);
    const known = new Set(rows.map((row) => row.rolname));
    const password = (role) => client.escapeLiteral(passwords[role]);
    if (!known.has(owner))
      await client.query(
        `CREATE ROLE ${owner} LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD ${password(owner)}`,
      );
    if (!known.has(app))
      await client.query(
        `CREATE ROLE ${app} LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD ${password(app)}`,
      );
  });
}

/** Creates the database if missing; everything the owner ever creates in it, in any schema, is usable by the application. */
export async function ensureDatabase(cluster, database) {
  const created = await connected(cluster.address('postgres', 'postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount) return false;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${owner}`);
    return true;
  });
  if (!created) return false;
  await connected(cluster.address('postgres', database), (client) => client.query(grantsToApplication));
  return true;
}

const grantsToApplication = `
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO ${app};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT USAGE ON SCHEMAS TO ${app};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO ${app};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT EXECUTE ON FUNCTIONS TO ${app};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT USAGE ON TYPES TO ${app};
`;

export async function connected(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
