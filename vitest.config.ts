import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/setup/longest-first.mjs';

const root = import.meta.dirname;
const setup = (name: string) => path.join(root, 'tests', 'setup', name);
const always = [setup('environment.ts'), setup('console.ts')];
const withDatabase = {
  globalSetup: [setup('global-database.ts')],
  setupFiles: [setup('fresh-start.ts'), setup('environment.ts'), setup('database-per-file.ts'), setup('console.ts')],
  isolate: false,
};

interface Project {
  setupFiles: string[];
  include?: string[];
  isolate?: boolean;
  sequence?: { groupOrder: number };
  globalSetup?: string[];
  testTimeout?: number;
}

const project = (name: string, options: Project) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], hookTimeout: 60_000, ...options },
});

export default defineConfig({
  resolve: { alias: { '@': root, 'server-only': setup('empty.ts') } },
  // JSX as Next compiles it, for components rendered to text in a test.
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    environment: 'node',
    pool: 'forks',
    // One more than the processors of a small machine: many tests wait for a while.
    maxWorkers: 3,
    passWithNoTests: true,
    restoreMocks: true,
    unstubEnvs: true,
    // What was translated once serves every part and process of the run.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure code keeps nothing between files: loading it once per process is a third of the run.
      project('unit', { setupFiles: always, testTimeout: 15_000, isolate: false }),
      project('architecture', { setupFiles: always, testTimeout: 60_000 }),
      project('services', { ...withDatabase, testTimeout: 30_000 }),
      project('contract', { ...withDatabase, include: ['tests/contract/meta/**/*.test.ts'], testTimeout: 60_000 }),
      // Talks to the simulator over HTTP, as a stranger would: no database, and nothing kept between files.
      project('contract-simulator', {
        setupFiles: always,
        include: ['tests/contract/simulator/**/*.test.ts'],
        testTimeout: 60_000,
        isolate: false,
      }),
      // Programs of their own, killed and timed: after everything else.
      project('faults', { ...withDatabase, testTimeout: 120_000, sequence: { groupOrder: 1 } }),
    ],
  },
});
