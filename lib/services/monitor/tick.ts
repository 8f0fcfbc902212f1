import { randomUUID } from 'node:crypto';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import { SLOT_MS } from './slot';

const PAGE = 500;
/** Real seconds of delay per hundred accounts of one page, so that a large installation does not ask all at once. */
const SPREAD_SECONDS_PER_HUNDRED = 60;

type Due = { workspaceId: string; adAccountId: string; slot: Date; account: string };

/**
 * Enqueues one pull per watched account whose current slot of its workspace's business time nobody has taken yet. Slots
 * are taken in the same transaction as their jobs: three ticks at once, or a tick every minute, give one job per slot.
 */
export async function runMonitorTick(): Promise<{ enqueued: number }> {
  let enqueued = 0;
  for (;;) {
    const taken = await takePage();
    enqueued += taken;
    if (taken < PAGE) return { enqueued };
  }
}

async function takePage(): Promise<number> {
  return inSystem(async (tx) => {
    const due = await tx.$queryRaw<Due[]>`
      WITH watched AS (
        SELECT DISTINCT c."workspaceId", a."id" AS "adAccountId", c."adAccountId" AS "account",
          to_timestamp(floor(extract(epoch FROM business_now(c."workspaceId")) * 1000 / ${SLOT_MS}) * ${SLOT_MS} / 1000) AT TIME ZONE 'utc' AS "slot"
        FROM "CampaignRecord" c
        JOIN "Project" p ON p."id" = c."projectId" AND p."archivedAt" IS NULL
        JOIN "AdAccount" a ON a."id" = p."adAccountId" AND c."adAccountId" IN (a."id", a."externalId")
        JOIN "FacebookConnection" f ON f."id" = a."connectionId" AND f."status" = 'HEALTHY'
        WHERE c."status" = ANY(${[...WATCHED_STATUSES]})
      )
      SELECT w.* FROM watched w
      WHERE NOT EXISTS (SELECT 1 FROM "MonitorRun" r WHERE r."adAccountId" = w."adAccountId" AND r."slot" = w."slot")
      ORDER BY w."adAccountId" LIMIT ${PAGE}`;
    if (due.length === 0) return 0;
    const runs = due.map((one) => ({ id: randomUUID(), ...one, slot: one.slot.toISOString() }));
    const taken = await tx.$queryRaw<{ adAccountId: string }[]>`
      INSERT INTO "MonitorRun" ("id", "workspaceId", "adAccountId", "slot", "state")
      SELECT r."id", r."workspaceId", r."adAccountId", r."slot", 'QUEUED'
      FROM jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) AS r("id" text, "workspaceId" text, "adAccountId" text, "slot" timestamp)
      ON CONFLICT DO NOTHING RETURNING "adAccountId"`;
    const mine = new Set(taken.map((row) => row.adAccountId));
    for (const [at, one] of due.filter((row) => mine.has(row.adAccountId)).entries()) {
      await enqueue(tx, {
        kind: 'monitor-account',
        workspaceId: one.workspaceId,
        data: { adAccountId: one.adAccountId },
        key: `meta:${one.account}`,
        id: `${one.adAccountId}:${one.slot.toISOString()}`,
        startAfterSeconds: Math.floor(at / 100) * SPREAD_SECONDS_PER_HUNDRED,
      });
    }
    return due.length;
  });
}
