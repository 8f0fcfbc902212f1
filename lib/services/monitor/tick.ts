import { randomUUID } from 'node:crypto';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { inSystem } from '../../runtime/db';
import { enqueueAll } from '../../runtime/ports';
import { SLOT_MS } from './slot';

/** Accounts taken in one transaction: few enough that a slow machine ends it within its 30 seconds. */
const PAGE = 500;
/** Accounts a minute that need no spreading, and the longest part of a slot (minutes) a large installation is spread over. */
const A_MINUTE = 500;
const LONGEST_SPREAD = 200;
/** Statuses in which numbers move at any hour; an account with none of them is looked at once a day. */
const MOVING = ['ACTIVE', 'IN_REVIEW'];

type Due = { workspaceId: string; adAccountId: string; slot: Date; account: string; turn: bigint };

/**
 * Enqueues one pull per watched account that is due in the current slot of its workspace's business time. Slots are taken
 * in the same transaction as their jobs: three ticks at once, a late one, or one every minute give one job per slot. Each
 * account has its own minute within the slot; accounts where nothing runs are due in one slot of six.
 */
export async function runMonitorTick(): Promise<{ enqueued: number }> {
  let enqueued = 0;
  let after = '';
  for (;;) {
    const page = await takePage(after);
    enqueued += page.enqueued;
    if (page.last === null) return { enqueued };
    after = page.last;
  }
}

/**
 * The page and each account's campaigns are fenced (MATERIALIZED, OFFSET 0): a planner without statistics otherwise reads the
 * index of every running campaign once per account.
 * @param after id of the last account of the page before; pages are walked by id, so that memory does not grow with them
 */
async function takePage(after: string): Promise<{ enqueued: number; last: string | null }> {
  return inSystem(async (tx) => {
    const [page] = await tx.$queryRaw<{ last: string | null }[]>`
      SELECT max("id") AS "last" FROM (SELECT "id" FROM "AdAccount" WHERE "id" > ${after} ORDER BY "id" LIMIT ${PAGE}) AS page`;
    const last = page?.last ?? null;
    if (last === null) return { enqueued: 0, last };
    const due = await tx.$queryRaw<Due[]>`
      WITH spread AS (
        SELECT least(${LONGEST_SPREAD}, floor(greatest(reltuples, 0) / ${A_MINUTE}))::int AS minutes FROM pg_class WHERE oid = '"AdAccount"'::regclass
      ), page AS MATERIALIZED (
        SELECT "id", "workspaceId", "connectionId", "externalId" FROM "AdAccount" WHERE "id" > ${after} AND "id" <= ${last}
      ), placed AS MATERIALIZED (
        SELECT a."workspaceId", a."id" AS "adAccountId", a."externalId", abs(hashtext(a."id")) AS place,
          extract(epoch FROM now() AT TIME ZONE 'utc') * 1000 + o."clockOffsetMs" AS now_ms
        FROM page a
        CROSS JOIN LATERAL (SELECT w."clockOffsetMs" FROM "organization" w WHERE w."id" = a."workspaceId" OFFSET 0) o
        CROSS JOIN LATERAL (SELECT l."status" FROM "FacebookConnection" l WHERE l."id" = a."connectionId" OFFSET 0) f
        WHERE f."status" = 'HEALTHY'
      ), slotted AS (
        SELECT p.*, floor(p.now_ms / ${SLOT_MS}) AS n,
          to_timestamp(floor(p.now_ms / ${SLOT_MS}) * ${SLOT_MS} / 1000) AT TIME ZONE 'utc' AS "slot"
        FROM placed p
      )
      SELECT s."workspaceId", s."adAccountId", moving."account", s."slot", row_number() OVER (PARTITION BY s."workspaceId" ORDER BY s."adAccountId") AS turn
      FROM slotted s CROSS JOIN spread CROSS JOIN LATERAL (
        SELECT c."adAccountId" AS "account" FROM "Project" p
          CROSS JOIN LATERAL (SELECT r."adAccountId", r."status" FROM "CampaignRecord" r WHERE r."projectId" = p."id" OFFSET 0) c
        WHERE p."adAccountId" = s."adAccountId" AND p."archivedAt" IS NULL AND c."adAccountId" IN (s."adAccountId", s."externalId")
          AND (c."status" = ANY(${MOVING}) OR (c."status" = ANY(${[...WATCHED_STATUSES]})
            AND ((s.n::bigint + s.place) % 6 = 0 OR EXISTS (SELECT 1 FROM "Alarm" m WHERE m."projectId" = p."id" AND (m."closedAt" IS NULL OR m."paused" <> '{}')))))
        LIMIT 1
      ) moving
      WHERE s.now_ms - s.n * ${SLOT_MS} >= (s.place % greatest(spread.minutes, 1)) * 60000
        AND NOT EXISTS (SELECT 1 FROM "MonitorRun" r WHERE r."adAccountId" = s."adAccountId" AND r."slot" = s."slot")
      ORDER BY s."adAccountId"`;
    if (due.length === 0) return { enqueued: 0, last };
    const runs = due.map(({ turn: _turn, ...one }) => ({ id: randomUUID(), ...one, slot: one.slot.toISOString() }));
    const taken = await tx.$queryRaw<{ adAccountId: string }[]>`
      INSERT INTO "MonitorRun" ("id", "workspaceId", "adAccountId", "slot", "state")
      SELECT r."id", r."workspaceId", r."adAccountId", r."slot", 'QUEUED'
      FROM jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) AS r("id" text, "workspaceId" text, "adAccountId" text, "slot" timestamp)
      ON CONFLICT DO NOTHING RETURNING "adAccountId"`;
    const mine = new Set(taken.map((row) => row.adAccountId));
    await enqueueAll(
      tx,
      due
        .filter((one) => mine.has(one.adAccountId))
        .map((one) => ({
          kind: 'monitor-account',
          workspaceId: one.workspaceId,
          data: { adAccountId: one.adAccountId },
          key: `meta:${one.account}`,
          id: `${one.adAccountId}:${one.slot.toISOString()}`,
          priority: priorityOf(Number(one.turn)),
        })),
    );
    return { enqueued: mine.size, last };
  });
}

/** Behind a backlog nobody with a few accounts waits for somebody with thousands. */
function priorityOf(turn: number): number {
  return turn <= 20 ? 10 : turn <= 200 ? 9 : 8;
}
