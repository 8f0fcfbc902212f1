-- Members with a limit of money, pretend workspaces by name, and open event streams counted across servers.
ALTER TABLE "organization" ADD COLUMN "pretend" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "modelLimitCents" INTEGER;

ALTER TABLE "member" ADD COLUMN "approvalLimitMinor" BIGINT,
ADD COLUMN "approvalLimitCurrency" TEXT;

ALTER TABLE "invitation" ADD COLUMN "approvalLimitMinor" BIGINT,
ADD COLUMN "approvalLimitCurrency" TEXT;

CREATE TABLE "OpenStream" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OpenStream_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "OpenStream_userId_idx" ON "OpenStream"("userId");
CREATE INDEX "OpenStream_seenAt_idx" ON "OpenStream"("seenAt");

-- A workspace all of whose members came without a sign-up was opened as a pretend shop.
UPDATE "organization" o SET "pretend" = true
WHERE EXISTS (SELECT FROM "member" m JOIN "user" u ON u."id" = m."userId" WHERE m."organizationId" = o."id" AND u."isAnonymous")
  AND NOT EXISTS (SELECT FROM "member" m JOIN "user" u ON u."id" = m."userId" WHERE m."organizationId" = o."id" AND u."isAnonymous" IS NOT TRUE);
