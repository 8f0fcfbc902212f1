-- Whose a file is: an owner's photo counts towards what a workspace may store, a picture we drew does not.
ALTER TABLE "StoredFile" ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'made';

-- CreateIndex
CREATE INDEX "StoredFile_workspaceId_origin_idx" ON "StoredFile"("workspaceId", "origin");
