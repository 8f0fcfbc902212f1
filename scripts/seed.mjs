// `npm run seed <scenario>`: fills the database with a known situation. Without a name: lists the scenarios.
import { run } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const { runProgram } = await import('./lib/run-program.mjs');
  process.exitCode = await runProgram('seed', process.argv.slice(2));
});
