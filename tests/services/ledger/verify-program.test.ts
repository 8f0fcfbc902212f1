import { spawnSync } from 'node:child_process';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { buildProject } from '@/tests/factories';
import { bundlePrograms, programFile } from '../../../scripts/lib/bundle.mjs';

beforeAll(async () => {
  plugJobEngine();
  await bundlePrograms(['audit-verify']);
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const verify = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [programFile('audit-verify'), ...args], {
    env: process.env,
    encoding: 'utf8',
  });
  return { status, said: stdout };
};

it('npm run audit:verify says that a trail is whole, exports it, and names the first bad row of a broken one', async () => {
  const [good, bad] = [(await buildProject()).ctx.workspaceId, (await buildProject()).ctx.workspaceId];
  expect(verify(good)).toMatchObject({ status: 0, said: expect.stringContaining(`${good}: `) });
  const lines = verify(good, '--export').said.trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ verified: { firstBad: null } });
  const owner = new Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await owner.connect();
  await owner.query('ALTER TABLE "AuditEntry" DISABLE TRIGGER "AuditEntry_append_only"');
  await owner.query(`UPDATE "AuditEntry" SET "action" = 'forged' WHERE "workspaceId" = $1 AND "seq" = 1`, [bad]);
  await owner.end();
  const all = verify();
  expect(all.status).toBe(1);
  expect(all.said).toContain(`${bad}: row 1 is changed`);
  expect(all.said).toContain('1 of 2 trails are broken');
}, 120_000);
