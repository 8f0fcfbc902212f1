-- At most one stop in force per scope, and one open quarantine per connection, however many ask at once.
CREATE UNIQUE INDEX "StopOrder_one_in_force" ON "StopOrder" ("workspaceId", COALESCE("projectId", '')) WHERE "state" <> 'RELEASED';
CREATE UNIQUE INDEX "Quarantine_one_open" ON "Quarantine" ("connectionId") WHERE "releasedAt" IS NULL;

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['StopOrder', 'StopTarget', 'StopLink', 'Quarantine', 'ConnectionTrouble', 'EffectAttempt']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
