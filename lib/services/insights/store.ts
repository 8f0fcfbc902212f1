import type { InsightRow, WindowReach } from '../../domain/insight';
import { distinctRows } from '../../domain/insight-merge';
import { type ServiceContext, transact } from '../context';

export type StoreInput = {
  platform: 'meta';
  accountId: string;
  rows: readonly InsightRow[];
  /** Real time at which the platform was asked: an answer asked for earlier never overwrites a later one. */
  pulledAt: Date;
};

/**
 * Upserts daily facts: the same rows in any order, doubled or in several pulls, leave the same facts. A day that is
 * missing from an answer is left as it was; it is never set to zero.
 */
export async function storeFacts(ctx: ServiceContext, input: StoreInput): Promise<{ changed: number }> {
  const facts = distinctRows(input.rows).map(({ campaign: _home, ...row }) => ({
    ...row,
    spendMinor: String(row.spendMinor),
    valueMinor: row.valueMinor === null ? null : String(row.valueMinor),
  }));
  if (facts.length === 0) return { changed: 0 };
  return transact(ctx, async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO "InsightFact" ("workspaceId", "platform", "level", "entityId", "day", "attribution", "accountId", "parentId", "currency",
        "spendMinor", "impressions", "clicks", "landingPageViews", "results", "valueMinor", "reach", "pulledAt")
      SELECT ${ctx.workspaceId}, ${input.platform}, r."level", r."entityId", r."day", r."attribution", ${input.accountId}, r."parentId", r."currency",
        r."spendMinor", r."impressions", r."clicks", r."landingPageViews", r."results", r."valueMinor", r."reach", ${input.pulledAt.toISOString()}::timestamp(3)
      FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS r("level" text, "entityId" text, "day" date, "attribution" text, "parentId" text, "currency" text,
        "spendMinor" bigint, "impressions" int, "clicks" int, "landingPageViews" int, "results" int, "valueMinor" bigint, "reach" int)
      ON CONFLICT ("workspaceId", "platform", "level", "entityId", "day", "attribution", "breakdown") DO UPDATE SET
        "parentId" = EXCLUDED."parentId", "currency" = EXCLUDED."currency", "spendMinor" = EXCLUDED."spendMinor", "impressions" = EXCLUDED."impressions",
        "clicks" = EXCLUDED."clicks", "landingPageViews" = EXCLUDED."landingPageViews", "results" = EXCLUDED."results", "valueMinor" = EXCLUDED."valueMinor",
        "reach" = EXCLUDED."reach", "pulledAt" = EXCLUDED."pulledAt"
      WHERE "InsightFact"."pulledAt" <= EXCLUDED."pulledAt"`;
    return { changed };
  });
}

/** Keeps how many people exact windows reached; asked for again they are renewed. */
export async function storeWindowReach(
  ctx: ServiceContext,
  input: { platform: 'meta'; windows: readonly WindowReach[]; pulledAt: Date },
): Promise<void> {
  if (input.windows.length === 0) return;
  await transact(
    ctx,
    (tx) => tx.$executeRaw`
      INSERT INTO "InsightWindow" ("workspaceId", "platform", "entityId", "since", "until", "reach", "impressions", "pulledAt")
      SELECT ${ctx.workspaceId}, ${input.platform}, r."entityId", r."since", r."until", r."reach", r."impressions", ${input.pulledAt.toISOString()}::timestamp(3)
      FROM jsonb_to_recordset(${JSON.stringify(input.windows)}::jsonb) AS r("entityId" text, "since" date, "until" date, "reach" int, "impressions" int)
      ON CONFLICT ("workspaceId", "platform", "entityId", "since", "until") DO UPDATE SET
        "reach" = EXCLUDED."reach", "impressions" = EXCLUDED."impressions", "pulledAt" = EXCLUDED."pulledAt"`,
  );
}
