// Files with a database share a process, so that libraries are loaded once: what a file before this one left in the
// process (settings, our modules, what they keep across them) is taken back here, before anything is imported.
import { afterAll, vi } from 'vitest';

type Kept = { aigencyTestEnvironment?: NodeJS.ProcessEnv; aigencyDb?: { client?: { $disconnect(): Promise<void> } } };
const kept = globalThis as typeof globalThis & Kept;

const original = kept.aigencyTestEnvironment ?? { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in original)) delete process.env[name];
Object.assign(process.env, original);

vi.resetModules();
for (const name of Object.keys(globalThis)) if (name.startsWith('aigency')) Reflect.deleteProperty(globalThis, name);
kept.aigencyTestEnvironment = original;

// Work after the answer belongs to the framework's server, which does not run here.
vi.mock('next/server', () => ({ after: () => undefined }));

afterAll(() => kept.aigencyDb?.client?.$disconnect());
