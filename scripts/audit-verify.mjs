// `npm run audit:verify [-- <workspace> [--export]]`: checks every audit trail and names the first bad row.
import { run } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const { runProgram } = await import('./lib/run-program.mjs');
  process.exitCode = await runProgram('audit-verify', process.argv.slice(2));
});
