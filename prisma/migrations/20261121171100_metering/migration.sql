-- The model's cost is reserved before a call and settled after it.
ALTER TABLE "ModelUsage" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'SETTLED',
ADD COLUMN "reservedMicros" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "settledAt" TIMESTAMP(3);
CREATE INDEX "ModelUsage_state_at_idx" ON "ModelUsage"("state", "at");

CREATE TABLE "ModelAllowance" (
    "workspaceId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "usedMicros" BIGINT NOT NULL,

    CONSTRAINT "ModelAllowance_pkey" PRIMARY KEY ("workspaceId","period")
);
ALTER TABLE "ModelAllowance" ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "ModelAllowance" USING (current_setting('app.workspace_id', true) IN ('*', "workspaceId")) WITH CHECK (current_setting('app.workspace_id', true) IN ('*', "workspaceId"));
