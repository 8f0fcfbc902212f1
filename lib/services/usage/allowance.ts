import type { Tx } from '../../runtime/db';

/** Stands where a workspace id stands, for the limit of the whole installation. */
export const INSTALLATION = '*';

/** The periods a moment of real time (UTC) belongs to: a workspace's month, the installation's day. */
export function periodsOf(at: Date): { month: string; day: string } {
  const day = at.toISOString().slice(0, 10);
  return { month: day.slice(0, 7), day };
}

/**
 * Takes an amount out of an allowance, or takes nothing: one conditional update, so that calls at the same moment cannot
 * pass the limit together. The first of a period starts from what the calls of that period took. Micro-dollars.
 */
export async function take(
  tx: Tx,
  input: { workspaceId: string; period: string; micros: bigint; limit: bigint },
): Promise<boolean> {
  await begin(tx, input.workspaceId, input.period);
  const taken = await tx.$executeRaw`
    UPDATE "ModelAllowance" SET "usedMicros" = "usedMicros" + ${input.micros}
    WHERE "workspaceId" = ${input.workspaceId} AND "period" = ${input.period}
      AND "usedMicros" + ${input.micros} <= ${input.limit}`;
  return taken === 1;
}

/** Gives back what a reservation did not need (or takes what it needed more). Micro-dollars. */
export async function giveBack(tx: Tx, input: { workspaceId: string; period: string; micros: bigint }): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ModelAllowance" SET "usedMicros" = GREATEST(0, "usedMicros" - ${input.micros})
    WHERE "workspaceId" = ${input.workspaceId} AND "period" = ${input.period}`;
}

async function begin(tx: Tx, workspaceId: string, period: string): Promise<void> {
  const known = await tx.modelAllowance.count({ where: { workspaceId, period } });
  if (known > 0) return;
  const from = period.length === 7 ? `${period}-01` : period;
  await tx.$executeRaw`
    INSERT INTO "ModelAllowance" ("workspaceId", "period", "usedMicros")
    SELECT ${workspaceId}, ${period}, COALESCE(SUM("costMicros"), 0)::bigint FROM "ModelUsage"
    WHERE "at" >= ${from}::timestamp AND (${workspaceId} = '*' OR "workspaceId" = ${workspaceId})
    ON CONFLICT DO NOTHING`;
}
