-- What comes is read by page or by report; where a pull stopped, the next one goes on.
ALTER TABLE "MonitorRun" ADD COLUMN "progress" JSONB;
CREATE INDEX "MonitorRun_startedAt_idx" ON "MonitorRun"("startedAt");

-- InsightFact becomes a table partitioned by month of the account day.
ALTER TABLE "InsightFact" RENAME TO "InsightFact_before";
ALTER INDEX "InsightFact_pkey" RENAME TO "InsightFact_before_pkey";
CREATE TABLE "InsightFact" (
    "workspaceId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "attribution" TEXT NOT NULL,
    "breakdown" TEXT NOT NULL DEFAULT '',
    "accountId" TEXT NOT NULL,
    "parentId" TEXT,
    "currency" TEXT NOT NULL,
    "spendMinor" BIGINT NOT NULL,
    "impressions" INTEGER NOT NULL,
    "clicks" INTEGER NOT NULL,
    "landingPageViews" INTEGER,
    "results" INTEGER,
    "valueMinor" BIGINT,
    "reach" INTEGER,
    "pulledAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InsightFact_pkey" PRIMARY KEY ("workspaceId","platform","level","entityId","day","attribution","breakdown")
) PARTITION BY RANGE ("day");
CREATE TABLE "InsightFact_rest" PARTITION OF "InsightFact" DEFAULT;

-- How a day stood at a moment.
CREATE TABLE "InsightMoment" (
    "workspaceId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "level" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "spendMinor" BIGINT NOT NULL,
    "impressions" INTEGER NOT NULL,
    "clicks" INTEGER NOT NULL,
    "landingPageViews" INTEGER,
    "results" INTEGER,
    "valueMinor" BIGINT,

    CONSTRAINT "InsightMoment_pkey" PRIMARY KEY ("workspaceId","platform","entityId","day","at")
) PARTITION BY RANGE ("day");
CREATE TABLE "InsightMoment_rest" PARTITION OF "InsightMoment" DEFAULT;

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['InsightFact', 'InsightFact_rest', 'InsightMoment', 'InsightMoment_rest'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;

-- Numbers by month: tables partitioned by account day, so that old months leave by being dropped. Prisma sees one table.
-- A day whose month has no partition yet goes to the table's "_rest" and moves when the month is made.
CREATE FUNCTION keep_insight_months(ahead int, keep int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
  SET search_path FROM CURRENT SET lock_timeout = '3s' AS $$
DECLARE
  parent text;
  month date;
  child text;
  old record;
  changed int := 0;
BEGIN
  FOREACH parent IN ARRAY ARRAY['InsightFact', 'InsightMoment'] LOOP
    FOR month IN EXECUTE format(
      'SELECT generate_series(date_trunc(''month'', now()) - interval ''1 month'', date_trunc(''month'', now()) + make_interval(months => $1), ''1 month'')::date
       UNION SELECT date_trunc(''month'', "day")::date FROM %I ORDER BY 1', parent || '_rest') USING ahead
    LOOP
      child := parent || '_' || to_char(month, 'YYYYMM');
      CONTINUE WHEN to_regclass(quote_ident(child)) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
      EXECUTE format(
        'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
        child);
      EXECUTE format(
        'WITH moved AS (DELETE FROM %I WHERE "day" >= %L AND "day" < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
        parent || '_rest', month, month + interval '1 month', child);
      EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, child, month, (month + interval '1 month')::date);
      changed := changed + 1;
    END LOOP;
    FOR old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = to_regclass(quote_ident(parent)) AND c.relname ~ '_[0-9]{6}$'
        AND to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', now()) - make_interval(months => keep)
    LOOP
      EXECUTE format('DROP TABLE %I', old.relname);
      changed := changed + 1;
    END LOOP;
  END LOOP;
  RETURN changed;
END
$$;

INSERT INTO "InsightFact" SELECT "workspaceId", "platform", "level", "entityId", "day", "attribution", "breakdown", "accountId", "parentId", "currency",
  "spendMinor", "impressions", "clicks", "landingPageViews", "results", "valueMinor", "reach", "pulledAt" FROM "InsightFact_before";
DROP TABLE "InsightFact_before";
SELECT keep_insight_months(3, 25);
