-- Money that moves between two campaigns: one action on two campaigns, and the two sides of its part of the month.
ALTER TABLE "CampaignActionRecord" ADD COLUMN "otherCampaignId" TEXT;
CREATE INDEX "CampaignActionRecord_otherCampaignId_idx" ON "CampaignActionRecord"("otherCampaignId");
ALTER TABLE "MonthReservation" ADD COLUMN "moveId" TEXT;
ALTER TABLE "MonthReservation" ADD COLUMN "transferMinor" BIGINT NOT NULL DEFAULT 0;
