-- What platforms said about their limits, shared by every process.
CREATE TABLE "PlatformLimit" (
    "scope" TEXT NOT NULL,
    "percent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "fadesAt" TIMESTAMP(3),
    "heldUntil" TIMESTAMP(3),
    "heldBecause" TEXT,
    "tier" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlatformLimit_pkey" PRIMARY KEY ("scope")
);
