-- Comparisons of ads that run side by side.
CREATE TABLE "AdTest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "adSetKey" TEXT NOT NULL,
    "arms" TEXT[],
    "measure" TEXT NOT NULL,
    "question" TEXT,
    "plan" JSONB NOT NULL,
    "startedOn" DATE NOT NULL,
    "endsOn" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'RUNNING',
    "verdict" JSONB,
    "endedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdTest_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AdTest_workspaceId_idx" ON "AdTest"("workspaceId");
CREATE INDEX "AdTest_campaignRecordId_state_idx" ON "AdTest"("campaignRecordId", "state");
ALTER TABLE "AdTest" ADD CONSTRAINT "AdTest_campaignRecordId_fkey" FOREIGN KEY ("campaignRecordId") REFERENCES "CampaignRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "AdTest" ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "AdTest" USING (current_setting('app.workspace_id', true) IN ('*', "workspaceId")) WITH CHECK (current_setting('app.workspace_id', true) IN ('*', "workspaceId"));
