import { parseArgs } from 'node:util';
import { createAnthropicSimulator } from './simulator';

/** Started alone: `--port N`, or MODEL_SIMULATOR_PORT. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'event-delay': { type: 'string' } } });
  const simulator = createAnthropicSimulator({ eventDelayMs: Number(values['event-delay'] ?? 0) });
  const { url, close } = await simulator.listen({
    port: Number(values.port ?? process.env.MODEL_SIMULATOR_PORT ?? 4020),
  });
  console.log(`simulated model API ready at ${url}`);

  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
