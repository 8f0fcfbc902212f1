-- One open finding per field, however often it is looked at.
CREATE UNIQUE INDEX "DriftFinding_one_open" ON "DriftFinding" ("campaignRecordId", "level", "remoteId", "field") WHERE "state" IN ('OPEN', 'RESTORING');

-- Seals are written once.
CREATE TRIGGER "AuditSeal_append_only" BEFORE UPDATE OR DELETE ON "AuditSeal" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'aigency_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON "AuditSeal" FROM aigency_app;
  END IF;
END
$$;

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['DriftFinding', 'AuditSeal']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
