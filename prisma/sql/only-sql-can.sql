-- Objects the Prisma schema cannot express. This file is the list; the first migration carries the same text, and a test
-- compares the two with a migrated database.

-- Business time: the database's clock plus the workspace's offset, as UTC without zone like every DateTime column.
CREATE FUNCTION business_now(workspace text) RETURNS timestamp(3) LANGUAGE sql STABLE AS $$
  SELECT (now() AT TIME ZONE 'utc')::timestamp(3) + make_interval(secs => "clockOffsetMs" / 1000.0) FROM "organization" WHERE "id" = workspace
$$;

-- At most one of each, however many ask at once.
CREATE UNIQUE INDEX "Turn_one_running" ON "Turn" ("conversationId") WHERE "status" = 'RUNNING';
CREATE UNIQUE INDEX "Conversation_one_onboarding" ON "Conversation" ("projectId") WHERE "type" = 'ONBOARDING';
CREATE UNIQUE INDEX "Conversation_one_per_campaign" ON "Conversation" ("campaignRecordId") WHERE "type" = 'CAMPAIGN';
CREATE UNIQUE INDEX "Approval_one_waiting" ON "Approval" ("workspaceId", "subject") WHERE "state" = 'WAITING';

-- The audit trail only grows.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'aigency_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON "AuditEntry" FROM aigency_app;
  END IF;
END
$$;

-- Row-level security: a row is seen and written only in its own workspace's scope, or in the system scope '*'. It binds
-- every role but the owner of the tables; where a host gives one role only, the WHERE clauses stand alone.
DO $$
DECLARE
  tenant text;
BEGIN
  FOR tenant IN
    SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND c.column_name = 'workspaceId' AND t.table_type = 'BASE TABLE'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
