// Reads the migrations folder, applies it, compares it. What `prisma migrate deploy` and `diff` do, in 0.2 s.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { PlainError } from '../lib/say.mjs';
import { noFilters, openEngine, panicMessage } from './engine.mjs';

export const migrationsDir = inRoot('prisma', 'migrations');
export const schemaDir = inRoot('prisma', 'schema');

export function readMigrations(directory = migrationsDir) {
  const entries = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  const lock = path.join(directory, 'migration_lock.toml');
  return {
    baseDir: directory,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    migrationDirectories: entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: readSql(path.join(directory, name, 'migration.sql')) },
      })),
  };
}

function readSql(file) {
  try {
    return { tag: 'ok', value: readFileSync(file, 'utf8') };
  } catch (error) {
    return { tag: 'error', value: error.message };
  }
}

export function readSchema(directory = schemaDir) {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.prisma'),
  );
  return files
    .sort()
    .map((name) => ({ path: path.join(directory, name), content: readFileSync(path.join(directory, name), 'utf8') }));
}

/** Applies what is missing and answers the names applied now. */
export async function applyMigrations(url, directory = migrationsDir) {
  const migrationsList = readMigrations(directory);
  if (migrationsList.migrationDirectories.length === 0) return [];
  return withEngine(
    url,
    async (engine) => (await engine.applyMigrations({ migrationsList, filters: noFilters })).appliedMigrationNames,
  );
}

/** SQL that would bring the committed migrations to the schema files: empty when they agree. Needs the right to create a database. */
export async function pendingSchemaSql(url) {
  return withEngine(url, async (engine) => {
    const schema = { tag: 'schemaDatamodel', files: readSchema() };
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations() },
      to: schema,
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: noFilters,
    });
    return (stdout ?? '').replace(/^-- This is an empty migration\.\s*/, '').trim();
  });
}

async function withEngine(url, work) {
  const engine = await openEngine(url);
  try {
    return await work(engine);
  } catch (error) {
    throw new PlainError(`Migrations: ${panicMessage(error) ?? readableError(error)}`);
  } finally {
    engine.free();
  }
}

export function readableError(error) {
  const message = error?.message ?? String(error);
  return message.trim();
}
