import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseEnv } from '../../scripts/lib/env-file.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';

const example = readFileSync(inRoot('.env.example'), 'utf8');
const source = readFileSync(inRoot('lib', 'runtime', 'env.ts'), 'utf8');

test('.env.example names every variable the app reads', () => {
  const read = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name as string);
  const given = ['NODE_ENV', 'VERCEL']; // set by Node and by the host
  const missing = read.filter((name) => !given.includes(name) && !new RegExp(`^#? ?${name}=`, 'm').test(example));
  expect(read.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test('every variable in .env.example is explained', () => {
  const lines = example.split('\n');
  const unexplained = lines.filter((line, at) => {
    if (!/^#? ?[A-Z][A-Z0-9_]+=/.test(line)) return false;
    const before = lines.slice(0, at).reverse();
    const comment = before.find(
      (earlier) => earlier.trim() === '' || (earlier.startsWith('#') && !/^# ?[A-Z][A-Z0-9_]+=/.test(earlier)),
    );
    return !comment?.startsWith('#');
  });
  expect(unexplained).toEqual([]);
});

test('it gives no secret and boots as copied: what is needed is generated or has a default', () => {
  const values = parseEnv(example);
  for (const name of [
    'DATABASE_URL',
    'MIGRATE_DATABASE_URL',
    'BETTER_AUTH_SECRET',
    'ENCRYPTION_KEY',
    'CRON_SECRET',
    'ANTHROPIC_API_KEY',
    'FACEBOOK_APP_SECRET',
  ]) {
    expect(values[name] ?? '').toBe('');
  }
});
