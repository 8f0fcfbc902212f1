import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../../scripts/lib/paths.mjs';

type Entry = { version: string; resolved?: string; optionalDependencies?: Record<string, string>; link?: boolean };
const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};

// A package whose build for some platform is missing on the registry makes `npm ci` fail on every platform.
test('the lock file names every platform package', () => {
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((wanted) => !packages[`${name}/node_modules/${wanted}`] && !packages[`node_modules/${wanted}`])
      .map((wanted) => `${name} wants ${wanted}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file holds no addresses of one machine', () => {
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved && !entry.link)).toEqual([]);
});

test('dependencies are pinned exactly', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, range]) => !/^\d/.test(range));
  expect(loose).toEqual([]);
});
