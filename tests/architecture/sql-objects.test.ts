import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const prisma = path.resolve(import.meta.dirname, '../../prisma');

it.each(readdirSync(path.join(prisma, 'sql')))(
  'what only SQL can express stands in the migrations word for word: %s',
  (file) => {
    const declared = readFileSync(path.join(prisma, 'sql', file), 'utf8');
    const migrations = readdirSync(path.join(prisma, 'migrations'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => readFileSync(path.join(prisma, 'migrations', entry.name, 'migration.sql'), 'utf8'))
      .join('\n');
    expect(migrations).toContain(declared.trim());
  },
);

it('every tenant table is created before the policies that name it', () => {
  const [first] = readdirSync(path.join(prisma, 'migrations')).sort();
  const sql = readFileSync(path.join(prisma, 'migrations', first ?? '', 'migration.sql'), 'utf8');
  expect(sql.indexOf('CREATE POLICY')).toBeGreaterThan(sql.lastIndexOf('CREATE TABLE'));
});
