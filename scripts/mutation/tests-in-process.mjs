// Runs a file of pure tests again and again within this process: one build, a fresh copy of every module per run. A test
// runner's own start would cost a thousand times what these tests take.
import { createRequire } from 'node:module';
import path from 'node:path';
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';
import { build } from 'esbuild';
import { inRoot, root } from '../lib/paths.mjs';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const require = createRequire(inRoot('package.json'));
const MOST_TURNS = 20_000_000;

/** @returns a function that says whether all tests pass with one mutant awake (0: none) */
export async function testsInProcess({ file, code, tests }) {
  const target = inRoot(file);
  const { outputFiles } = await build({
    stdin: { contents: tests.map((name) => `import '${inRoot(name)}';`).join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    external: ['vitest', 'fast-check'],
    alias: { '@': root },
    logLevel: 'error',
    plugins: [
      {
        name: 'mutants',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, (args) =>
            path.normalize(args.path) === target ? { contents: code, loader: 'ts' } : null,
          ),
      },
    ],
  });
  const bundle = outputFiles[0].text;
  return async (mutant) => {
    let turns = 0;
    globalThis.__mutant = mutant;
    globalThis.__turn = () => {
      turns += 1;
      if (turns > MOST_TURNS) throw new Error('a loop without an end');
    };
    const waiting = [];
    const given = (name) => (name === 'vitest' ? runner(waiting) : require(name));
    try {
      new Function('require', 'module', 'exports', bundle)(given, { exports: {} }, {});
      for (const run of waiting) await run();
      return true;
    } catch {
      return false;
    }
  };
}

/** As much of a test runner as pure tests use. */
function runner(waiting) {
  const describe = (_name, body) => body();
  const it = (_name, body) => waiting.push(body);
  const each = (rows) => (_name, body) => {
    for (const row of rows) waiting.push(() => body(...(Array.isArray(row) ? row : [row])));
  };
  it.each = each;
  describe.each = (rows) => (_name, body) => {
    for (const row of rows) body(...(Array.isArray(row) ? row : [row]));
  };
  const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
  return { describe, it, test: it, expect };
}
