-- Comparisons are started by a card, also between groups, and may be drawn by lot at the platform.
ALTER TABLE "AdTest" ADD COLUMN "actionId" TEXT,
ADD COLUMN "drawnBy" TEXT NOT NULL DEFAULT 'platform',
ADD COLUMN "level" TEXT NOT NULL DEFAULT 'ad',
ADD COLUMN "studyEndedAt" TIMESTAMP(3),
ADD COLUMN "studyId" TEXT,
ALTER COLUMN "adSetKey" DROP NOT NULL;

CREATE UNIQUE INDEX "AdTest_actionId_key" ON "AdTest"("actionId");
