import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact } from '@/lib/services/context';
import { auditHash, record } from '@/lib/services/ledger/record';
import { buildProject } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

it('chains concurrent audit rows: every row holds its predecessor’s hash and its own', async () => {
  const { ctx, projectId } = await buildProject();
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      transact(ctx, (tx, inner) =>
        record(tx, inner, {
          event: 'brief.updated',
          subject: { type: 'project', id: projectId },
          projectId,
          audit: { after: { version: index } },
        }),
      ),
    ),
  );
  const rows = await inWorkspace(ctx.workspaceId, (tx) => tx.auditEntry.findMany({ orderBy: { seq: 'asc' } }));
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  rows.forEach((row, index) => {
    expect(row.prevHash).toBe(index === 0 ? '0'.repeat(64) : rows[index - 1]?.hash);
    expect(auditHash(row)).toBe(row.hash);
  });
});

it('cannot be changed or deleted, by the application or by the owner of the tables', async () => {
  const { ctx } = await buildProject();
  for (const url of [process.env.DATABASE_URL, process.env.MIGRATE_DATABASE_URL]) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query("SELECT set_config('app.workspace_id', $1, false)", [ctx.workspaceId]);
      await expect(
        client.query(`UPDATE "AuditEntry" SET "action" = 'x' WHERE "workspaceId" = $1`, [ctx.workspaceId]),
      ).rejects.toThrow(/append-only|permission denied/);
      await expect(
        client.query(`DELETE FROM "AuditEntry" WHERE "workspaceId" = $1`, [ctx.workspaceId]),
      ).rejects.toThrow(/append-only|permission denied/);
    } finally {
      await client.end();
    }
  }
});

it('leaves no event and no audit row when the change around it fails', async () => {
  const { ctx, projectId } = await buildProject();
  const before = await inWorkspace(ctx.workspaceId, (tx) => tx.event.count());
  await expect(
    transact(ctx, async (tx, inner) => {
      await record(tx, inner, {
        event: 'brief.updated',
        subject: { type: 'project', id: projectId },
        projectId,
        audit: { after: {} },
      });
      throw new Error('the change failed');
    }),
  ).rejects.toThrow('the change failed');
  expect(await inWorkspace(ctx.workspaceId, (tx) => tx.event.count())).toBe(before);
});
