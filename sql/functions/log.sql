-- SPDX-License-Identifier: Apache-2.0
-- The event log and the audit log: appending, and reading without gaps.

-- All writers hold this lock until they commit: the audit log is a chain, and
-- with one lock nothing deadlocks.
CREATE OR REPLACE FUNCTION write_lock() RETURNS void
LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('mdash write', 0))
$$;

-- Appends one event for each subject, which must differ from one another. Of two
-- transactions the one with the lower number may come second to a subject. Its
-- event then takes the place of the other one, with a higher id: so the events of
-- a subject are in the log as they are numbered. No reader has passed that place,
-- since none passes a transaction that still runs.
CREATE OR REPLACE FUNCTION events_append(types text[], kind text,
  subjects text[], teams text[], actor text, moment timestamptz, payloads jsonb[])
RETURNS void
LANGUAGE sql AS $$
  WITH given AS (
    SELECT e.type, e.subject, e.team, e.data, e.place
      FROM unnest(types, subjects, teams, payloads)
           WITH ORDINALITY AS e (type, subject, team, data, place)
  ), numbered AS (
    INSERT INTO event_subject (kind, subject, last_seq, last_xid)
    SELECT events_append.kind, g.subject, 1, pg_current_xact_id()
      FROM given g
     ORDER BY g.subject
    ON CONFLICT ON CONSTRAINT event_subject_pkey
    DO UPDATE SET last_seq = event_subject.last_seq + 1,
                  last_xid = greatest(event_subject.last_xid, EXCLUDED.last_xid)
    RETURNING subject, last_seq, last_xid
  )
  INSERT INTO event (xid, type, kind, subject, subject_seq, team, actor, time,
         data)
  SELECT n.last_xid, g.type, events_append.kind, g.subject, n.last_seq, g.team,
         events_append.actor, moment, jsonb_strip_nulls(g.data)
    FROM given g
    JOIN numbered n ON n.subject = g.subject
   ORDER BY g.place
$$;

CREATE OR REPLACE FUNCTION event_append(type text, kind text, subject text,
  team text, actor text, moment timestamptz, data jsonb) RETURNS void
LANGUAGE sql AS $$
  SELECT events_append(ARRAY[type], kind, ARRAY[subject], ARRAY[team], actor,
                       moment, ARRAY[data])
$$;

-- Events after a cursor in the order of the cursor, without those of
-- transactions that may still be running and so could be followed by earlier
-- ones: everything below the oldest of them is there for good.
CREATE OR REPLACE FUNCTION event_after(after_xid xid8, after_id bigint,
  how_many integer) RETURNS SETOF event
LANGUAGE sql STABLE AS $$
  SELECT e.*
    FROM event e
   WHERE (e.xid, e.id) > (after_xid, after_id)
     AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
   ORDER BY e.xid, e.id
   LIMIT how_many
$$;
COMMENT ON FUNCTION event_after(xid8, bigint, integer) IS 'Events that follow a cursor, none missing';

-- What happened to a service, the newest first: its own events, and those of gRPC
-- APIs whose changes break it.
CREATE OR REPLACE FUNCTION event_of_service(wanted text, before bigint,
  moment timestamptz, how_many integer) RETURNS SETOF event
LANGUAGE sql STABLE AS $$
  (SELECT e.*
     FROM event e
    WHERE e.kind = 'service' AND e.subject = wanted AND e.id < before
      AND e.time <= moment
    ORDER BY e.id DESC
    LIMIT how_many)
   UNION ALL
  (SELECT e.*
     FROM (SELECT x.* FROM event x
            WHERE x.kind = 'api' AND x.data->'services' ? wanted
           OFFSET 0) AS e
    WHERE e.id < before AND e.time <= moment
    ORDER BY e.id DESC
    LIMIT how_many)
    ORDER BY id DESC
    LIMIT how_many
$$;
COMMENT ON FUNCTION event_of_service(text, bigint, timestamptz, integer) IS 'Events of a service before one of them and until a moment, the newest first';

-- The hash of a row of the audit log with the one before.
CREATE OR REPLACE FUNCTION audit_hash(before bytea, a audit) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(before || convert_to(json_build_array(a.id, rfc3339(a.time),
    a.request_id, a.subject, a.kind, a.address, a.action, a.object, a.outcome,
    a.detail)::text, 'UTF8'))
$$;

-- Runs with the owner's rights: nobody else writes to the audit log.
CREATE OR REPLACE FUNCTION audit_append(who jsonb, action text, object text,
  outcome text, detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last audit;
  made audit;
BEGIN
  PERFORM write_lock();
  SELECT a.* INTO last FROM audit a ORDER BY a.id DESC LIMIT 1;
  made.id := coalesce(last.id, 0) + 1;
  made.time := date_trunc('milliseconds', clock_timestamp());
  made.request_id := who->>'requestId';
  made.subject := coalesce(who->>'subject', 'operator');
  made.kind := coalesce(who->>'kind', 'operator');
  made.address := who->>'address';
  made.action := action;
  made.object := object;
  made.outcome := outcome;
  made.detail := jsonb_strip_nulls(coalesce(detail, '{}'));
  made.hash := audit_hash(coalesce(last.hash, ''), made);
  INSERT INTO audit SELECT made.*;
END $$;
COMMENT ON FUNCTION audit_append(jsonb, text, text, text, jsonb) IS 'who: {subject, kind, address, requestId}';

-- The first row whose hash is wrong or whose number is missing; NULL = sound.
CREATE OR REPLACE FUNCTION audit_broken() RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT min(c.id)
    FROM (SELECT a.id,
                 a.hash = audit_hash(coalesce(lag(a.hash) OVER every, ''), a)
                   AND a.id = coalesce(lag(a.id) OVER every, 0) + 1 AS sound
            FROM audit a
          WINDOW every AS (ORDER BY a.id)) AS c
   WHERE NOT c.sound
$$;
