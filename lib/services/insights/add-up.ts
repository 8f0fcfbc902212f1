import type { InsightRow } from '../../domain/insight';
import { type ServiceContext, transact } from '../context';

/**
 * Writes the days of ad sets and campaigns as the sums of the ads' stored days, for every ad set and campaign the rows
 * name and every day from `since` on. Summed from what is stored, not from the answer: a row an answer misses stays
 * counted. People reached do not add up and are left empty; results of different kinds are not added up either.
 */
export async function addUpFacts(
  ctx: ServiceContext,
  input: { platform: 'meta'; accountId: string; rows: readonly InsightRow[]; since: string; pulledAt: Date },
): Promise<void> {
  const homes = [
    ...new Map(
      input.rows.flatMap(({ level, parentId, campaign }) =>
        level === 'ad' && parentId && campaign ? [[parentId, { adSetId: parentId, ...campaign }] as const] : [],
      ),
    ).values(),
  ];
  if (homes.length === 0) return;
  await transact(ctx, async (tx) => {
    const asked = input.pulledAt.toISOString();
    await tx.$executeRaw`
      INSERT INTO "InsightFact" ("workspaceId", "platform", "level", "entityId", "day", "attribution", "accountId", "parentId", "currency",
        "spendMinor", "impressions", "clicks", "landingPageViews", "results", "valueMinor", "pulledAt")
      SELECT f."workspaceId", f."platform", 'adset', f."parentId", f."day", f."attribution", min(f."accountId"), min(h."id"), min(f."currency"),
        sum(f."spendMinor")::bigint, sum(f."impressions")::int, sum(f."clicks")::int, sum(f."landingPageViews")::int, sum(f."results")::int,
        sum(f."valueMinor")::bigint, ${asked}::timestamp(3)
      FROM jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) AS h("adSetId" text, "id" text)
      JOIN "InsightFact" f ON f."workspaceId" = ${ctx.workspaceId} AND f."parentId" = h."adSetId" AND f."platform" = ${input.platform} AND f."level" = 'ad'
        AND f."breakdown" = '' AND f."day" >= ${input.since}::date
      GROUP BY f."workspaceId", f."platform", f."parentId", f."day", f."attribution"
      ON CONFLICT ("workspaceId", "platform", "level", "entityId", "day", "attribution", "breakdown") DO UPDATE SET
        "parentId" = EXCLUDED."parentId", "spendMinor" = EXCLUDED."spendMinor", "impressions" = EXCLUDED."impressions", "clicks" = EXCLUDED."clicks",
        "landingPageViews" = EXCLUDED."landingPageViews", "results" = EXCLUDED."results", "valueMinor" = EXCLUDED."valueMinor", "pulledAt" = EXCLUDED."pulledAt"`;
    await tx.$executeRaw`
      INSERT INTO "InsightFact" ("workspaceId", "platform", "level", "entityId", "day", "attribution", "accountId", "currency",
        "spendMinor", "impressions", "clicks", "landingPageViews", "results", "valueMinor", "pulledAt")
      SELECT f."workspaceId", f."platform", 'campaign', f."parentId", f."day", f."attribution", min(f."accountId"), min(f."currency"),
        sum(f."spendMinor")::bigint, sum(f."impressions")::int, sum(f."clicks")::int, sum(f."landingPageViews")::int,
        CASE WHEN bool_and(h."countsOneKind") THEN sum(f."results")::int END, CASE WHEN bool_and(h."countsOneKind") THEN sum(f."valueMinor")::bigint END,
        ${asked}::timestamp(3)
      FROM (SELECT r."id", bool_and(r."countsOneKind") AS "countsOneKind" FROM jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) AS r("id" text, "countsOneKind" boolean) GROUP BY r."id") h
      JOIN "InsightFact" f ON f."workspaceId" = ${ctx.workspaceId} AND f."parentId" = h."id" AND f."platform" = ${input.platform} AND f."level" = 'adset'
        AND f."breakdown" = '' AND f."day" >= ${input.since}::date
      GROUP BY f."workspaceId", f."platform", f."parentId", f."day", f."attribution"
      ON CONFLICT ("workspaceId", "platform", "level", "entityId", "day", "attribution", "breakdown") DO UPDATE SET
        "spendMinor" = EXCLUDED."spendMinor", "impressions" = EXCLUDED."impressions", "clicks" = EXCLUDED."clicks",
        "landingPageViews" = EXCLUDED."landingPageViews", "results" = EXCLUDED."results", "valueMinor" = EXCLUDED."valueMinor", "pulledAt" = EXCLUDED."pulledAt"`;
  });
}
