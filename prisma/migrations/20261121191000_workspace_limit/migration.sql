-- AlterTable
ALTER TABLE "MonthBudget" ADD COLUMN     "workspaceLiftMinor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "WorkspaceLimit" (
    "workspaceId" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "amountMinor" BIGINT,
    "setBy" JSONB NOT NULL,
    "approvalId" TEXT,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkspaceLimit_pkey" PRIMARY KEY ("workspaceId","currency","version")
);

-- What all of a workspace's projects may cost in a month together, at every moment and whoever writes. What was carried over
-- from an earlier month or seen at the platform counts as workspaceLiftMinor where it does not fit: nothing new fits then.
CREATE FUNCTION month_within_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before NUMERIC := 0;
  wanted NUMERIC := NEW."committedMinor" + NEW."reservedMinor" - NEW."workspaceLiftMinor";
  others NUMERIC;
  allowed BIGINT;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := OLD."committedMinor" + OLD."reservedMinor" - OLD."workspaceLiftMinor";
  END IF;
  IF wanted <= before THEN
    RETURN NEW;
  END IF;
  -- One after the other, and after whoever changes the limit.
  PERFORM pg_advisory_xact_lock(hashtextextended('month:' || NEW."workspaceId", 0));
  SELECT "amountMinor" INTO allowed FROM "WorkspaceLimit"
    WHERE "workspaceId" = NEW."workspaceId" AND "currency" = NEW."currency" ORDER BY "version" DESC LIMIT 1;
  IF allowed IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT COALESCE(SUM("committedMinor" + "reservedMinor" - "workspaceLiftMinor"), 0) INTO others FROM "MonthBudget"
    WHERE "workspaceId" = NEW."workspaceId" AND "currency" = NEW."currency" AND "month" = NEW."month"
      AND "projectId" <> NEW."projectId";
  IF others + wanted > allowed THEN
    RAISE EXCEPTION 'the month of the workspace has no room for that' USING ERRCODE = '23514', CONSTRAINT = 'MonthBudget_within_workspace';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER month_within_workspace BEFORE INSERT OR UPDATE OF "committedMinor", "reservedMinor", "workspaceLiftMinor" ON "MonthBudget"
  FOR EACH ROW EXECUTE FUNCTION month_within_workspace();

ALTER TABLE "MonthBudget" ADD CONSTRAINT "MonthBudget_workspace_lift" CHECK (
  "workspaceLiftMinor" >= 0
);

ALTER TABLE "WorkspaceLimit" ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "WorkspaceLimit" USING (current_setting('app.workspace_id', true) IN ('*', "workspaceId"))
  WITH CHECK (current_setting('app.workspace_id', true) IN ('*', "workspaceId"));
