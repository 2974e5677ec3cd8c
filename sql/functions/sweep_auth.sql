-- SPDX-License-Identifier: Apache-2.0
-- Deletes sessions that ended and sign-in failures that no longer count. Runs
-- with the owner's rights, so that the worker cleans up among credentials that
-- it cannot read. What somebody uses just now is left, and not waited for.
CREATE OR REPLACE FUNCTION sweep_auth(idle_s bigint, longest_s bigint)
RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH sessions AS (
    DELETE FROM session s
     WHERE s.secret_sha256 = ANY (ARRAY(
             SELECT x.secret_sha256 FROM session x
              WHERE x.seen_at < now() - make_interval(secs => idle_s)
                 OR x.created_at < now() - make_interval(secs => longest_s)
                FOR UPDATE SKIP LOCKED))
    RETURNING 1
  ), failures AS (
    DELETE FROM login_throttle t
     WHERE t.key = ANY (ARRAY(
             SELECT x.key FROM login_throttle x
              WHERE x.since < now() - interval '1 hour'
                FOR UPDATE SKIP LOCKED))
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM failures);
$$;
COMMENT ON FUNCTION sweep_auth(bigint, bigint) IS 'Rows gone of ended sessions and old sign-in failures';
REVOKE ALL ON FUNCTION sweep_auth(bigint, bigint) FROM PUBLIC;
