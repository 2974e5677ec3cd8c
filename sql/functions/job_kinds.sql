-- SPDX-License-Identifier: Apache-2.0
-- What jobs do in the database, each in one statement that has no effect when
-- the job is no longer the caller's (NULL). The writers' lock comes first, as in
-- a publish.

-- Who a job of the worker is in the logs.
CREATE OR REPLACE FUNCTION job_principal() RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT '{"subject": "worker", "kind": "system", "admin": true, "teams": [], "services": []}'
$$;

-- What ends by itself: facts that nobody reported again, exemptions, snoozes. The
-- rules that read the facts follow.
CREATE OR REPLACE FUNCTION job_expire(id bigint, fence bigint,
  at_most integer) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  services bigint;
  exemptions bigint;
  snoozes bigint;
BEGIN
  PERFORM write_lock();
  IF NOT job_mine(id, fence) THEN
    RETURN NULL;
  END IF;
  moment := date_trunc('milliseconds', clock_timestamp());
  services := facts_expire(moment, at_most);
  exemptions := exemptions_expire(moment, at_most);
  snoozes := snoozes_end(moment, at_most);
  IF services > 0 THEN
    PERFORM job_add('rules', 'rules', '{}', moment);
  END IF;
  RETURN jsonb_build_object('services', services, 'exemptions', exemptions,
                            'snoozes', snoozes);
END $$;
COMMENT ON FUNCTION job_expire(bigint, bigint, integer) IS 'Result of a job';

-- Campaigns whose time has come.
CREATE OR REPLACE FUNCTION job_campaigns(id bigint, fence bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_lock();
  IF NOT job_mine(id, fence) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object('launched',
    campaigns_due(date_trunc('milliseconds', clock_timestamp())));
END $$;
COMMENT ON FUNCTION job_campaigns(bigint, bigint) IS 'Result of a job';

-- Rules look at the facts that a publish had to leave; again at once, when a rule
-- was put aside and others still have to look.
CREATE OR REPLACE FUNCTION job_rules(id bigint, fence bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  pending bigint;
BEGIN
  IF EXISTS (SELECT FROM fact_pending) THEN
    PERFORM write_lock();
    IF NOT job_mine(id, fence) THEN
      RETURN NULL;
    END IF;
    PERFORM todo_recover(job_principal());
  END IF;
  SELECT count(*) INTO pending FROM fact_pending;
  IF pending > 0 THEN
    PERFORM job_add('rules', 'rules', '{}', clock_timestamp());
  END IF;
  RETURN jsonb_build_object('pending', pending);
END $$;
COMMENT ON FUNCTION job_rules(bigint, bigint) IS 'Result of a job';
