import { type ServiceContext, transact, workspaceNow } from '../context';

/**
 * Keeps how the campaigns' recent days stand at this moment of business time: the intraday series that pacing and the
 * stop switch read. A day that stands as it stood at the moment before is not repeated.
 */
export async function keepMoments(
  ctx: ServiceContext,
  input: { campaignRecordIds: string[]; since: string },
): Promise<void> {
  if (input.campaignRecordIds.length === 0) return;
  await transact(ctx, async (tx, inner) => {
    const at = (await workspaceNow(inner, tx)).toISOString();
    await tx.$executeRaw`
      INSERT INTO "InsightMoment" ("workspaceId", "platform", "entityId", "day", "at", "level", "accountId", "spendMinor", "impressions", "clicks", "landingPageViews",
        "results", "valueMinor")
      SELECT f."workspaceId", f."platform", f."entityId", f."day", ${at}::timestamp(3), 'campaign', f."accountId", f."spendMinor", f."impressions", f."clicks",
        f."landingPageViews", f."results", f."valueMinor"
      FROM "RemoteObject" o
      JOIN "InsightFact" f ON f."workspaceId" = o."workspaceId" AND f."platform" = o."platform" AND f."level" = 'campaign' AND f."entityId" = o."remoteId"
        AND f."breakdown" = '' AND f."day" >= ${input.since}::date
      LEFT JOIN LATERAL (SELECT m.* FROM "InsightMoment" m WHERE m."workspaceId" = f."workspaceId" AND m."platform" = f."platform" AND m."entityId" = f."entityId"
        AND m."day" = f."day" ORDER BY m."at" DESC LIMIT 1) last ON true
      WHERE o."workspaceId" = ${ctx.workspaceId} AND o."level" = 'campaign' AND o."campaignRecordId" = ANY(${input.campaignRecordIds})
        AND (last."spendMinor", last."impressions", last."clicks", last."landingPageViews", last."results", last."valueMinor")
          IS DISTINCT FROM (f."spendMinor", f."impressions", f."clicks", f."landingPageViews", f."results", f."valueMinor")
      ON CONFLICT ("workspaceId", "platform", "entityId", "day", "at") DO NOTHING`;
  });
}
