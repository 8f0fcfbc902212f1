import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

export type AttemptOutcome = 'DONE' | 'REJECTED' | 'UNKNOWN';
type Attempted = { key: string; accountId: string; fence: number };

/** One row per effect that is about to leave, in the transaction of its claim: every request has exactly one. */
export async function noteAttempts(tx: Tx, ctx: ServiceContext, effects: readonly Attempted[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "EffectAttempt" ("id", "workspaceId", "effectKey", "ordinal", "accountId", "fence", "sentAt", "requestId")
    SELECT gen_random_uuid(), ${ctx.workspaceId}, e."key",
      1 + COALESCE((SELECT MAX(a."ordinal") FROM "EffectAttempt" a WHERE a."effectKey" = e."key"), 0),
      e."accountId", e."fence", clock_timestamp() AT TIME ZONE 'utc', ${ctx.requestId}
    FROM jsonb_to_recordset(${JSON.stringify(effects)}::jsonb) AS e("key" text, "accountId" text, "fence" int)`;
}

/** What became of the last attempt of each effect. An earlier one whose process died keeps no outcome. */
export async function settleAttempts(
  tx: Tx,
  ctx: ServiceContext,
  results: readonly { key: string; outcome: AttemptOutcome; error?: string }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "EffectAttempt" a SET "outcome" = r."outcome", "error" = r."error", "settledAt" = clock_timestamp() AT TIME ZONE 'utc'
    FROM jsonb_to_recordset(${JSON.stringify(results)}::jsonb) AS r("key" text, "outcome" text, "error" text)
    WHERE a."effectKey" = r."key" AND a."workspaceId" = ${ctx.workspaceId}
      AND a."ordinal" = (SELECT MAX(b."ordinal") FROM "EffectAttempt" b WHERE b."effectKey" = r."key")`;
}
