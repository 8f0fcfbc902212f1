-- CreateTable
CREATE TABLE "DriftFinding" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "localKey" TEXT NOT NULL,
    "remoteId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "ours" JSONB NOT NULL,
    "theirs" JSONB NOT NULL,
    "changedBy" TEXT,
    "changedAt" TIMESTAMP(3),
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "actionId" TEXT,
    "decidedBy" JSONB,
    "decidedAt" TIMESTAMP(3),
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "occurredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DriftFinding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditSeal" (
    "workspaceId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("workspaceId","seq")
);

-- CreateIndex
CREATE INDEX "DriftFinding_workspaceId_state_idx" ON "DriftFinding"("workspaceId", "state");

-- CreateIndex
CREATE INDEX "DriftFinding_campaignRecordId_idx" ON "DriftFinding"("campaignRecordId");

-- One open finding per field, however often it is looked at.
CREATE UNIQUE INDEX "DriftFinding_one_open" ON "DriftFinding" ("campaignRecordId", "level", "remoteId", "field") WHERE "state" IN ('OPEN', 'RESTORING');

-- Seals are written once.
CREATE TRIGGER "AuditSeal_append_only" BEFORE UPDATE OR DELETE ON "AuditSeal" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'aigency_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON "AuditSeal" FROM aigency_app;
  END IF;
END
$$;

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['DriftFinding', 'AuditSeal']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
