import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrationsDir, pendingSchemaSql } from '../../../scripts/prisma/migrations.mjs';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await client.connect();
});
afterAll(() => client.end());

const query = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows;

test('the committed migrations make exactly the schema files', async () => {
  expect(await pendingSchemaSql(process.env.MIGRATE_DATABASE_URL ?? '')).toBe('');
});

test('the history is the one `prisma migrate deploy` would have written', async () => {
  const rows = await query<{ migration_name: string; checksum: string; finished: boolean; steps: number }>(
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count AS steps FROM _prisma_migrations ORDER BY migration_name',
  );
  const files = readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const expected = files
    .map(({ name }) => ({
      migration_name: name,
      checksum: createHash('sha256')
        .update(readFileSync(path.join(migrationsDir, name, 'migration.sql')))
        .digest('hex'),
      finished: true,
      steps: 1,
    }))
    .sort((a, b) => a.migration_name.localeCompare(b.migration_name));
  expect(rows).toEqual(expected);
});

test('the application can use every table and owns none', async () => {
  const rows = await query<{ name: string; owner: string; usable: boolean }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name, tableowner AS owner,
           has_table_privilege('aigency_app', format('%I.%I', schemaname, tablename), 'SELECT') AS usable
    FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => !row.usable || row.owner === 'aigency_app').map((row) => row.name)).toEqual([]);
});

test('the application role cannot step around row-level security', async () => {
  const [role] = await query(
    "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'aigency_app'",
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
});

test('each test file has a database of its own', () => {
  expect(process.env.DATABASE_URL).toContain('/t_');
  expect(inject('testCluster').template).toMatch(/^template_/);
});
