-- The deciding engine's state between looks.
CREATE TABLE "EngineState" (
    "campaignRecordId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "origin" DATE NOT NULL,
    "state" JSONB NOT NULL,
    "decidedFor" DATE,
    "decisions" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "EngineState_pkey" PRIMARY KEY ("campaignRecordId")
);
CREATE INDEX "EngineState_workspaceId_idx" ON "EngineState"("workspaceId");
ALTER TABLE "EngineState" ADD CONSTRAINT "EngineState_campaignRecordId_fkey" FOREIGN KEY ("campaignRecordId") REFERENCES "CampaignRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "EngineState" ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "EngineState" USING (current_setting('app.workspace_id', true) IN ('*', "workspaceId")) WITH CHECK (current_setting('app.workspace_id', true) IN ('*', "workspaceId"));
