import { parseArgs } from 'node:util';
import { createMetaSimulator } from './simulator';
import { createFileStore } from './store/file-store';

/** Started alone: `--port N --data DIR`, or SIMULATOR_PORT and SIMULATOR_DATA_DIR; `--host`, `--strict` and `--legacy` besides. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      'public-url': { type: 'string' },
      strict: { type: 'boolean' },
      legacy: { type: 'boolean' },
      host: { type: 'string' },
    },
  });
  const port = Number(values.port ?? process.env.SIMULATOR_PORT ?? 4010);
  const directory = values.data ?? process.env.SIMULATOR_DATA_DIR ?? '.simulator/meta';

  const simulator = createMetaSimulator({
    store: createFileStore(directory),
    publicUrl: values['public-url'] ?? process.env.SIMULATOR_PUBLIC_URL ?? '',
    adminKey: process.env.SIMULATOR_ADMIN_KEY || null,
    strictVersions: values.strict ?? false,
    legacyFeatures: values.legacy ?? false,
  });
  const { url, close } = await simulator.listen({ port, hostname: values.host });
  console.log(`simulated Meta Graph API ready at ${url} (state in ${directory})`);

  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
