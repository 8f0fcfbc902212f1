-- CreateTable
CREATE TABLE "StopOrder" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT,
    "via" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "requestId" TEXT,
    "state" TEXT NOT NULL DEFAULT 'STOPPING',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedAt" TIMESTAMP(3),
    "releasedAt" TIMESTAMP(3),
    "releasedBy" JSONB,
    "approvalId" TEXT,
    "occurredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StopOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StopTarget" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "stopId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "campaignRecordId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "remoteId" TEXT,
    "actionId" TEXT,
    "state" TEXT NOT NULL DEFAULT 'QUEUED',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMP(3),
    "unsafeUntil" TIMESTAMP(3),
    "confirmedAt" TIMESTAMP(3),

    CONSTRAINT "StopTarget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StopLink" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT,
    "userId" TEXT,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "lastUsedAt" TIMESTAMP(3),
    "uses" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StopLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Quarantine" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "openedBy" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "releasedAt" TIMESTAMP(3),
    "releasedBy" JSONB,
    "occurredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionTrouble" (
    "connectionId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "firstAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionTrouble_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "EffectAttempt" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "effectKey" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "accountId" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,
    "settledAt" TIMESTAMP(3),
    "outcome" TEXT,
    "error" TEXT,
    "requestId" TEXT,

    CONSTRAINT "EffectAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Circuit" (
    "scope" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'CLOSED',
    "failures" INTEGER NOT NULL DEFAULT 0,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "openedAt" TIMESTAMP(3),
    "probeAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Circuit_pkey" PRIMARY KEY ("scope")
);

-- CreateIndex
CREATE INDEX "StopOrder_workspaceId_idx" ON "StopOrder"("workspaceId");

-- CreateIndex
CREATE INDEX "StopOrder_state_idx" ON "StopOrder"("state");

-- CreateIndex
CREATE INDEX "StopTarget_workspaceId_idx" ON "StopTarget"("workspaceId");

-- CreateIndex
CREATE INDEX "StopTarget_state_nextAt_idx" ON "StopTarget"("state", "nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "StopTarget_stopId_campaignRecordId_key" ON "StopTarget"("stopId", "campaignRecordId");

-- CreateIndex
CREATE INDEX "StopLink_workspaceId_idx" ON "StopLink"("workspaceId");

-- CreateIndex
CREATE INDEX "Quarantine_workspaceId_idx" ON "Quarantine"("workspaceId");

-- CreateIndex
CREATE INDEX "ConnectionTrouble_workspaceId_idx" ON "ConnectionTrouble"("workspaceId");

-- CreateIndex
CREATE INDEX "EffectAttempt_workspaceId_idx" ON "EffectAttempt"("workspaceId");

-- CreateIndex
CREATE INDEX "EffectAttempt_accountId_sentAt_idx" ON "EffectAttempt"("accountId", "sentAt");

-- CreateIndex
CREATE UNIQUE INDEX "EffectAttempt_effectKey_ordinal_key" ON "EffectAttempt"("effectKey", "ordinal");

-- AddForeignKey
ALTER TABLE "StopTarget" ADD CONSTRAINT "StopTarget_stopId_fkey" FOREIGN KEY ("stopId") REFERENCES "StopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one stop in force per scope, and one open quarantine per connection, however many ask at once.
CREATE UNIQUE INDEX "StopOrder_one_in_force" ON "StopOrder" ("workspaceId", COALESCE("projectId", '')) WHERE "state" <> 'RELEASED';
CREATE UNIQUE INDEX "Quarantine_one_open" ON "Quarantine" ("connectionId") WHERE "releasedAt" IS NULL;

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['StopOrder', 'StopTarget', 'StopLink', 'Quarantine', 'ConnectionTrouble', 'EffectAttempt']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
