// Makes runnable programs of our TypeScript entries: worker, simulators, seeds (docs/decisions/004).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from './digest.mjs';
import { withLock } from './locks.mjs';
import { buildDir, inData, inRoot, root } from './paths.mjs';
import { PlainError } from './say.mjs';

/** Program name -> source. An entry that does not exist is left out. */
export const entries = {
  worker: 'lib/jobs/main.ts',
  install: 'lib/jobs/install.ts',
  'simulator-meta': 'lib/simulators/meta/main.ts',
  'simulator-anthropic': 'lib/simulators/anthropic/main.ts',
  seed: 'prisma/seed/main.ts',
  soak: 'tests/soak/main.ts',
  'audit-verify': 'scripts/audit/main.ts',
  'bench-optimizer': 'tests/bench/optimizer/run.ts',
  'bench-scale': 'tests/bench/scale/run.ts',
  'bench-wrapper': 'tests/bench/wrapper/run.ts',
};

export const hasEntry = (name) => existsSync(inRoot(entries[name]));
export const programFile = (name) => path.join(buildDir, `${name}.mjs`);

/** Bundles the named programs (all by default) unless none of the files they are made of changed. */
export async function bundlePrograms(names = Object.keys(entries)) {
  const stale = () => names.filter(hasEntry).filter((name) => !isCurrent(name));
  if (stale().length === 0) return;
  await withLock(inData('programs.lock'), async () => {
    mkdirSync(buildDir, { recursive: true });
    await Promise.all(stale().map(build));
  });
}

const recordOf = (name) => path.join(buildDir, `${name}.inputs.json`);
const digestInputs = (inputs) => digestOf([...inputs, 'package-lock.json', 'tsconfig.json', 'scripts/lib/bundle.mjs']);

function isCurrent(name) {
  if (!existsSync(recordOf(name)) || !existsSync(programFile(name))) return false;
  const { inputs, digest } = JSON.parse(readFileSync(recordOf(name), 'utf8'));
  return digest === digestInputs(inputs);
}

async function build(name) {
  const { build: esbuild } = await import('esbuild');
  try {
    const { metafile } = await esbuild({
      absWorkingDir: root,
      entryPoints: [entries[name]],
      outfile: programFile(name),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      jsx: 'automatic',
      sourcemap: true,
      sourcesContent: false,
      metafile: true,
      alias: { 'server-only': inRoot('scripts', 'lib', 'empty.mjs') },
      tsconfig: inRoot('tsconfig.json'),
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    writeFileSync(recordOf(name), JSON.stringify({ digest: digestInputs(inputs), inputs }));
  } catch (error) {
    const messages = (error.errors ?? []).map(({ text, location }) =>
      location ? `${location.file}:${location.line}: ${text}` : text,
    );
    throw new PlainError(`The program "${name}" could not be built:\n${messages.join('\n') || error.message}`);
  }
}
