// `npm run verify`: the quick half of the checks, each with its time.
import { spawn } from 'node:child_process';
import { inRoot, root } from './lib/paths.mjs';
import { run, say, seconds } from './lib/say.mjs';
import { setup } from './setup.mjs';

const program = (...parts) => inRoot('node_modules', ...parts);
const parts = [
  ['Types', [program('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false']],
  ['Lint and format', [program('@biomejs', 'biome', 'bin', 'biome'), 'check', '.', '--max-diagnostics=30']],
  ['Import rules', [inRoot('scripts', 'imports.mjs')]],
  ['Unused code', [program('knip', 'bin', 'knip.js'), '--no-progress']],
  [
    'Unit and architecture tests',
    [program('vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--project', 'architecture', '--reporter=dot'],
  ],
];

await run(async () => {
  const began = Date.now();
  await setup();
  let broken = 0;
  for (const [name, args] of parts) {
    const started = Date.now();
    const { code, output } = await collect(args);
    say(`${code === 0 ? 'ok    ' : 'BROKEN'} ${name.padEnd(28)} ${seconds(started)}`);
    if (code === 0) continue;
    broken += 1;
    say(output.trim().replace(/^/gm, '       '));
  }
  say(
    broken === 0
      ? `Everything holds, in ${seconds(began)}.`
      : `${broken} of ${parts.length} checks are broken, in ${seconds(began)}.`,
  );
  process.exitCode = broken === 0 ? 0 : 1;
});

function collect(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
