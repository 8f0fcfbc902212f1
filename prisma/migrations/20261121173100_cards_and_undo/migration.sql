-- DropIndex
DROP INDEX "CampaignActionRecord_undoOfId_key";

-- AlterTable
ALTER TABLE "Approval" ADD COLUMN "requiredRole" TEXT NOT NULL DEFAULT 'manager',
ADD COLUMN "remoteDigest" TEXT,
ADD COLUMN "remoteState" JSONB;

-- CreateIndex
CREATE INDEX "CampaignActionRecord_undoOfId_idx" ON "CampaignActionRecord"("undoOfId");

-- One Undo of an action at a time, and none after one that was done; one that came to nothing may be tried again.
CREATE UNIQUE INDEX "CampaignActionRecord_one_undo" ON "CampaignActionRecord" ("undoOfId") WHERE "state" IN ('WAITING', 'EXECUTING', 'DONE', 'UNDONE');
