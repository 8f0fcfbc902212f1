-- AlterTable
ALTER TABLE "ProjectBrief" ADD COLUMN "privacyPolicyUrl" TEXT;
