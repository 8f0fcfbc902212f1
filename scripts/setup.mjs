// Everything a fresh clone needs before any other command: Node version, packages, generated database client.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNodeVersion } from './lib/node-version.mjs';
import { assertSpace, installPackages } from './lib/packages.mjs';
import { run } from './lib/say.mjs';

/** Costs nothing when nothing changed. Imports of packages come after it, never at the top of a script. */
export async function setup() {
  assertNodeVersion();
  await installPackages();
  assertSpace(200);
  const { generateClient } = await import('./prisma/client.mjs');
  await generateClient();
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await run(setup);
