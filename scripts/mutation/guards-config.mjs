// vitest's configuration with one guard taken out: its text is replaced while it is loaded, and what stands in the database
// is dropped from each test file's own. The sources on disk stay as they are. See guards.mjs.
import path from 'node:path';
import base from '../../vitest.config.ts';
import { inRoot, root } from '../lib/paths.mjs';

const takeOut = {
  name: 'without-guard',
  enforce: 'pre',
  transform(code, id) {
    const file = path.normalize(id.split('?')[0]);
    // Set by without-guards.mjs, which keeps one runner for all guards.
    const mine = (globalThis.aigencyEdits ?? []).filter((edit) => inRoot(edit.file) === file);
    return mine.length === 0 ? null : { code: mine.reduce((text, edit) => edited(text, edit), code), map: null };
  },
};

function edited(text, { file, from, to }) {
  if (text.split(from).length !== 2) throw new Error(`${file}: "${from}" must stand there exactly once`);
  return text.replace(from, () => to);
}

const PATIENCE_MS = 300_000;
const { projects, ...rest } = base.test;
export default {
  ...base,
  root,
  plugins: [takeOut],
  test: {
    ...rest,
    // What is kept between runs was translated with every guard in place.
    experimental: { ...rest.experimental, fsModuleCache: false },
    projects: projects.map((project) => ({
      ...project,
      root,
      test: {
        ...project.test,
        // The same file is loaded again and again here, each time with another line missing.
        isolate: true,
        // On a busy machine slowness must not look like a test that noticed.
        testTimeout: PATIENCE_MS,
        hookTimeout: PATIENCE_MS,
        setupFiles: [...project.test.setupFiles, inRoot('scripts/mutation/without-guard.mjs')],
      },
    })),
  },
};
