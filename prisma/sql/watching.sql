-- One open alarm of a kind per project.
CREATE UNIQUE INDEX "Alarm_one_open" ON "Alarm" ("projectId", "kind") WHERE "closedAt" IS NULL;
