import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InsightRow } from '@/lib/domain/insight';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { rollUpSnapshots } from '@/lib/services/insights/roll-up';
import { storeFacts } from '@/lib/services/insights/store';
import { buildRunningCampaign, insightRow, type Running } from './running-campaign';

let running: Running;
beforeAll(async () => {
  plugJobEngine();
  running = await buildRunningCampaign();
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, second));
const store = (rows: InsightRow[], second: number) =>
  storeFacts(running.ctx, { platform: 'meta', accountId: running.accountExternalId, rows, pulledAt: at(second) });

async function facts(entityIds: string[]) {
  const rows = await inWorkspace(running.ctx.workspaceId, (tx) =>
    tx.insightFact.findMany({ where: { entityId: { in: entityIds } }, orderBy: [{ entityId: 'asc' }, { day: 'asc' }] }),
  );
  return rows.map(({ pulledAt: _at, ...row }) => row);
}

const DAYS = ['2026-11-17', '2026-11-18', '2026-11-19'];
let world = 0;

describe('daily facts', () => {
  it('are the same whatever the order of the rows and however often they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            day: fc.constantFrom(...DAYS),
            ad: fc.integer({ min: 0, max: 2 }),
            impressions: fc.nat(9000),
            results: fc.option(fc.nat(9)),
          }),
          {
            minLength: 1,
            maxLength: 9,
            selector: ({ day, ad }) => `${day}:${ad}`,
          },
        ),
        fc.array(fc.nat(8), { maxLength: 6 }),
        fc.integer(),
        async (drawn, doubled, shuffle) => {
          world += 1;
          const [plain, mixed] = [`p${world}`, `m${world}`];
          const rowsOf = (prefix: string) =>
            drawn.map(({ day, ad, impressions, results }) =>
              insightRow({
                level: 'ad',
                entityId: `${prefix}-${ad}`,
                day,
                impressions,
                results,
                clicks: Math.floor(impressions / 100),
              }),
            );
          await store(rowsOf(plain), 1);
          const rows = rowsOf(mixed);
          const noisy = [...rows, ...doubled.flatMap((index) => rows[index] ?? [])].sort((a, b) =>
            hash(a, shuffle) < hash(b, shuffle) ? -1 : 1,
          );
          await store(noisy, 1);
          await store(noisy.slice(0, 3), 2);
          const strip = (prefix: string) =>
            facts([0, 1, 2].map((ad) => `${prefix}-${ad}`)).then((all) =>
              all.map(({ entityId, ...row }) => ({ ...row, entityId: entityId.slice(prefix.length) })),
            );
          expect(await strip(mixed)).toEqual(await strip(plain));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('end as the pull that was asked for last said, in whatever order the answers arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ second: fc.integer({ min: 0, max: 50 }), impressions: fc.nat(5000) }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (pulls) => {
          world += 1;
          const entityId = `o${world}`;
          const distinct = [...new Map(pulls.map((pull) => [pull.second, pull])).values()];
          for (const { second, impressions } of distinct)
            await store([insightRow({ level: 'ad', entityId, day: '2026-11-18', impressions })], second);
          const last = distinct.reduce((top, pull) => (pull.second > top.second ? pull : top));
          expect((await facts([entityId]))[0]?.impressions).toBe(last.impressions);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('follow a restatement down as well as up', async () => {
    await store([insightRow({ level: 'ad', entityId: 'down', day: '2026-11-18', clicks: 40, results: 5 })], 1);
    await store([insightRow({ level: 'ad', entityId: 'down', day: '2026-11-18', clicks: 33, results: 4 })], 2);
    expect((await facts(['down']))[0]).toMatchObject({ clicks: 33, results: 4 });
  });

  it('stay as they were where a later answer misses the day, and are never zero for it', async () => {
    await store(
      [
        insightRow({ level: 'ad', entityId: 'gap', day: '2026-11-17' }),
        insightRow({ level: 'ad', entityId: 'gap', day: '2026-11-18', results: null }),
      ],
      1,
    );
    await store([insightRow({ level: 'ad', entityId: 'gap', day: '2026-11-17' })], 2);
    const rows = await facts(['gap']);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ results: null, impressions: 2000 });
  });
});

describe('campaign days', () => {
  it('equal the facts of the campaign level, without a row where the platform gave none', async () => {
    const { ctx, campaignRecordId, remote } = running;
    await store(
      [
        insightRow({ entityId: remote.campaign, day: '2026-11-17', spendMinor: 700n }),
        insightRow({ entityId: remote.campaign, day: '2026-11-19', spendMinor: 900n, valueMinor: 5000n }),
      ],
      1,
    );
    const roll = () =>
      rollUpSnapshots(ctx, {
        campaignRecordIds: [campaignRecordId],
        since: '2026-11-17',
        raw: [{ entityId: remote.campaign, day: '2026-11-17', rows: [{ spend: '7.00' }] }],
      });
    await roll();
    await roll();
    const days = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.performanceSnapshot.findMany({ where: { campaignRecordId }, orderBy: { day: 'asc' } }),
    );
    expect(days.map((row) => [row.day.toISOString().slice(0, 10), row.spendMinor, row.valueMinor])).toEqual([
      ['2026-11-17', 700n, null],
      ['2026-11-19', 900n, 5000n],
    ]);
    expect(days[0]?.raw).toEqual([{ spend: '7.00' }]);
  });

  it('are not written into another workspace', async () => {
    const other = await buildRunningCampaign();
    await rollUpSnapshots(other.ctx, { campaignRecordIds: [running.campaignRecordId], since: '2026-11-01', raw: [] });
    const seen = await inWorkspace(other.ctx.workspaceId, (tx) => tx.performanceSnapshot.count());
    expect(seen).toBe(0);
  });
});

function hash(row: InsightRow, seed: number): number {
  return [...`${row.entityId}${row.day}${seed}`].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003,
    7,
  );
}
