-- How long a login still works, and what was already said about it.
ALTER TABLE "FacebookConnection" ADD COLUMN "dataAccessExpiresAt" TIMESTAMP(3),
ADD COLUMN "checkedAt" TIMESTAMP(3),
ADD COLUMN "renewedAt" TIMESTAMP(3),
ADD COLUMN "remindedDays" INTEGER;
ALTER TABLE "AdAccount" ADD COLUMN "goneAt" TIMESTAMP(3);
ALTER TABLE "PlatformPage" ADD COLUMN "goneAt" TIMESTAMP(3),
ADD COLUMN "mayAdvertise" BOOLEAN NOT NULL DEFAULT true;

CREATE TABLE "PlatformPixel" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "adAccountId" TEXT NOT NULL,
    "platform" TEXT NOT NULL DEFAULT 'meta',
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hasFired" BOOLEAN NOT NULL,
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlatformPixel_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "PlatformAnswer" (
    "workspaceId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlatformAnswer_pkey" PRIMARY KEY ("connectionId","question")
);

CREATE TABLE "DeletionRequest" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "personHash" TEXT NOT NULL,
    "connections" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'RECEIVED',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "DeletionRequest_pkey" PRIMARY KEY ("code")
);

CREATE INDEX "PlatformPixel_workspaceId_idx" ON "PlatformPixel"("workspaceId");
CREATE UNIQUE INDEX "PlatformPixel_adAccountId_platform_externalId_key" ON "PlatformPixel"("adAccountId", "platform", "externalId");
CREATE INDEX "PlatformAnswer_workspaceId_idx" ON "PlatformAnswer"("workspaceId");
CREATE UNIQUE INDEX "DeletionRequest_digest_key" ON "DeletionRequest"("digest");
ALTER TABLE "PlatformPixel" ADD CONSTRAINT "PlatformPixel_adAccountId_fkey" FOREIGN KEY ("adAccountId") REFERENCES "AdAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PlatformAnswer" ADD CONSTRAINT "PlatformAnswer_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "FacebookConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['PlatformPixel', 'PlatformAnswer']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
