-- Sums of an ad set read its ads' days.
CREATE INDEX "InsightFact_workspaceId_parentId_day_idx" ON "InsightFact"("workspaceId", "parentId", "day");

-- How the shop's home page answered at the time of a pull.
ALTER TABLE "MonitorRun" ADD COLUMN "siteAnswers" JSONB;

CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "sinceTick" INTEGER NOT NULL,
    "untilTick" INTEGER,
    "confidence" DOUBLE PRECISION NOT NULL,
    "releaseWhen" TEXT NOT NULL,
    "ownerSaid" TEXT,
    "heardAt" TIMESTAMP(3),
    "quietUntil" INTEGER,
    "paused" TEXT[],
    "openedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Alarm_workspaceId_idx" ON "Alarm"("workspaceId");
CREATE INDEX "Alarm_projectId_closedAt_idx" ON "Alarm"("projectId", "closedAt");

CREATE TABLE "ActionGrade" (
    "actionId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,
    "gradedAt" TIMESTAMP(3),
    "verdict" TEXT,
    "confidence" DOUBLE PRECISION,
    "predicted" JSONB,
    "measured" JSONB,
    "chanceHarmed" DOUBLE PRECISION,
    "evidence" JSONB,

    CONSTRAINT "ActionGrade_pkey" PRIMARY KEY ("actionId")
);
CREATE INDEX "ActionGrade_workspaceId_idx" ON "ActionGrade"("workspaceId");
CREATE INDEX "ActionGrade_projectId_verdict_idx" ON "ActionGrade"("projectId", "verdict");
CREATE INDEX "ActionGrade_dueOn_gradedAt_idx" ON "ActionGrade"("dueOn", "gradedAt");

-- One open alarm of a kind per project.
CREATE UNIQUE INDEX "Alarm_one_open" ON "Alarm" ("projectId", "kind") WHERE "closedAt" IS NULL;

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['Alarm', 'ActionGrade'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
