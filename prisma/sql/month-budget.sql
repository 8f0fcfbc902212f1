-- What is promised and what is on its way fits into the month, at every moment and whoever writes.
ALTER TABLE "MonthBudget" ADD CONSTRAINT "MonthBudget_within_ceiling" CHECK (
  "committedMinor" >= 0 AND "reservedMinor" >= 0 AND "liftMinor" >= 0
  AND "committedMinor" + "reservedMinor" <= "ceilingMinor" + "liftMinor"
);

-- Row-level security, as on every table of a tenant.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['MonthBudget', 'MonthShare', 'MonthReservation']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
      tenant);
  END LOOP;
END
$$;
