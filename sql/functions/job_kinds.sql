-- SPDX-License-Identifier: Apache-2.0
-- What jobs do in the database, each in one statement that has no effect when
-- the job is no longer the caller's (NULL). The writers' lock comes first, as in
-- a publish.

-- Facts that nobody reported again; the rules that read them follow.
CREATE OR REPLACE FUNCTION job_expire(id bigint, fence bigint,
  at_most integer) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  services bigint;
  moment timestamptz;
BEGIN
  PERFORM write_lock();
  IF NOT job_mine(id, fence) THEN
    RETURN NULL;
  END IF;
  moment := date_trunc('milliseconds', clock_timestamp());
  services := facts_expire(moment, at_most);
  IF services > 0 THEN
    PERFORM job_add('rules', 'rules', '{}', moment);
  END IF;
  RETURN services;
END $$;

-- Who a job of the worker is in the logs.
CREATE OR REPLACE FUNCTION job_principal() RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT '{"subject": "worker", "kind": "system", "admin": true, "teams": [], "services": []}'
$$;

-- Rules look at the facts that a publish had to leave. How many still wait.
CREATE OR REPLACE FUNCTION job_rules(id bigint, fence bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM fact_pending) THEN
    PERFORM write_lock();
    IF NOT job_mine(id, fence) THEN
      RETURN NULL;
    END IF;
    PERFORM todo_follow('{}', job_principal());
  END IF;
  RETURN (SELECT count(*) FROM fact_pending);
END $$;
