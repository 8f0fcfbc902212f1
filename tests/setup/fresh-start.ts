// Files with a database share a process, so that libraries are loaded once: what a file before this one left in the
// process (settings, our modules, what they keep across them) is taken back here, before anything is imported.
import { afterAll, vi } from 'vitest';

type Kept = { aigency?: { db?: { client?: { $disconnect(): Promise<void> } } }; testEnvironment?: NodeJS.ProcessEnv };
const kept = globalThis as typeof globalThis & Kept;

const original = kept.testEnvironment ?? { ...process.env };
kept.testEnvironment = original;
for (const name of Object.keys(process.env)) if (!(name in original)) delete process.env[name];
Object.assign(process.env, original);

// What a file before this one left running keeps its own modules and what they share (runtime/process-wide).
vi.resetModules();
delete kept.aigency;

// Work after the answer belongs to the framework's server, which does not run here.
vi.mock('next/server', () => ({ after: () => undefined }));

afterAll(() => kept.aigency?.db?.client?.$disconnect());
