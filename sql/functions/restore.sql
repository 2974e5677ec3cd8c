-- SPDX-License-Identifier: Apache-2.0
-- What backups need.

-- pg_restore fills tables without a search path, and a column is computed then.
ALTER FUNCTION spec_facets(jsonb) SET search_path = public, pg_temp;

-- For the operator, after a restore. A cluster that the dump was not made in may
-- count its transactions from lower numbers: events would seem to be written in
-- the future, and new ones to precede them. So the log as it was restored goes
-- before all transactions, and cursors into the old one are refused. Items were
-- changed now: their trigger says so.
CREATE OR REPLACE FUNCTION event_restored() RETURNS void
LANGUAGE sql AS $$
  UPDATE event SET xid = '0';
  UPDATE event_subject SET last_xid = '0';
  UPDATE todo_item SET xid = DEFAULT;
  UPDATE event_reader
     SET xid = '0', id = (SELECT coalesce(max(e.id), 0) FROM event e);
  UPDATE instance
     SET timeline = substr(md5(random()::text || clock_timestamp()::text), 1, 8),
         pruned_xid = '0', pruned_id = 0;
$$;
COMMENT ON FUNCTION event_restored() IS 'Begins the log anew after a restore from a backup';
