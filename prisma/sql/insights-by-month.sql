-- Numbers by month: tables partitioned by account day, so that old months leave by being dropped. Prisma sees one table.
-- A day whose month has no partition yet goes to the table's "_rest" and moves when the month is made.
CREATE FUNCTION keep_insight_months(ahead int, keep int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
  SET search_path FROM CURRENT SET lock_timeout = '3s' AS $$
DECLARE
  parent text;
  month date;
  child text;
  old record;
  changed int := 0;
BEGIN
  FOREACH parent IN ARRAY ARRAY['InsightFact', 'InsightMoment'] LOOP
    FOR month IN EXECUTE format(
      'SELECT generate_series(date_trunc(''month'', now()) - interval ''1 month'', date_trunc(''month'', now()) + make_interval(months => $1), ''1 month'')::date
       UNION SELECT date_trunc(''month'', "day")::date FROM %I ORDER BY 1', parent || '_rest') USING ahead
    LOOP
      child := parent || '_' || to_char(month, 'YYYYMM');
      CONTINUE WHEN to_regclass(quote_ident(child)) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
      EXECUTE format(
        'CREATE POLICY tenant ON %I USING (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId")) WITH CHECK (current_setting(''app.workspace_id'', true) IN (''*'', "workspaceId"))',
        child);
      EXECUTE format(
        'WITH moved AS (DELETE FROM %I WHERE "day" >= %L AND "day" < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
        parent || '_rest', month, month + interval '1 month', child);
      EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, child, month, (month + interval '1 month')::date);
      changed := changed + 1;
    END LOOP;
    FOR old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = to_regclass(quote_ident(parent)) AND c.relname ~ '_[0-9]{6}$'
        AND to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', now()) - make_interval(months => keep)
    LOOP
      EXECUTE format('DROP TABLE %I', old.relname);
      changed := changed + 1;
    END LOOP;
  END LOOP;
  RETURN changed;
END
$$;
