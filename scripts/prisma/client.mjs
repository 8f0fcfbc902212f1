// Generates the database client when the schema changed.
import { existsSync } from 'node:fs';
import { digestOf, isStamped, stamp } from '../lib/digest.mjs';
import { inData, inRoot } from '../lib/paths.mjs';
import { PlainError } from '../lib/say.mjs';
import { prisma } from './cli.mjs';

const output = inRoot('lib', 'runtime', 'prisma', 'client.ts');

export async function generateClient({ force = false } = {}) {
  if (!existsSync(inRoot('prisma', 'schema'))) return false;
  const digest = digestOf(['prisma/schema', 'node_modules/prisma/package.json']);
  const file = inData('stamps', 'prisma-client');
  if (!force && existsSync(output) && isStamped(file, digest)) return false;
  const { code, output: text } = await prisma(['generate', '--no-hints'], { quiet: true });
  if (code !== 0) throw new PlainError(`The database client could not be generated:\n${text.trim()}`);
  stamp(file, digest);
  return true;
}
