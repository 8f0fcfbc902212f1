// A logical backup through the ordinary connection: the bundled PostgreSQL has no pg_dump, and a hosted one needs none either.
// Rows travel as PostgreSQL's own text form of a whole row, which every type survives unchanged.

import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { PlainError } from '../lib/say.mjs';
import { connectionFields } from '../prisma/connection.mjs';

const format = 1;
const batch = 500;
const manifestName = 'manifest.json';

// The job engine's own bookkeeping is made anew by its installation; only the jobs themselves are data.
const wanted = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, c.oid::int AS oid
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND ((n.nspname = 'public' AND c.relname <> '_prisma_migrations') OR (n.nspname = 'jobs' AND c.relname = 'job'))
  ORDER BY 1`;
const columnsOf = `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`;
const history =
  'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name';
const sequences = `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL`;

export async function backupTo(url, folder) {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new PlainError(`${folder} is not empty. Name another folder.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return inTransaction(url, 'REPEATABLE READ READ ONLY', async (client) => {
    const tables = [];
    for (const { name, oid } of await all(client, wanted)) {
      const file = `${name.replaceAll('"', '')}.gz`;
      const columns = (await all(client, columnsOf, [oid])).map((column) => column.name);
      tables.push({ name, columns, file, rows: await saveTable(client, name, path.join(folder, file)) });
    }
    const manifest = {
      format,
      createdAt: new Date().toISOString(),
      migrations: await all(client, history),
      sequences: await all(client, sequences),
      tables,
    };
    writeFileSync(path.join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    return totals(tables);
  });
}

async function saveTable(client, name, file) {
  const zip = createGzip();
  const out = createWriteStream(file, { mode: 0o600 });
  const finished = once(out, 'finish');
  zip.pipe(out);
  let rows = 0;
  await client.query(`DECLARE saved NO SCROLL CURSOR FOR SELECT t::text AS line FROM ${name} t`);
  for (;;) {
    const lines = await all(client, `FETCH ${batch} FROM saved`);
    if (lines.length === 0) break;
    rows += lines.length;
    if (!zip.write(lines.map(({ line }) => `${JSON.stringify(line)}\n`).join(''))) await once(zip, 'drain');
  }
  await client.query('CLOSE saved');
  zip.end();
  await finished;
  return rows;
}

export function readManifest(folder) {
  const file = path.join(folder, manifestName);
  if (!existsSync(file)) throw new PlainError(`${folder} holds no backup (no ${manifestName}).`);
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.format !== format)
    throw new PlainError(`This backup has format ${manifest.format}; this version reads format ${format}.`);
  return manifest;
}

/** All or nothing: one transaction. Foreign keys are dropped and made again, which also proves that the rows fit together. */
export async function restoreFrom(url, folder) {
  const manifest = readManifest(folder);
  return inTransaction(url, 'READ COMMITTED', async (client) => {
    await refuseOtherVersion(client, manifest);
    const present = await all(client, wanted);
    for (const { name } of present) {
      if ((await all(client, `SELECT 1 FROM ${name} LIMIT 1`)).length > 0) {
        throw new PlainError(
          `The database is not empty (${name} has rows). A backup is restored into an empty one only.`,
        );
      }
    }
    const oids = present.map(({ oid }) => oid);
    const keys = await all(
      client,
      `SELECT conname AS name, conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE contype = 'f' AND conparentid = 0 AND conrelid = ANY($1)`,
      [oids],
    );
    for (const key of keys) await client.query(`ALTER TABLE ${key.table} DROP CONSTRAINT "${key.name}"`);
    const ours = present.filter(({ name }) => !name.startsWith('jobs.'));
    for (const { name } of ours) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    for (const table of manifest.tables) await loadTable(client, table, path.join(folder, table.file));
    for (const { name } of ours) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    for (const key of keys)
      await client.query(`ALTER TABLE ${key.table} ADD CONSTRAINT "${key.name}" ${key.definition}`);
    for (const { name, value } of manifest.sequences)
      await client.query('SELECT setval($1::regclass, $2)', [name, value]);
    return totals(manifest.tables);
  });
}

async function refuseOtherVersion(client, { migrations }) {
  const present = await all(client, history);
  if (JSON.stringify(present) === JSON.stringify(migrations)) return;
  const last = migrations.at(-1)?.name;
  throw new PlainError(
    `The backup was made by another version (its last migration is ${last}). Restore it with that version, then update.`,
  );
}

async function loadTable(client, { name, columns, rows }, file) {
  if (rows === 0) return;
  const picked = columns.map((column) => `(line).${column}`).join(', ');
  const insert = `WITH given AS MATERIALIZED (SELECT text::${name} AS line FROM unnest($1::text[]) AS text)
    INSERT INTO ${name} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${picked} FROM given`;
  let lines = [];
  let loaded = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    await client.query(insert, [lines]);
    loaded += lines.length;
    lines = [];
  };
  for await (const line of readline.createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    lines.push(JSON.parse(line));
    if (lines.length >= batch) await flush();
  }
  await flush();
  if (loaded !== rows)
    throw new PlainError(`The backup is damaged: ${name} should have ${rows} rows and has ${loaded}.`);
}

async function inTransaction(url, mode, work) {
  const client = new pg.Client(connectionFields(url).fields);
  await client.connect();
  try {
    // "row_security off" makes the server refuse rather than leave out rows of a role that may not see all of them.
    await client.query(
      "SET row_security = off; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 1",
    );
    await client.query(`BEGIN ISOLATION LEVEL ${mode}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

const all = async (client, sql, values) => (await client.query(sql, values)).rows;
const totals = (tables) => ({ tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0) });
