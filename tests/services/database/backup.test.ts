import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { backupTo, readManifest, restoreFrom } from '../../../scripts/postgres/backup.mjs';
import { createTestDatabase } from '../../setup/database';

const folder = () => mkdtempSync(path.join(tmpdir(), 'aigency-backup-'));

async function query(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Tables of one shape are enough: the copy does not know what a row means. */
const odd = `
  CREATE TABLE odd (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent bigint REFERENCES odd, raw bytea, note text, at timestamptz,
    amount numeric, list text[], doc jsonb, twice text GENERATED ALWAYS AS (note || note) STORED);
  INSERT INTO odd (parent, raw, note, at, amount, list, doc) VALUES
    (3, '\\x00ff0a', E'line\\nbreak, "quote" \\\\ and ü', '2026-03-29 01:59:59.123456+00', 12345678901234567890.05, ARRAY['a,b', NULL, '"'], '{"n": 1e400}'),
    (NULL, NULL, '', '0001-01-01 00:00+00', 'NaN', '{}', 'null'),
    (1, '', NULL, 'infinity', 0, NULL, '[]');`;

test('every row comes back exactly, references in a circle and odd values included', async () => {
  const [from, to] = [await createTestDatabase(), await createTestDatabase()];
  await query(from.ownerUrl, odd);
  await query(to.ownerUrl, odd.split('INSERT')[0] as string);
  const saved = folder();
  const backup = await backupTo(from.ownerUrl, saved);
  const restored = await restoreFrom(to.ownerUrl, saved);
  expect(restored).toEqual(backup);
  const read = (url: string) => query(url, 'SELECT odd::text AS line, md5(odd::text) AS sum FROM odd ORDER BY id');
  expect(await read(to.ownerUrl)).toEqual(await read(from.ownerUrl));
  expect(await query(to.ownerUrl, "INSERT INTO odd (note) VALUES ('next') RETURNING id::int")).toEqual([{ id: 4 }]);
  await expect(query(to.ownerUrl, 'INSERT INTO odd (parent) VALUES (99)')).rejects.toThrow(/foreign key/);
});

test('a database with rows is refused and left as it was', async () => {
  const from = await createTestDatabase();
  await query(from.ownerUrl, odd);
  const saved = folder();
  await backupTo(from.ownerUrl, saved);
  await expect(restoreFrom(from.ownerUrl, saved)).rejects.toThrow(/not empty/);
  expect(await query(from.ownerUrl, 'SELECT count(*)::int AS n FROM odd')).toEqual([{ n: 3 }]);
});

test('a backup of another version and a damaged one are refused', async () => {
  const [from, to] = [await createTestDatabase(), await createTestDatabase()];
  const saved = folder();
  await backupTo(from.ownerUrl, saved);
  const manifest = readManifest(saved);
  writeFileSync(
    path.join(saved, 'manifest.json'),
    JSON.stringify({ ...manifest, migrations: manifest.migrations.slice(1) }),
  );
  await expect(restoreFrom(to.ownerUrl, saved)).rejects.toThrow(/another version/);
  expect(() => readManifest(folder())).toThrow(/holds no backup/);
});

test('the application role cannot make a backup that silently lacks rows', async () => {
  const from = await createTestDatabase();
  await expect(backupTo(from.url, folder())).rejects.toThrow(/row-level security|permission denied/);
});
