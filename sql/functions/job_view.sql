-- SPDX-License-Identifier: Apache-2.0
-- Jobs and schedules as answers show them, and what people may do to them.

CREATE OR REPLACE FUNCTION job_json(j job) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', j.id,
    'kind', j.kind,
    'key', j.key,
    'target', j.target,
    'state', j.state,
    'attempts', j.attempts,
    'attemptsMax', j.attempts_max,
    'createdAt', rfc3339(j.created_at),
    'runAt', rfc3339(j.run_at),
    'startedAt', rfc3339(j.started_at),
    'endedAt', rfc3339(j.ended_at),
    'delayMs', CASE WHEN j.state IN ('ready', 'running') THEN
      greatest(0, round(1000 * extract(epoch FROM
        CASE j.state WHEN 'ready' THEN clock_timestamp() ELSE j.started_at END
        - j.run_at)))::bigint END,
    'schedule', j.schedule,
    'parent', j.parent,
    'parts', CASE WHEN j.deadline IS NOT NULL THEN json_build_object(
      'all', j.children, 'open', j.children_open,
      'deadline', rfc3339(j.deadline)) END,
    'result', j.result,
    'error', j.error)
$$;
COMMENT ON FUNCTION job_json(job) IS 'Job';

CREATE OR REPLACE FUNCTION job_detail_json(j job) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'job', job_json(j),
    'payload', CASE WHEN j.payload->'who' ? 'subject'
      THEN jsonb_set(j.payload, '{who,subject}',
                     to_jsonb(principal_shown(j.payload->'who'->>'subject')))
      ELSE j.payload END,
    'failures', (
      SELECT coalesce(json_agg(json_build_object('attempt', f.attempt,
               'at', rfc3339(f.at), 'runner', f.runner, 'error', f.error)
               ORDER BY f.fence DESC), '[]')
        FROM (SELECT x.* FROM job_failure x WHERE x.job = j.id
               ORDER BY x.fence DESC LIMIT 100) AS f))
$$;
COMMENT ON FUNCTION job_detail_json(job) IS 'JobDetail';

CREATE OR REPLACE FUNCTION schedule_json(s schedule) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'name', s.name,
    'kind', s.kind,
    'everySeconds', s.every_s,
    'nextAt', CASE WHEN s.paused_at IS NULL THEN rfc3339(s.next_slot) END,
    'lastAt', rfc3339(s.last_slot),
    'pausedAt', rfc3339(s.paused_at),
    'lastJob', (SELECT job_json(j) FROM job j
                 WHERE j.schedule = s.name AND j.slot IS NOT NULL
                 ORDER BY j.slot DESC LIMIT 1))
$$;
COMMENT ON FUNCTION schedule_json(schedule) IS 'Schedule';

-- Has a job tried anew that is dead or was cancelled.
CREATE OR REPLACE FUNCTION job_retry(wanted bigint, principal text)
RETURNS TABLE (status integer, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  j job;
BEGIN
  PERFORM write_lock();
  PERFORM job_lock_runs(ARRAY[wanted]);
  SELECT o.* INTO j FROM job o WHERE o.id = wanted FOR UPDATE;
  IF j.id IS NULL THEN
    RETURN QUERY SELECT 404, 'there is no such job', NULL::text;
    RETURN;
  END IF;
  IF j.state NOT IN ('dead', 'cancelled') THEN
    RETURN QUERY SELECT 409, format('the job is %s: only one that is dead or cancelled can be tried anew', j.state), NULL::text;
    RETURN;
  END IF;
  BEGIN
    UPDATE job o
       SET state = 'ready', attempts = 0, run_at = clock_timestamp(),
           ended_at = NULL, deadline = NULL, children = 0, children_open = 0
     WHERE o.id = wanted
    RETURNING o.* INTO j;
  EXCEPTION WHEN unique_violation THEN
    RETURN QUERY SELECT 409, 'another job of its kind and key is ready', NULL::text;
    RETURN;
  END;
  -- A run makes its parts anew.
  DELETE FROM job o WHERE o.parent = wanted;
  UPDATE job r SET children_open = r.children_open + 1
   WHERE r.id = j.parent AND r.state = 'waiting';
  PERFORM audit_append(principal::jsonb, 'job.retry', wanted::text, 'done',
                       jsonb_build_object('kind', j.kind, 'key', j.key));
  RETURN QUERY SELECT 200, NULL::text, job_json(j)::text;
END $$;
COMMENT ON FUNCTION job_retry(bigint, text) IS 'Job, or why not';

-- Ends a job without a result; who does it now writes nothing any more.
CREATE OR REPLACE FUNCTION job_cancel(wanted bigint, principal text)
RETURNS TABLE (status integer, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  j job;
  moment timestamptz;
BEGIN
  PERFORM write_lock();
  PERFORM job_lock_runs(ARRAY[wanted]);
  SELECT o.* INTO j FROM job o WHERE o.id = wanted FOR UPDATE;
  IF j.id IS NULL THEN
    RETURN QUERY SELECT 404, 'there is no such job', NULL::text;
    RETURN;
  END IF;
  IF j.state NOT IN ('ready', 'running', 'waiting') THEN
    RETURN QUERY SELECT 409, format('the job is %s', j.state), NULL::text;
    RETURN;
  END IF;
  moment := clock_timestamp();
  PERFORM job_lock_parts(ARRAY[wanted]);
  UPDATE job o
     SET state = 'cancelled', lease_until = NULL, ended_at = moment,
         children_open = 0,
         error = 'cancelled by ' || principal_shown(principal::jsonb->>'subject')
   WHERE o.id = wanted OR o.parent = wanted AND o.state IN ('ready', 'running');
  UPDATE job r SET children_open = r.children_open - 1
   WHERE r.id = j.parent AND r.state = 'waiting';
  PERFORM job_close(r.id, moment) FROM job r
    WHERE r.id = j.parent AND r.state = 'waiting' AND r.children_open <= 0;
  PERFORM audit_append(principal::jsonb, 'job.cancel', wanted::text, 'done',
                       jsonb_build_object('kind', j.kind, 'key', j.key));
  RETURN QUERY SELECT 200, NULL::text, job_json(o)::text FROM job o
                WHERE o.id = wanted;
END $$;
COMMENT ON FUNCTION job_cancel(bigint, text) IS 'Job, or why not';

-- Has the job of a schedule done now, whatever its time.
CREATE OR REPLACE FUNCTION schedule_run(wanted text, principal text)
RETURNS TABLE (status integer, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  s schedule;
  made bigint;
BEGIN
  PERFORM write_lock();
  SELECT o.* INTO s FROM schedule o WHERE o.name = wanted;
  IF s.name IS NULL THEN
    RETURN QUERY SELECT 404, 'there is no such schedule', NULL::text;
    RETURN;
  END IF;
  made := job_add(s.kind, s.name, s.payload, clock_timestamp());
  PERFORM audit_append(principal::jsonb, 'schedule.run', s.name, 'done',
                       jsonb_build_object('job', made));
  RETURN QUERY SELECT 200, NULL::text, job_json(j)::text FROM job j
                WHERE j.id = made;
END $$;
COMMENT ON FUNCTION schedule_run(text, text) IS 'Job, or why not';

-- Lets a schedule rest, or go on: with the slot that is due, not with all that
-- were missed.
CREATE OR REPLACE FUNCTION schedule_pause(wanted text, paused boolean,
  principal text) RETURNS TABLE (status integer, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  s schedule;
BEGIN
  PERFORM write_lock();
  SELECT o.* INTO s FROM schedule o WHERE o.name = wanted FOR UPDATE;
  IF s.name IS NULL THEN
    RETURN QUERY SELECT 404, 'there is no such schedule', NULL::text;
    RETURN;
  END IF;
  IF paused <> (s.paused_at IS NOT NULL) THEN
    UPDATE schedule o
       SET paused_at = CASE WHEN paused THEN clock_timestamp() END
     WHERE o.name = wanted
    RETURNING o.* INTO s;
    PERFORM audit_append(principal::jsonb,
      CASE WHEN paused THEN 'schedule.pause' ELSE 'schedule.resume' END,
      s.name, 'done', '{}');
  END IF;
  RETURN QUERY SELECT 200, NULL::text, schedule_json(s)::text;
END $$;
COMMENT ON FUNCTION schedule_pause(text, boolean, text) IS 'Schedule, or why not';
