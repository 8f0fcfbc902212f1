import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { type ServiceContext, transact } from '@/lib/services/context';
import { exportAudit } from '@/lib/services/ledger/export-audit';
import { listAudit } from '@/lib/services/ledger/list-audit';
import { auditHash, record } from '@/lib/services/ledger/record';
import { sealAudit, verifyAudit } from '@/lib/services/ledger/verify';
import { buildProject } from '@/tests/factories';

let owner: Client;
beforeAll(async () => {
  plugJobEngine();
  owner = new Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeSendingBoss();
  await closeDatabase();
});

const rowsOf = (ctx: ServiceContext) =>
  inWorkspace(ctx.workspaceId, (tx) =>
    tx.auditEntry.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { seq: 'asc' } }),
  );

/** A trail of at least eight rows. */
async function trail(): Promise<ServiceContext> {
  const { ctx, projectId } = await buildProject();
  for (let index = 0; index < 8; index += 1)
    await transact(ctx, (tx, inner) =>
      record(tx, inner, {
        event: 'brief.updated',
        subject: { type: 'project', id: projectId },
        projectId,
        audit: { before: { version: index }, after: { version: index + 1 }, reason: { why: 'said' } },
      }),
    );
  return ctx;
}

/** As somebody who owns the tables and switched the trigger off. */
async function tamper(work: (client: Client) => Promise<unknown>): Promise<void> {
  await owner.query('ALTER TABLE "AuditEntry" DISABLE TRIGGER "AuditEntry_append_only"');
  await work(owner);
  await owner.query('ALTER TABLE "AuditEntry" ENABLE TRIGGER "AuditEntry_append_only"');
}

it('an untouched trail is whole', async () => {
  const ctx = await trail();
  expect(await verifyAudit(ctx)).toEqual({ rows: (await rowsOf(ctx)).length, firstBad: null });
});

describe('tampering is found, and the first bad row is named', () => {
  const at = (ctx: ServiceContext, seq: number) => [ctx.workspaceId, seq];

  it('1: a value was changed', async () => {
    const ctx = await trail();
    await tamper((client) =>
      client.query(
        `UPDATE "AuditEntry" SET "after" = '{"version": 99}' WHERE "workspaceId" = $1 AND "seq" = $2`,
        at(ctx, 3),
      ),
    );
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: 3, problem: 'changed' });
  });

  it('2: a value was changed and its hash made to fit', async () => {
    const ctx = await trail();
    const row = (await rowsOf(ctx))[2];
    const hash = auditHash({ ...row, actor: { type: 'system' } });
    await tamper((client) =>
      client.query(
        `UPDATE "AuditEntry" SET "actor" = '{"type":"system"}', "hash" = $3 WHERE "workspaceId" = $1 AND "seq" = $2`,
        [...at(ctx, 3), hash],
      ),
    );
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: 4, problem: 'broken_link' });
  });

  it('3: a row in the middle is gone', async () => {
    const ctx = await trail();
    await tamper((client) =>
      client.query(`DELETE FROM "AuditEntry" WHERE "workspaceId" = $1 AND "seq" = $2`, at(ctx, 5)),
    );
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: 5, problem: 'missing' });
  });

  it('4: the newest rows are gone', async () => {
    const ctx = await trail();
    const all = await rowsOf(ctx);
    await tamper((client) =>
      client.query(`DELETE FROM "AuditEntry" WHERE "workspaceId" = $1 AND "seq" > $2`, at(ctx, all.length - 2)),
    );
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: all.length - 1, problem: 'missing' });
  });

  it('5: a row that fits the chain was added at its end', async () => {
    const ctx = await trail();
    const last = (await rowsOf(ctx)).at(-1);
    const forged = { ...last, seq: (last?.seq ?? 0) + 1, prevHash: last?.hash ?? '', action: 'approval.decided' };
    const hash = auditHash(forged);
    await tamper((client) =>
      client.query(
        `INSERT INTO "AuditEntry" SELECT "workspaceId", "seq" + 1, "at", "occurredAt", "actor", 'approval.decided', "subjectType", "subjectId",
          "projectId", "before", "after", "reason", "approvalId", "requestId", "hash", $3 FROM "AuditEntry" WHERE "workspaceId" = $1 AND "seq" = $2`,
        [...at(ctx, last?.seq ?? 0), hash],
      ),
    );
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: forged.seq, problem: 'unknown' });
  });

  it('6: two rows changed places', async () => {
    const ctx = await trail();
    await tamper(async (client) => {
      const move = (from: number, to: number) =>
        client.query(`UPDATE "AuditEntry" SET "seq" = $3 WHERE "workspaceId" = $1 AND "seq" = $2`, [
          ...at(ctx, from),
          to,
        ]);
      await move(4, 1_000);
      await move(5, 4);
      await move(1_000, 5);
    });
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: 4, problem: 'broken_link' });
  });

  it('7: the whole chain was rewritten from one row on, consistent with itself', async () => {
    const ctx = await trail();
    expect(await sealAudit(ctx)).toBe((await rowsOf(ctx)).length);
    expect(await sealAudit(ctx)).toBeNull();
    const all = await rowsOf(ctx);
    let prevHash = all[1]?.hash ?? '';
    await tamper(async (client) => {
      for (const row of all.slice(2)) {
        const changed = { ...row, prevHash, requestId: 'forged' };
        prevHash = auditHash(changed);
        await client.query(
          `UPDATE "AuditEntry" SET "requestId" = 'forged', "prevHash" = $3, "hash" = $4 WHERE "workspaceId" = $1 AND "seq" = $2`,
          [...at(ctx, row.seq), changed.prevHash, prevHash],
        );
      }
    });
    expect((await verifyAudit(ctx)).firstBad).toEqual({ seq: all.length, problem: 'resealed' });
  });
});

describe('reading the trail', () => {
  it('goes newest first, page by page, and stays in its workspace', async () => {
    const ctx = await trail();
    const total = (await rowsOf(ctx)).length;
    const first = await listAudit(ctx, { limit: 5 });
    expect(first.entries.map(({ seq }) => seq)).toEqual([total, total - 1, total - 2, total - 3, total - 4]);
    const rest = await listAudit(ctx, { limit: 200, before: first.next ?? 0 });
    expect(rest.next).toBeNull();
    expect(first.entries.length + rest.entries.length).toBe(total);
    expect(first.entries[0]).toMatchObject({ before: { version: 7 }, after: { version: 8 }, reason: { why: 'said' } });
    const other = await trail();
    expect((await listAudit(other, { subjectId: first.entries[0]?.subjectId ?? '' })).entries).toEqual([]);
    await expect(listAudit({ ...ctx, actor: { type: 'user', id: 'stranger' } })).rejects.toMatchObject({
      code: 'not_permitted',
    });
  });

  it('is exported whole and says so', async () => {
    const ctx = await trail();
    const lines: string[] = [];
    for await (const line of exportAudit(ctx)) lines.push(line);
    const total = (await rowsOf(ctx)).length;
    expect(lines).toHaveLength(total + 1);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ verified: { rows: total, firstBad: null } });
  });
});
