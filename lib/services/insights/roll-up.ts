import { type ServiceContext, transact } from '../context';

/** Raw answers are kept this long, redacted. */
const RAW_DAYS = 30;

/** The platform's own rows of one campaign's day, already without secrets. */
export type RawDay = { entityId: string; day: string; rows: object[] };

/**
 * Rewrites the campaigns' days from the facts of the campaign level, from `since` on, with the platform's own rows beside
 * them. Facts are the truth: rolling up twice changes nothing.
 */
export async function rollUpSnapshots(
  ctx: ServiceContext,
  input: { campaignRecordIds: string[]; since: string; raw: RawDay[] },
): Promise<void> {
  if (input.campaignRecordIds.length === 0) return;
  await transact(ctx, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "PerformanceSnapshot" ("id", "workspaceId", "campaignRecordId", "day", "currency", "spendMinor", "impressions", "reach", "clicks", "results", "valueMinor", "raw", "pulledAt")
      SELECT gen_random_uuid()::text, ${ctx.workspaceId}, o."campaignRecordId", f."day", f."currency", f."spendMinor", f."impressions", f."reach", f."clicks", f."results",
        f."valueMinor", raw."rows", f."pulledAt"
      FROM "InsightFact" f
      JOIN "RemoteObject" o ON o."workspaceId" = f."workspaceId" AND o."platform" = f."platform" AND o."level" = 'campaign' AND o."remoteId" = f."entityId"
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(input.raw)}::jsonb) AS raw("entityId" text, "day" date, "rows" jsonb) ON raw."entityId" = f."entityId" AND raw."day" = f."day"
      WHERE f."workspaceId" = ${ctx.workspaceId} AND f."level" = 'campaign' AND f."breakdown" = '' AND f."day" >= ${input.since}::date
        AND o."campaignRecordId" = ANY(${input.campaignRecordIds})
      ON CONFLICT ("campaignRecordId", "day") DO UPDATE SET
        "currency" = EXCLUDED."currency", "spendMinor" = EXCLUDED."spendMinor", "impressions" = EXCLUDED."impressions", "reach" = EXCLUDED."reach",
        "clicks" = EXCLUDED."clicks", "results" = EXCLUDED."results", "valueMinor" = EXCLUDED."valueMinor",
        "raw" = COALESCE(EXCLUDED."raw", "PerformanceSnapshot"."raw"), "pulledAt" = EXCLUDED."pulledAt"`;
  });
}

/** Drops the platform's own words once they are old. */
export async function forgetOldAnswers(ctx: ServiceContext): Promise<void> {
  await transact(
    ctx,
    (tx) => tx.$executeRaw`
    UPDATE "PerformanceSnapshot" SET "raw" = NULL
    WHERE "workspaceId" = ${ctx.workspaceId} AND "raw" IS NOT NULL AND "pulledAt" < (now() AT TIME ZONE 'utc') - make_interval(days => ${RAW_DAYS})`,
  );
}
