-- The tick finds an account's projects.
CREATE INDEX "Project_adAccountId_idx" ON "Project"("adAccountId");
