-- One Undo of an action at a time, and none after one that was done; one that came to nothing may be tried again.
CREATE UNIQUE INDEX "CampaignActionRecord_one_undo" ON "CampaignActionRecord" ("undoOfId") WHERE "state" IN ('WAITING', 'EXECUTING', 'DONE', 'UNDONE');
