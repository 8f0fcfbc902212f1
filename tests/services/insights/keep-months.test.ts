import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { keepInsightMonths } from '@/lib/services/insights/keep-months';
import { storeFacts } from '@/lib/services/insights/store';
import { buildOwner, type Owner } from '@/tests/factories';
import { insightRow } from './running-campaign';

let owner: Owner;
let admin: pg.Client;
beforeAll(async () => {
  plugJobEngine();
  owner = await buildOwner();
  admin = new pg.Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeSendingBoss();
  await closeDatabase();
});

const store = (day: string, entityId = 'ad') =>
  storeFacts(owner.ctx, {
    platform: 'meta',
    accountId: 'act_1',
    pulledAt: new Date(),
    rows: [insightRow({ level: 'ad', entityId, day })],
  });
const tables = async () =>
  (
    await admin.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = 'InsightFact' ORDER BY 1`,
    )
  ).rows.map(({ name }) => name);
const homeOf = async (day: string) =>
  (
    await admin.query<{ home: string }>(`SELECT tableoid::regclass::text AS home FROM "InsightFact" WHERE "day" = $1`, [
      day,
    ])
  ).rows[0]?.home;
const seen = () => inWorkspace(owner.ctx.workspaceId, (tx) => tx.insightFact.count());

describe('the months of the numbers', () => {
  it('are there for the coming ones; a day far ahead waits in the rest until its month is made', async () => {
    await store('2031-05-10');
    expect(await homeOf('2031-05-10')).toBe('"InsightFact_rest"');
    expect((await keepInsightMonths()).changed).toBeGreaterThan(0);
    expect(await homeOf('2031-05-10')).toBe('"InsightFact_203105"');
    expect(await seen()).toBe(1);
    await store('2031-05-10');
    expect(await seen()).toBe(1);
  });

  it('are made once, and months older than two years leave whole', async () => {
    const before = await tables();
    expect((await keepInsightMonths()).changed).toBe(0);
    await store('2019-03-01', 'old');
    await keepInsightMonths();
    // Made for the row that was in the rest, and dropped in the same run or the next: it is over two years old.
    await keepInsightMonths();
    expect(await tables()).toEqual(before);
    expect(await homeOf('2019-03-01')).toBeUndefined();
  });

  it('keep tenants apart in every partition, also when it is named directly', async () => {
    const other = await buildOwner();
    const inPartition = await inWorkspace(
      other.ctx.workspaceId,
      (tx) => tx.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM "InsightFact_203105"`,
    );
    expect(Number(inPartition[0]?.n)).toBe(0);
    const bare = await admin.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE c.relname LIKE 'Insight%' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity`,
    );
    expect(bare.rows).toEqual([]);
  });
});
