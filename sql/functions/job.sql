-- SPDX-License-Identifier: Apache-2.0
-- Background work: adding, claiming and ending jobs. All times are those of the
-- database, so the clocks of workers do not matter.

-- Adds a job, or hastens the one of this kind and key that is ready; that one
-- then knows what this one had to know. May be called in any transaction.
CREATE OR REPLACE FUNCTION job_add(kind text, key text, payload jsonb,
  run_at timestamptz) RETURNS bigint
LANGUAGE sql AS $$
  INSERT INTO job AS j (kind, key, payload, run_at)
  VALUES ($1, $2, coalesce($3, '{}'), coalesce($4, clock_timestamp()))
      ON CONFLICT (kind, key) WHERE state = 'ready' DO UPDATE
     SET payload = excluded.payload, run_at = least(j.run_at, excluded.run_at)
  RETURNING j.id
$$;
COMMENT ON FUNCTION job_add(text, text, jsonb, timestamptz) IS 'Number of a job that is ready; with a key it may have been there before';

-- How long a job that failed waits before it is tried again.
CREATE OR REPLACE FUNCTION job_pause(attempts integer) RETURNS interval
LANGUAGE sql VOLATILE AS $$
  SELECT least(5 * 2.0 ^ least(greatest(attempts - 1, 0), 20), 3600)
         * (0.8 + 0.4 * random()) * interval '1 second'
$$;
COMMENT ON FUNCTION job_pause(integer) IS 'min(5 s * 2^n, 1 h), a fifth more or less';

-- Whoever ends parts of a run locks the run before them: one order, no deadlock.
-- Few rows by their numbers: plans are kept, since planning takes longer, and do
-- not go by how many jobs there were when they were made.
CREATE OR REPLACE FUNCTION job_lock_runs(ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
  PERFORM FROM job p
    WHERE p.id IN (SELECT j.parent FROM job j WHERE j.id = ANY (ids))
    ORDER BY p.id
      FOR UPDATE;
END $$;

-- Whoever changes several jobs locks them by their numbers: those of runs here.
CREATE OR REPLACE FUNCTION job_lock_parts(runs bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM job j
    WHERE j.parent = ANY (runs) AND j.state IN ('ready', 'running')
    ORDER BY j.id
      FOR UPDATE;
END $$;

-- Closes a run whose parts have ended, or whose time is over: what is open then
-- is marked as late, and what the other parts brought is kept.
CREATE OR REPLACE FUNCTION job_close(run bigint, moment timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  late bigint;
BEGIN
  PERFORM job_lock_parts(ARRAY[run]);
  INSERT INTO job_failure (job, attempt, fence, at, runner, error)
  SELECT j.id, j.attempts, j.fence, moment, j.runner, 'the run was over'
    FROM job j
   WHERE j.parent = run AND j.state = 'running';
  UPDATE job j
     SET state = 'dead', lease_until = NULL, ended_at = moment,
         error = 'the run was over'
   WHERE j.parent = run AND j.state IN ('ready', 'running');
  GET DIAGNOSTICS late = ROW_COUNT;
  UPDATE job r
     SET state = 'done', ended_at = moment, children_open = 0,
         result = (SELECT jsonb_build_object('late', late,
                     'done', count(*) FILTER (WHERE j.state = 'done'),
                     'failed', count(*) FILTER (WHERE j.state <> 'done') - late)
                     FROM job j WHERE j.parent = run)
   WHERE r.id = run;
END $$;

-- What became of jobs: [{id, fence, outcome, result, error, delay}]. Outcomes:
-- done; failed, to be tried again, after `delay` milliseconds if it says so;
-- dead; returned, as if it had not been claimed. The numbers of those that were
-- still the caller's come back; of the others nothing is written.
CREATE OR REPLACE FUNCTION job_end(ended jsonb) RETURNS SETOF bigint
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  moment timestamptz;
  given record;
  old job;
  becomes text;
  run record;
  runs bigint[] := '{}';
  still integer;
BEGIN
  PERFORM job_lock_runs(ARRAY(SELECT (e->>'id')::bigint
                                FROM jsonb_array_elements(ended) AS e));
  moment := clock_timestamp();
  FOR given IN
    SELECT e.* FROM jsonb_to_recordset(ended) AS e (id bigint, fence bigint,
             outcome text, result jsonb, error text, delay bigint)
     ORDER BY e.id
  LOOP
    SELECT j.* INTO old
      FROM job j
     WHERE j.id = given.id AND j.fence = given.fence AND j.state = 'running'
       FOR UPDATE;
    CONTINUE WHEN NOT FOUND;
    RETURN NEXT old.id;
    IF given.outcome IN ('failed', 'dead') THEN
      INSERT INTO job_failure (job, attempt, fence, at, runner, error)
      VALUES (old.id, old.attempts, old.fence, moment, old.runner,
              coalesce(given.error, 'no reason was given'));
    END IF;
    becomes := CASE
      WHEN given.outcome IN ('done', 'dead') THEN given.outcome
      WHEN given.outcome = 'failed' AND old.attempts >= old.attempts_max
        THEN 'dead' ELSE 'ready' END;
    IF becomes = 'ready' THEN
      BEGIN
        UPDATE job j
           SET state = 'ready', lease_until = NULL,
               error = coalesce(given.error, j.error),
               attempts = j.attempts - (given.outcome = 'returned')::integer,
               run_at = CASE given.outcome WHEN 'returned' THEN j.run_at
                 ELSE moment + coalesce(given.delay * interval '1 ms',
                                        job_pause(j.attempts)) END
         WHERE j.id = old.id;
      EXCEPTION WHEN unique_violation THEN
        -- While it ran the same was asked again: that one is the next try.
        becomes := 'cancelled';
      END;
    END IF;
    IF becomes <> 'ready' THEN
      UPDATE job j
         SET state = becomes, lease_until = NULL, ended_at = moment,
             result = given.result,
             error = CASE becomes WHEN 'dead' THEN given.error
               WHEN 'cancelled' THEN 'another one of this kind and key is ready'
               END
       WHERE j.id = old.id;
      runs := runs || old.parent;
    END IF;
  END LOOP;
  FOR run IN
    SELECT u.id, count(*)::integer AS parts
      FROM unnest(runs) AS u (id) WHERE u.id IS NOT NULL
     GROUP BY u.id ORDER BY u.id
  LOOP
    UPDATE job r SET children_open = r.children_open - run.parts
     WHERE r.id = run.id AND r.state = 'waiting'
    RETURNING r.children_open INTO still;
    IF FOUND AND still <= 0 THEN
      PERFORM job_close(run.id, moment);
    END IF;
  END LOOP;
END $$;
COMMENT ON FUNCTION job_end(jsonb) IS 'Numbers of the jobs that were still the caller''s';

-- Jobs whose lease has ended: their attempt has failed. One that a transaction
-- holds waits until that one ends, which may yet complete it.
CREATE OR REPLACE FUNCTION job_lapse() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  ids bigint[] := ARRAY(
    SELECT j.id FROM job j
     WHERE j.state = 'running' AND j.lease_until <= moment
     ORDER BY j.id
     LIMIT 1000);
BEGIN
  IF ids = '{}' THEN
    RETURN;
  END IF;
  PERFORM job_lock_runs(ids);
  PERFORM job_end(jsonb_agg(jsonb_build_object('id', o.id, 'fence', o.fence,
            'outcome', 'failed', 'error', 'its lease ended', 'delay', 0)))
     FROM (SELECT j.id, j.fence FROM job j
            WHERE j.id = ANY (ids) AND j.state = 'running'
              AND j.lease_until <= moment
              FOR UPDATE SKIP LOCKED) AS o;
END $$;

-- Jobs of a process that has ended: as its lease, but nobody waits for it.
CREATE OR REPLACE FUNCTION job_lost(runner text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  lost jsonb := (
    SELECT jsonb_agg(jsonb_build_object('id', j.id, 'fence', j.fence,
             'outcome', 'failed', 'error', 'the process that ran it ended'))
      FROM job j WHERE j.state = 'running' AND j.runner = job_lost.runner);
BEGIN
  RETURN (SELECT count(*) FROM job_end(coalesce(lost, '[]')));
END $$;
COMMENT ON FUNCTION job_lost(text) IS 'How many jobs a runner left behind';

-- Up to 16 jobs of one of these kinds: [{kind, most, mostTarget, batch}], of
-- which `most` may run at once, and of these `mostTarget` for one target. The
-- most urgent kind comes first.
CREATE OR REPLACE FUNCTION job_claim(kinds jsonb, runner text, lease_ms bigint)
RETURNS SETOF job
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  k record;
  picked bigint[];
BEGIN
  -- Most calls find nothing, and take no lock.
  IF NOT EXISTS (SELECT FROM job j
                  WHERE j.state = 'running' AND j.lease_until <= moment)
     AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset(kinds) AS n (kind text)
         JOIN job j ON j.kind = n.kind COLLATE "C" AND j.state = 'ready'
                   AND j.run_at <= moment) THEN
    RETURN;
  END IF;
  -- One after the other: else two could fill the same place.
  PERFORM pg_advisory_xact_lock(hashtextextended('mdash job', 0));
  PERFORM job_lapse();
  moment := clock_timestamp();
  FOR k IN
    SELECT n.kind, n."mostTarget" AS most_target,
           least(n.batch, 16, n.most - (SELECT count(*) FROM job r
             WHERE r.state = 'running' AND r.kind = n.kind COLLATE "C")) AS free
      FROM jsonb_to_recordset(kinds)
           AS n (kind text, most integer, "mostTarget" integer, batch integer)
     CROSS JOIN LATERAL (
           SELECT j.priority, j.run_at, j.id FROM job j
            WHERE j.state = 'ready' AND j.kind = n.kind COLLATE "C"
              AND j.run_at <= moment
            ORDER BY j.priority DESC, j.run_at, j.id
            LIMIT 1) AS head
     ORDER BY head.priority DESC, head.run_at, head.id
  LOOP
    CONTINUE WHEN k.free <= 0;
    picked := job_pick(k.kind, k.most_target, k.free::integer, moment);
    RETURN QUERY
      WITH claimed AS (
        UPDATE job j
           SET state = 'running', attempts = j.attempts + 1,
               fence = nextval('job_fence'), runner = job_claim.runner,
               lease_until = moment + lease_ms * interval '1 ms',
               started_at = moment
         WHERE j.id IN (SELECT o.id FROM job o
                         WHERE o.id = ANY (picked) AND o.state = 'ready'
                           FOR UPDATE SKIP LOCKED)
        RETURNING j.*
      )
      SELECT c.* FROM claimed c ORDER BY c.priority DESC, c.run_at, c.id;
    EXIT WHEN FOUND;
  END LOOP;
END $$;
COMMENT ON FUNCTION job_claim(jsonb, text, bigint) IS 'Jobs of one kind, with the fence of this claim';

-- Which jobs of a kind may begin: of one key one at a time, of one target some.
CREATE OR REPLACE FUNCTION job_pick(wanted text, most_target integer,
  how_many integer, moment timestamptz) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  keys text[] := ARRAY(
    SELECT r.key FROM job r
     WHERE r.state = 'running' AND r.kind = wanted COLLATE "C"
       AND r.key IS NOT NULL);
  busy jsonb := (
    SELECT coalesce(jsonb_object_agg(b.target, b.jobs), '{}')
      FROM (SELECT r.target, count(*) AS jobs FROM job r
             WHERE r.state = 'running' AND r.kind = wanted COLLATE "C"
               AND r.target IS NOT NULL
             GROUP BY r.target) AS b);
  full_ones text[] := ARRAY(
    SELECT b.key FROM jsonb_each(busy) AS b
     WHERE b.value::integer >= most_target);
BEGIN
  RETURN ARRAY(
    SELECT p.id
      FROM (SELECT c.*, row_number() OVER (PARTITION BY c.target
                     ORDER BY c.priority DESC, c.run_at, c.id)
                     + coalesce((busy->>c.target)::integer, 0) AS nth
              FROM (SELECT j.id, j.target, j.priority, j.run_at
                      FROM job j
                     WHERE j.state = 'ready' AND j.kind = wanted COLLATE "C"
                       AND j.run_at <= moment
                       AND (j.key IS NULL OR j.key <> ALL (keys))
                       AND (j.target IS NULL OR j.target <> ALL (full_ones))
                     ORDER BY j.priority DESC, j.run_at, j.id
                     LIMIT 256) AS c) AS p
     WHERE p.target IS NULL OR p.nth <= most_target
     ORDER BY p.priority DESC, p.run_at, p.id
     LIMIT how_many);
END $$;

-- Longer leases, [{id, fence}]; the numbers of those that are still the caller's.
CREATE OR REPLACE FUNCTION job_renew(held jsonb, lease_ms bigint)
RETURNS SETOF bigint
LANGUAGE sql AS $$
  UPDATE job j
     SET lease_until = clock_timestamp() + lease_ms * interval '1 ms'
    FROM (SELECT x.id
            FROM jsonb_to_recordset(held) AS h (id bigint, fence bigint)
            JOIN job x ON x.id = h.id AND x.fence = h.fence
           WHERE x.state = 'running'
           ORDER BY x.id
             FOR UPDATE OF x) AS mine
   WHERE j.id = mine.id
  RETURNING j.id
$$;

-- Is the job still the caller's? Then it stays so until the transaction ends:
-- what is written in it is written by the one who has the job.
CREATE OR REPLACE FUNCTION job_mine(id bigint, fence bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM job_lock_runs(ARRAY[job_mine.id]);
  PERFORM FROM job j
    WHERE j.id = job_mine.id AND j.fence = job_mine.fence
      AND j.state = 'running'
      FOR UPDATE;
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION job_mine(bigint, bigint) IS 'Guards what a job writes, in the transaction that writes it';

-- Makes a job a run of many parts, one for each payload, that is closed by the
-- last of them or at its deadline. How many parts; NULL = no longer the caller's.
CREATE OR REPLACE FUNCTION job_fan_out(id bigint, fence bigint, kind text,
  payloads jsonb, longest interval) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  parts integer := jsonb_array_length(payloads);
  moment timestamptz;
BEGIN
  IF NOT job_mine(id, fence) THEN
    RETURN NULL;
  END IF;
  moment := clock_timestamp();
  UPDATE job j
     SET state = 'waiting', lease_until = NULL, children = parts,
         children_open = parts, deadline = moment + longest
   WHERE j.id = job_fan_out.id;
  INSERT INTO job (kind, payload, parent)
  SELECT job_fan_out.kind, p.value, job_fan_out.id
    FROM jsonb_array_elements(payloads) AS p;
  IF parts = 0 THEN
    PERFORM job_close(id, moment);
  END IF;
  RETURN parts;
END $$;
COMMENT ON FUNCTION job_fan_out(bigint, bigint, text, jsonb, interval) IS 'Parts of a run: an array of payloads';

-- What the clock brings: jobs of schedules that are due, and the end of runs
-- whose time is over. How many of both.
CREATE OR REPLACE FUNCTION job_tick() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  s schedule;
  over bigint[];
  run bigint;
  latest timestamptz;
  happened bigint := 0;
BEGIN
  -- The clock was days ahead: nobody waits until it is that late again, and what was
  -- done then is not what is done when it is.
  UPDATE schedule t
     SET next_slot = t.next_slot + (1 + floor(extract(epoch FROM moment - t.next_slot)
                                    / t.every_s)) * t.every_s * interval '1 second',
         last_slot = CASE WHEN t.last_slot <= moment THEN t.last_slot END
   WHERE t.next_slot > moment + t.every_s * interval '1 second' + interval '2 days';
  IF FOUND THEN
    UPDATE job j SET slot = NULL WHERE j.schedule IS NOT NULL AND j.slot > moment;
  END IF;
  FOR s IN
    SELECT t.* FROM schedule t
     WHERE t.paused_at IS NULL AND t.next_slot <= moment
     ORDER BY t.name
       FOR UPDATE SKIP LOCKED
  LOOP
    latest := s.next_slot + floor(extract(epoch FROM moment - s.next_slot)
                                  / s.every_s) * s.every_s * interval '1 second';
    INSERT INTO job (kind, key, payload, schedule, slot)
    VALUES (s.kind, s.name, s.payload, s.name, latest)
        ON CONFLICT DO NOTHING;
    -- One of an earlier slot may still be ready, or again: it is the one for both, and
    -- comes now, however long it would wait since it failed.
    IF NOT FOUND THEN
      UPDATE job j
         SET run_at = moment
       WHERE j.kind = s.kind AND j.key = s.name AND j.state = 'ready'
         AND j.run_at > moment;
    END IF;
    UPDATE schedule t
       SET last_slot = latest,
           next_slot = latest + s.every_s * interval '1 second'
     WHERE t.name = s.name;
    happened := happened + 1;
  END LOOP;
  over := ARRAY(
    SELECT j.id FROM job j
     WHERE j.state = 'waiting' AND j.deadline <= moment
     ORDER BY j.id
       FOR UPDATE SKIP LOCKED);
  PERFORM job_lock_parts(over);
  FOREACH run IN ARRAY over LOOP
    PERFORM job_close(run, clock_timestamp());
    happened := happened + 1;
  END LOOP;
  RETURN happened;
END $$;
COMMENT ON FUNCTION job_tick() IS 'How many schedules were due and runs over';
