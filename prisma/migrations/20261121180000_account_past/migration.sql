-- What an ad account's own time before us says.
CREATE TABLE "AccountPast" (
    "adAccountId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "readOn" DATE NOT NULL,
    "days" JSONB NOT NULL,
    "learned" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AccountPast_pkey" PRIMARY KEY ("adAccountId")
);
CREATE INDEX "AccountPast_workspaceId_idx" ON "AccountPast"("workspaceId");
ALTER TABLE "AccountPast" ADD CONSTRAINT "AccountPast_adAccountId_fkey" FOREIGN KEY ("adAccountId") REFERENCES "AdAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "AccountPast" ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "AccountPast" USING (current_setting('app.workspace_id', true) IN ('*', "workspaceId")) WITH CHECK (current_setting('app.workspace_id', true) IN ('*', "workspaceId"));
