// `npm run soak`: the long checks at full size, resumable.
import { run } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const { runProgram } = await import('./lib/run-program.mjs');
  process.exitCode = await runProgram('soak', process.argv.slice(2));
});
