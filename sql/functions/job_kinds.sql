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
