// `npm run bench:optimizer [-- markets [first seed [only]]]`: the deciding engine against simpler policies on simulated markets.
import { spawn } from 'node:child_process';
import { bundlePrograms, programFile } from './lib/bundle.mjs';
import { run } from './lib/say.mjs';

await run(async () => {
  await bundlePrograms(['bench-optimizer']);
  process.exitCode = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [programFile('bench-optimizer'), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
});
