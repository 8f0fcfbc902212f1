#!/usr/bin/env node
// Stands in for Prisma's native schema engine under the unmodified `prisma` command: the same line protocol, answered by the
// WebAssembly engine. Named to the command by PRISMA_SCHEMA_ENGINE_BINARY (scripts/prisma/cli.mjs).
import { readFileSync } from 'node:fs';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { connectionFields, withDatabase } from './connection.mjs';
import { openEngine, panicMessage } from './engine.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
});
const url = values.datasource ? JSON.parse(values.datasource).url : undefined;

if (values.version) console.log('schema-engine-cli wasm');
else if (positionals[0] === 'cli') await databaseCommand(positionals[1]);
else serve();

async function withClient(target, work) {
  const client = new pg.Client(connectionFields(target).fields);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase() {
  const { database } = connectionFields(url).fields;
  await withClient(withDatabase(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`),
  );
  return { databaseName: database };
}

/** `cli can-connect-to-database | create-database | drop-database`: the caller skips the first line and reads JSON log lines. */
async function databaseCommand(command) {
  try {
    if (command === 'can-connect-to-database') await withClient(url, () => {});
    else if (command === 'create-database') await createDatabase();
    else if (command === 'drop-database') {
      const { database } = connectionFields(url).fields;
      await withClient(withDatabase(url, 'postgres'), (client) =>
        client.query(`DROP DATABASE ${client.escapeIdentifier(database)}`),
      );
    } else throw new Error(`unknown command ${command}`);
  } catch (error) {
    const missing = error.code === '3D000';
    const refused = error.code === '28P01';
    const code = missing ? 'P1003' : refused ? 'P1000' : 'P1001';
    const message = error.message || `Can't reach the database server (${error.code})`;
    process.stderr.write(
      `schema engine\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: code, message } })}\n`,
    );
    process.exit(1);
  }
}

function serve() {
  let engine;
  let diagnosed = false;
  const open = (target = url) =>
    openEngine(target ?? 'postgresql://localhost/postgres', {
      datamodels: values.datamodels?.map((file) => [file, readFileSync(file, 'utf8')]),
    });
  const current = async () => {
    engine ??= await open();
    return engine;
  };
  // The engine refuses these two unless a diagnosis has prepared its shadow database.
  const diagnosedFirst = async (params) => {
    const opened = await current();
    if (!diagnosed) await opened.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    diagnosed = true;
    return opened;
  };

  const methods = {
    createDatabase,
    getDatabaseVersion: async (params) => (await current()).version(params),
    devDiagnostic: async (params) => {
      diagnosed = true;
      return (await current()).devDiagnostic(params);
    },
    createMigration: async (params) => (await diagnosedFirst(params)).createMigration(params),
    evaluateDataLoss: async (params) => (await diagnosedFirst(params)).evaluateDataLoss(params),
    dbExecute: async (params) => {
      const target = params.datasourceType?.url ?? url;
      await withClient(target, (client) => client.query(params.script));
      return null;
    },
    diff: async (params) => {
      const target = [params.from, params.to].map((side) => side.url).find(Boolean) ?? params.shadowDatabaseUrl ?? url;
      const opened = target === url ? await current() : await open(target);
      const { exitCode, stdout } = await opened.diff(params);
      if (stdout != null) print(stdout);
      return { exitCode };
    },
    reset: async (params) => {
      await (await current()).reset(params);
      return null;
    },
  };

  let nextId = 1;
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const print = (content) => send({ id: nextId++, method: 'print', params: { content } });

  const input = readline.createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  let busy = Promise.resolve();
  input.on('line', (line) => {
    const request = JSON.parse(line);
    if (!request.method) return; // the answer to a print
    busy = busy.then(() => answer(request));
  });
  input.on('close', () => busy.finally(() => process.exit(0)));

  async function answer({ id, method, params }) {
    try {
      const known = methods[method] ?? (async (given) => (await current())[method](given));
      send({ id, result: (await known(params ?? {})) ?? null });
    } catch (error) {
      const panic = panicMessage(error);
      const message = panic ?? error?.message ?? String(error);
      send({
        id,
        error: {
          code: 4466,
          message: 'An error happened. Check the data field for details.',
          data: { is_panic: Boolean(panic), message, error_code: error?.code ?? null, meta: error?.meta ?? null },
        },
      });
    }
  }
}
