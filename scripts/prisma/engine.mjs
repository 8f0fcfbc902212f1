// Prisma's schema engine as WebAssembly: migrations without downloading a program (docs/decisions/002).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { MigrationAdapter } from './adapter.mjs';

let loading; // instantiating twice in one process corrupts the first engine
const load = () => {
  loading ??= (async () => {
    const require = createRequire(import.meta.url);
    const directory = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
    const glue = await import(pathToFileURL(path.join(directory, 'schema_engine_bg.js')).href);
    const module = new WebAssembly.Module(readFileSync(path.join(directory, 'schema_engine_bg.wasm')));
    const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue });
    glue.__wbg_set_wasm(instance.exports);
    globalThis.PRISMA_WASM_PANIC_REGISTRY ??= new PanicRegistry();
    instance.exports.__wbindgen_start();
    return glue;
  })();
  return loading;
};

class PanicRegistry {
  message = '';
  set_message(message) {
    this.message = message;
  }
}

/** The message of the engine's last panic, if the error is one. */
export const panicMessage = (error) =>
  error instanceof WebAssembly.RuntimeError
    ? globalThis.PRISMA_WASM_PANIC_REGISTRY?.message || error.message
    : undefined;

export async function openEngine(url, { datamodels, onLog = () => {} } = {}) {
  const glue = await load();
  const factory = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(url));
  return glue.SchemaEngine.new({ datamodels }, onLog, factory);
}

export const noFilters = { externalTables: [], externalEnums: [] };
