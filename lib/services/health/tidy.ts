import { inSystem } from '../../runtime/db';

/** What is kept, in real days. What an owner reads (messages, reports, actions, the audit trail) is never tidied away. */
export const KEEP_DAYS = {
  /** Login states, sessions and links that have run out. */
  ranOut: 1,
  /** The pieces a turn was streamed in: its messages stay. */
  turnPieces: 7,
  /** What the platform sent, letter by letter; the numbers stay. */
  raw: 30,
  /** Invitations nobody answered. */
  invitations: 30,
  /** The outbox, and which reactions ran. Whether a campaign stopped being shown is asked of it, for far less long. */
  events: 400,
} as const;

const BATCH = 5_000;
const MOST_BATCHES = 40;

/** Which rows go. `days` counts back from now, real time; tables and conditions are constants of this file. */
const RULES = [
  ['OauthState', `"expiresAt" < cutoff`, KEEP_DAYS.ranOut],
  ['session', `"expiresAt" < cutoff`, KEEP_DAYS.ranOut],
  ['verification', `"expiresAt" < cutoff`, KEEP_DAYS.ranOut],
  ['rateLimit', `"lastRequest" < (extract(epoch FROM cutoff) * 1000)::bigint`, KEEP_DAYS.ranOut],
  ['OpenStream', `"seenAt" < cutoff`, KEEP_DAYS.ranOut],
  [
    'TurnEvent',
    `"at" < cutoff AND NOT EXISTS (SELECT FROM "Turn" t WHERE t."id" = row."turnId" AND t."status" = 'RUNNING')`,
    KEEP_DAYS.turnPieces,
  ],
  ['invitation', `"expiresAt" < cutoff AND "status" <> 'accepted'`, KEEP_DAYS.invitations],
  ['Event', `"createdAt" < cutoff`, KEEP_DAYS.events],
  ['ReactionRun', `"at" < cutoff`, KEEP_DAYS.events],
] as const;

/** Lets go of what nobody needs any more, some thousand rows at a time. Returns how many rows of each table went. */
export async function tidyUp(signal: AbortSignal): Promise<Record<string, number>> {
  const gone: Record<string, number> = {};
  for (const [table, condition, days] of RULES) {
    gone[table] = await inBatches(
      signal,
      `DELETE FROM "${table}" WHERE ctid IN (
        SELECT row.ctid FROM "${table}" row, (SELECT (now() AT TIME ZONE 'utc') - make_interval(days => ${days}) AS cutoff) c
        WHERE ${condition} LIMIT ${BATCH})`,
    );
  }
  gone.raw = await inBatches(
    signal,
    `UPDATE "PerformanceSnapshot" SET "raw" = NULL WHERE ctid IN (
      SELECT ctid FROM "PerformanceSnapshot" WHERE "raw" IS NOT NULL
        AND "pulledAt" < (now() AT TIME ZONE 'utc') - make_interval(days => ${KEEP_DAYS.raw}) LIMIT ${BATCH})`,
  );
  return gone;
}

async function inBatches(signal: AbortSignal, statement: string): Promise<number> {
  let all = 0;
  for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1) {
    // Constants only; each batch is a transaction of its own, so that nothing is held for long.
    const count = await inSystem((tx) => tx.$executeRawUnsafe(statement));
    all += count;
    if (count < BATCH) break;
  }
  return all;
}
