-- CreateTable
CREATE TABLE "MonthBudget" (
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "ceilingMinor" BIGINT NOT NULL,
    "committedMinor" BIGINT NOT NULL DEFAULT 0,
    "reservedMinor" BIGINT NOT NULL DEFAULT 0,
    "liftMinor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "MonthBudget_pkey" PRIMARY KEY ("projectId","month")
);

-- CreateTable
CREATE TABLE "MonthShare" (
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "committedMinor" BIGINT NOT NULL,
    "baseMinor" BIGINT NOT NULL DEFAULT 0,
    "dailyMinor" BIGINT NOT NULL,
    "fromDay" TEXT NOT NULL,
    "untilDay" TEXT NOT NULL,
    "capMinor" BIGINT,
    "lifetimeCapMinor" BIGINT,

    CONSTRAINT "MonthShare_pkey" PRIMARY KEY ("campaignRecordId","month")
);

-- CreateTable
CREATE TABLE "MonthReservation" (
    "holderId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'HELD',
    "amountMinor" BIGINT NOT NULL,
    "liftMinor" BIGINT NOT NULL DEFAULT 0,
    "ceilingMinor" BIGINT,
    "approvalId" TEXT,
    "share" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MonthReservation_pkey" PRIMARY KEY ("holderId")
);

-- CreateIndex
CREATE INDEX "MonthBudget_workspaceId_idx" ON "MonthBudget"("workspaceId");

-- CreateIndex
CREATE INDEX "MonthShare_workspaceId_idx" ON "MonthShare"("workspaceId");

-- CreateIndex
CREATE INDEX "MonthShare_projectId_month_idx" ON "MonthShare"("projectId", "month");

-- CreateIndex
CREATE INDEX "MonthReservation_workspaceId_idx" ON "MonthReservation"("workspaceId");

-- CreateIndex
CREATE INDEX "MonthReservation_projectId_month_state_idx" ON "MonthReservation"("projectId", "month", "state");

-- AddForeignKey
ALTER TABLE "MonthBudget" ADD CONSTRAINT "MonthBudget_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MonthShare" ADD CONSTRAINT "MonthShare_campaignRecordId_fkey" FOREIGN KEY ("campaignRecordId") REFERENCES "CampaignRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is promised and what is on its way fits into the month, at every moment and whoever writes.
ALTER TABLE "MonthBudget" ADD CONSTRAINT "MonthBudget_within_ceiling" CHECK (
  "committedMinor" >= 0 AND "reservedMinor" >= 0 AND "liftMinor" >= 0
  AND "committedMinor" + "reservedMinor" <= "ceilingMinor" + "liftMinor"
);

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['MonthBudget', 'MonthShare', 'MonthReservation']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
