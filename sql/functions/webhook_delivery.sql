-- SPDX-License-Identifier: Apache-2.0
-- Deliveries of webhooks: made from the event log, claimed, tried, given up,
-- asked for again. The order of locks is in webhook.sql.

CREATE OR REPLACE FUNCTION webhook_wants(w webhook, e event) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT e.type <> 'webhook.test'
         AND EXISTS (SELECT FROM unnest(w.types) AS glob
                      WHERE glob_match(glob, e.type))
         AND (w.teams = '{}' OR e.team = ANY (w.teams))
         AND (w.campaigns = '{}'
              OR CASE e.kind WHEN 'campaign' THEN e.subject
                             WHEN 'todo' THEN e.data->>'campaign'
                 END = ANY (w.campaigns))
$$;

-- Names of events are ours alone: not even after a restore is one given twice.
-- Behind the dash it is the id that the event log shows.
CREATE OR REPLACE FUNCTION webhook_message(event bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT i.timeline || '-' || webhook_message.event FROM instance i
$$;

-- CloudEvents 1.0, structured. `sequence` is the extension of that name: a text
-- whose order is that of the numbers.
CREATE OR REPLACE FUNCTION webhook_body(message_id text, origin text, e event)
RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'specversion', '1.0',
    'id', message_id,
    'source', origin,
    'type', e.type,
    'subject', e.subject,
    'time', rfc3339(e.time),
    'datacontenttype', 'application/json',
    'sequence', lpad(e.subject_seq::text, 12, '0'),
    'kind', e.kind,
    'cursor', (SELECT i.timeline || '.' || e.xid::text || '.' || e.id::text
                 FROM instance i),
    'team', e.team,
    'actor', principal_shown(e.actor),
    'data', e.data)::text
$$;
COMMENT ON FUNCTION webhook_body(text, text, event) IS 'The body of a delivery';

-- The same as a message of Slack: that of a digest, and of any other event a line
-- that leads to what it happened to.
CREATE OR REPLACE FUNCTION webhook_slack_body(origin text, e event) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.data ? 'blocks'
    THEN json_build_object('text', e.data->'text', 'blocks', e.data->'blocks')
    ELSE json_build_object('text', format('*%s*: <%s|%s>', slack_text(e.type),
      origin || '/' || CASE e.kind
        WHEN 'todo' THEN 'todos/' || e.subject
        WHEN 'campaign' THEN 'campaigns/' || e.subject
        WHEN 'service' THEN 'services/' || e.subject
        ELSE '' END,
      slack_text(concat_ws(', ', coalesce(e.data->>'serviceID', e.data->>'title',
        e.data->>'name', e.subject), e.data->>'campaign')))) END::text
$$;
COMMENT ON FUNCTION webhook_slack_body(text, event) IS 'The body of a delivery in the format slack';

CREATE OR REPLACE FUNCTION webhook_delivery_json(d webhook_delivery)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', d.id,
    'messageID', d.message_id,
    'event', d.event::text,
    'type', d.type,
    'kind', d.kind,
    'subject', d.subject,
    'sequence', d.sequence,
    'state', d.state,
    'attempts', d.attempts,
    'replays', d.replays,
    'nextAt', CASE WHEN d.state = 'waiting' THEN rfc3339(d.next_at) END,
    'firstAt', rfc3339(d.first_at),
    'lastAt', rfc3339(d.last_at),
    'status', d.status,
    'error', d.error,
    'answer', d.answer,
    'tookMs', d.took_ms,
    'createdAt', rfc3339(d.created_at),
    'endedAt', rfc3339(d.ended_at))
$$;
COMMENT ON FUNCTION webhook_delivery_json(webhook_delivery) IS 'WebhookDelivery';

-- --- made ---------------------------------------------------------------------

-- Makes deliveries of the next events behind the cursor of the reader `webhook`;
-- how many events these were. The cursor moves in the same transaction, so that
-- each is looked at once, by whichever worker.
CREATE OR REPLACE FUNCTION webhook_fan_out(how_many integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  r event_reader;
  events event[];
  last event;
BEGIN
  PERFORM FROM event_reader x
   CROSS JOIN LATERAL (SELECT FROM event_after(x.xid, x.id, 1)) AS e
   WHERE x.name = 'webhook';
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  SELECT x.* INTO r FROM event_reader x WHERE x.name = 'webhook' FOR UPDATE;
  SELECT array_agg(e ORDER BY e.xid, e.id) INTO events
    FROM event_after(r.xid, r.id, how_many) AS e;
  IF events IS NULL THEN
    RETURN 0;
  END IF;
  -- One that is being deleted is waited for before it is looked at, not after.
  PERFORM FROM webhook w WHERE w.state <> 'disabled' ORDER BY w.id FOR KEY SHARE;
  INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject,
                                sequence)
  SELECT w.id, e.id, webhook_message(e.id), e.type, e.kind, e.subject,
         e.subject_seq
    FROM unnest(events) AS e
    JOIN webhook w ON w.state <> 'disabled' AND webhook_wants(w, e)
   ORDER BY e.xid, e.id, w.id
  ON CONFLICT ON CONSTRAINT webhook_delivery_event_key DO NOTHING;
  last := events[cardinality(events)];
  UPDATE event_reader x SET xid = last.xid, id = last.id WHERE x.name = 'webhook';
  RETURN cardinality(events);
END $$;
COMMENT ON FUNCTION webhook_fan_out(integer) IS 'Makes deliveries of what is new in the event log';

-- A delivery of its own for one webhook, whatever that is subscribed to and in
-- whichever state; tried once.
CREATE OR REPLACE FUNCTION webhook_test(wanted bigint, who jsonb)
RETURNS SETOF json
LANGUAGE plpgsql AS $$
DECLARE
  w webhook;
  d webhook_delivery;
BEGIN
  PERFORM write_lock();
  SELECT x.* INTO w FROM webhook x WHERE x.id = wanted FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  PERFORM event_append('webhook.test', 'webhook', wanted::text, NULL,
    who->>'subject', now(), jsonb_build_object('name', w.name));
  INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject,
                                sequence)
  SELECT wanted, e.id, webhook_message(e.id), e.type, e.kind, e.subject,
         e.subject_seq
    FROM event e
   WHERE e.kind = 'webhook' AND e.subject = wanted::text
   ORDER BY e.subject_seq DESC
   LIMIT 1
  RETURNING * INTO d;
  PERFORM audit_append(who, 'webhook.test', wanted::text, 'done', '{}');
  RETURN NEXT webhook_delivery_json(d);
END $$;

-- --- tried --------------------------------------------------------------------

-- When the attempt after `attempts` of them is made; NULL = there is none.
CREATE OR REPLACE FUNCTION webhook_backoff(attempts integer) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
  SELECT ('{0 s,5 s,5 min,30 min,2 h,5 h,10 h,14 h,20 h,24 h}'::interval[])[attempts + 1]
$$;

-- Deliveries of a webhook that may be tried now, those first that are due for the
-- longest; while it is not active its tests alone. In an ordered one they are the
-- first of their subjects. Mostly these are among the first that are due; where all
-- of those wait for others the subjects are gone through one by one, since behind
-- one that fails there may be any number.
CREATE OR REPLACE FUNCTION webhook_due(w webhook, how_many integer)
RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found bigint[];
BEGIN
  IF w.state <> 'active' THEN
    RETURN ARRAY(
      SELECT d.id FROM webhook_delivery d
       WHERE d.webhook = w.id AND d.kind = 'webhook' AND d.subject = w.id::text
         AND d.type = 'webhook.test' AND d.state = 'waiting' AND d.next_at <= now()
       ORDER BY d.event
       LIMIT how_many);
  END IF;
  found := ARRAY(
    SELECT d.id
      FROM (SELECT x.* FROM webhook_delivery x
             WHERE x.webhook = w.id AND x.state = 'waiting' AND x.next_at <= now()
             ORDER BY x.next_at, x.event
             LIMIT 100) AS d
     WHERE NOT w.ordered OR NOT EXISTS (
           SELECT FROM webhook_delivery b
            WHERE b.webhook = d.webhook AND b.kind = d.kind
              AND b.subject = d.subject AND b.sequence < d.sequence
              AND b.state IN ('waiting', 'sending'))
     ORDER BY d.next_at, d.event
     LIMIT how_many);
  IF found <> '{}' OR NOT w.ordered THEN
    RETURN found;
  END IF;
  RETURN ARRAY(
    WITH RECURSIVE head AS (
      (SELECT d.* FROM webhook_delivery d
        WHERE d.webhook = w.id AND d.state IN ('waiting', 'sending')
        ORDER BY d.kind, d.subject, d.sequence
        LIMIT 1)
       UNION ALL
      SELECT n.*
        FROM head h
       CROSS JOIN LATERAL (
             SELECT d.* FROM webhook_delivery d
              WHERE d.webhook = w.id AND d.state IN ('waiting', 'sending')
                AND (d.kind, d.subject) > (h.kind, h.subject)
              ORDER BY d.kind, d.subject, d.sequence
              LIMIT 1) AS n
    )
    SELECT h.id FROM head h
     WHERE h.state = 'waiting' AND h.next_at <= now()
     ORDER BY h.next_at, h.event
     LIMIT how_many);
END $$;

-- Claims up to `room` deliveries that are due, with the request that each one is:
-- four at a time for a webhook, but one alone for one that last failed, and for
-- all when room grows short; those that last failed leave the last places to
-- others, however many they are. The lease is longer than an attempt. What waits
-- and what was delivered may be much: the plans go by the indexes for what is due.
CREATE OR REPLACE FUNCTION webhook_claim(origin text, room integer)
RETURNS TABLE (id bigint, fence bigint, webhook bigint, url text,
               message_id text, moment bigint, signature text, body text,
               media_type text)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
#variable_conflict use_column
DECLARE
  w webhook;
  most integer;
  busy integer;
  left_over integer := room;
  taken integer;
  stamp bigint := floor(extract(epoch FROM now()));
BEGIN
  -- Whoever had these is gone, or too late.
  UPDATE webhook_delivery d
     SET state = 'waiting', lease_until = NULL
   WHERE d.id = ANY (ARRAY(
           SELECT o.id FROM webhook_delivery o
            WHERE o.state = 'sending' AND o.lease_until < now()
              AND webhook_backoff(o.attempts) IS NOT NULL
              FOR UPDATE SKIP LOCKED));
  FOR w IN
    SELECT x.*
      FROM webhook x
     WHERE x.state = 'active'
           AND EXISTS (SELECT FROM webhook_delivery d
                        WHERE d.webhook = x.id AND d.state = 'waiting'
                          AND d.next_at <= now())
        OR EXISTS (SELECT FROM webhook_delivery d
                    WHERE d.webhook = x.id AND d.state = 'waiting'
                      AND d.next_at <= now() AND d.type = 'webhook.test'
                      AND d.kind = 'webhook' AND d.subject = x.id::text)
     ORDER BY x.failing_since NULLS FIRST, random()
       FOR NO KEY UPDATE SKIP LOCKED
  LOOP
    EXIT WHEN left_over <= CASE WHEN w.failing_since IS NULL THEN 0 ELSE 16 END;
    most := CASE WHEN w.failing_since IS NULL AND left_over >= 32 THEN 4 ELSE 1 END;
    SELECT count(*) INTO busy FROM webhook_delivery d
     WHERE d.webhook = w.id AND d.state = 'sending' AND d.lease_until >= now();
    CONTINUE WHEN busy >= most;
    RETURN QUERY
    WITH due AS (
      SELECT d.id
        FROM webhook_delivery d
       WHERE d.id = ANY (webhook_due(w, least(most - busy, left_over)))
         AND d.state = 'waiting'
         FOR UPDATE SKIP LOCKED
    ), mine AS (
      UPDATE webhook_delivery d
         SET state = 'sending', attempts = d.attempts + 1,
             fence = nextval('webhook_fence'),
             lease_until = now() + interval '30 s',
             first_at = coalesce(d.first_at, now()), last_at = now()
        FROM due
       WHERE d.id = due.id
      RETURNING d.*
    )
    SELECT m.id, m.fence, m.webhook, w.url, m.message_id, stamp,
           webhook_signature(m.webhook, m.message_id, stamp, b.body), b.body,
           CASE w.format WHEN 'slack' THEN 'application/json'
                         ELSE 'application/cloudevents+json; charset=utf-8' END
      FROM mine m
      JOIN event e ON e.id = m.event
     CROSS JOIN LATERAL (
           SELECT CASE w.format WHEN 'slack' THEN webhook_slack_body(origin, e)
                    ELSE webhook_body(m.message_id, origin, e) END AS body
           OFFSET 0) AS b
     ORDER BY m.id;
    GET DIAGNOSTICS taken = ROW_COUNT;
    left_over := left_over - taken;
  END LOOP;
END $$;
COMMENT ON FUNCTION webhook_claim(text, integer) IS 'Deliveries to be tried now, signed';

-- Why nothing more is sent to a webhook after an attempt that was begun then and
-- failed; NULL = it goes on. Who is gone may have another address since.
CREATE OR REPLACE FUNCTION webhook_hopeless(w webhook, begun timestamptz,
  got integer) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN got = 410 AND w.changed_at <= begun
                THEN 'its receiver answered 410 Gone'
              WHEN w.failing_since < now() - interval '5 days'
                THEN 'every delivery of five days failed' END
$$;

-- What became of an attempt: the state of the delivery since; NULL: it is not ours
-- any more, and nothing is written. Without an answer `got` is NULL.
CREATE OR REPLACE FUNCTION webhook_outcome(wanted bigint, mark bigint, got integer,
  fault text, said text, took integer, retry_after_s bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  d webhook_delivery;
  w webhook;
  good boolean := coalesce(got BETWEEN 200 AND 299, false);
  why text;
  pause interval;
  is_test boolean;
BEGIN
  SELECT x.* INTO d FROM webhook_delivery x
   WHERE x.id = wanted AND x.fence = mark AND x.state = 'sending';
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  is_test := d.type = 'webhook.test';
  SELECT x.* INTO w FROM webhook x WHERE x.id = d.webhook;
  IF NOT good AND NOT is_test THEN
    why := webhook_hopeless(w, d.last_at, got);
  END IF;
  -- While this waits for other writers somebody may mend it.
  IF why IS NOT NULL THEN
    PERFORM write_lock();
    SELECT x.* INTO w FROM webhook x WHERE x.id = d.webhook FOR NO KEY UPDATE;
    why := webhook_hopeless(w, d.last_at, got);
  END IF;
  IF why IS NOT NULL THEN
    PERFORM webhook_disable(d.webhook, why);
  ELSIF NOT is_test AND good <> (w.failing_since IS NULL) THEN
    UPDATE webhook x
       SET failing_since = CASE WHEN NOT good THEN now() END
     WHERE x.id = d.webhook;
  END IF;
  IF NOT good AND NOT is_test AND why IS NULL
     AND w.state <> 'disabled' THEN
    -- No sooner than the receiver wants, and no later than we would anyway.
    pause := greatest(webhook_backoff(d.attempts) * (0.8 + 0.4 * random()),
                      least(make_interval(secs => coalesce(retry_after_s, 0)),
                            interval '24 h'));
    -- greatest() passes over a NULL, which is the end here.
    IF webhook_backoff(d.attempts) IS NULL THEN
      pause := NULL;
    END IF;
  END IF;
  UPDATE webhook_delivery x
     SET state = CASE WHEN good THEN 'delivered' WHEN pause IS NULL THEN 'dead'
                      ELSE 'waiting' END,
         next_at = coalesce(now() + pause, x.next_at),
         ended_at = CASE WHEN pause IS NULL THEN now() END,
         lease_until = NULL, status = got, took_ms = took, answer = said,
         error = CASE WHEN good THEN NULL
                      ELSE coalesce(fault, 'the answer was ' || got) END
   WHERE x.id = wanted AND x.fence = mark AND x.state = 'sending'
  RETURNING x.* INTO d;
  RETURN d.state;
END $$;
COMMENT ON FUNCTION webhook_outcome(bigint, bigint, integer, text, text, integer, bigint) IS 'Writes down how an attempt ended';

-- A worker that ends gives back what it has not finished: no attempt was made.
CREATE OR REPLACE FUNCTION webhook_release(wanted bigint, mark bigint)
RETURNS SETOF bigint
LANGUAGE sql AS $$
  UPDATE webhook_delivery d
     SET state = 'waiting', attempts = d.attempts - 1, lease_until = NULL
   WHERE d.id = wanted AND d.fence = mark AND d.state = 'sending'
  RETURNING d.id
$$;

-- --- asked for again ------------------------------------------------------------

-- Sets deliveries that ended, or wait for their next attempt, to the beginning.
CREATE OR REPLACE FUNCTION webhook_retry(wanted bigint, number bigint, who jsonb)
RETURNS SETOF json
LANGUAGE plpgsql AS $$
DECLARE
  d webhook_delivery;
BEGIN
  PERFORM write_lock();
  UPDATE webhook_delivery x
     SET state = 'waiting', attempts = 0, replays = x.replays + 1,
         next_at = now(), first_at = NULL, ended_at = NULL
   WHERE x.id = number AND x.webhook = wanted AND x.state <> 'sending'
  RETURNING * INTO d;
  IF NOT FOUND THEN
    SELECT x.* INTO d FROM webhook_delivery x
     WHERE x.id = number AND x.webhook = wanted;
    IF NOT FOUND THEN
      RETURN;
    END IF;
  END IF;
  PERFORM audit_append(who, 'webhook.retry', wanted::text, 'done',
                       jsonb_build_object('delivery', number));
  RETURN NEXT webhook_delivery_json(d);
END $$;

-- Sends what a webhook wants of the log once more, or for the first time: what
-- comes after a cursor, what happened since a moment, or what is of one subject.
-- {events, next}: with `next` there is more, to go on with from there. `how_many` are
-- looked at, wanted or not: writers wait meanwhile. NULL: there is no such webhook.
CREATE OR REPLACE FUNCTION webhook_replay(wanted bigint, after_xid xid8,
  after_id bigint, since timestamptz, of_subject text, how_many integer,
  who jsonb) RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
  w webhook;
  events event[];
  last event;
  answer json;
BEGIN
  PERFORM write_lock();
  SELECT x.* INTO w FROM webhook x WHERE x.id = wanted FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT array_agg(f.e ORDER BY f.xid, f.id) INTO events
    FROM (SELECT e.xid, e.id, e
            FROM event e
           WHERE (e.xid, e.id) > (after_xid, after_id)
             AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
             AND (since IS NULL OR e.time >= since)
             AND (of_subject IS NULL OR e.subject = of_subject)
           ORDER BY e.xid, e.id
           LIMIT how_many) AS f (xid, id, e);
  IF cardinality(events) = how_many THEN
    last := events[how_many];
  END IF;
  events := ARRAY(SELECT e FROM unnest(events) AS e WHERE webhook_wants(w, e));
  INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject,
                                sequence)
  SELECT wanted, e.id, webhook_message(e.id), e.type, e.kind, e.subject,
         e.subject_seq
    FROM unnest(events) AS e
   ORDER BY e.xid, e.id
  ON CONFLICT ON CONSTRAINT webhook_delivery_event_key DO UPDATE
     SET state = 'waiting', attempts = 0, replays = webhook_delivery.replays + 1,
         next_at = now(), first_at = NULL, ended_at = NULL
   WHERE webhook_delivery.state <> 'sending';
  SELECT json_build_object('events', cardinality(events), 'next',
           i.timeline || '.' || last.xid::text || '.' || last.id::text)
    INTO answer
    FROM instance i;
  PERFORM audit_append(who, 'webhook.replay', wanted::text, 'done',
    jsonb_build_object('since', rfc3339(since), 'subject', of_subject,
      'afterEvent', nullif(after_id, 0),
      'events', cardinality(events)));
  RETURN answer;
END $$;
COMMENT ON FUNCTION webhook_replay(bigint, xid8, bigint, timestamptz, text, integer, jsonb) IS 'WebhookReplayed';

-- --- swept ----------------------------------------------------------------------

-- Gives up what can go no further, and deletes what has been kept long enough;
-- how many rows are gone. A delivery that another transaction has its hands on is
-- left: it may be asked for again just now, and none is waited for.
CREATE OR REPLACE FUNCTION webhook_sweep() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  -- First, as it waits for a webhook that is being deleted.
  DELETE FROM webhook_secret s WHERE s.expires_at < now() - interval '1 day';
  -- Ended by its own worker alone, whose webhook meanwhile wants nothing more.
  UPDATE webhook_delivery d
     SET state = 'dead', ended_at = now(), lease_until = NULL,
         error = 'the webhook was disabled'
   WHERE d.id = ANY (ARRAY(
           SELECT x.id FROM webhook_delivery x
             JOIN webhook w ON w.id = x.webhook
            WHERE w.state = 'disabled' AND x.type <> 'webhook.test'
              AND (x.state = 'waiting'
                   OR x.state = 'sending' AND x.lease_until < now())
              FOR UPDATE OF x SKIP LOCKED));
  -- The worker died at the last attempt.
  UPDATE webhook_delivery d
     SET state = 'dead', ended_at = now(), lease_until = NULL,
         error = 'the worker ended during the last attempt'
   WHERE d.id = ANY (ARRAY(
           SELECT x.id FROM webhook_delivery x
            WHERE x.state = 'sending' AND x.lease_until < now()
              AND webhook_backoff(x.attempts) IS NULL
              FOR UPDATE SKIP LOCKED));
  -- In an ordered webhook nothing holds up the rest of its subject for longer; in
  -- one that is paused it is not what holds it up.
  UPDATE webhook_delivery d
     SET state = 'dead', ended_at = now(),
         error = concat_ws('; ', d.error, 'given up after an hour, since later events of its subject wait')
   WHERE d.id = ANY (ARRAY(
           SELECT x.id FROM webhook_delivery x
             JOIN webhook w ON w.id = x.webhook
            WHERE w.ordered AND w.state = 'active'
              AND x.state = 'waiting' AND x.first_at < now() - interval '1 hour'
              AND EXISTS (SELECT FROM webhook_delivery b
                           WHERE b.webhook = x.webhook AND b.kind = x.kind
                             AND b.subject = x.subject AND b.sequence > x.sequence
                             AND b.state = 'waiting')
              FOR UPDATE OF x SKIP LOCKED));
  DELETE FROM webhook_delivery d
   WHERE d.id = ANY (ARRAY(
           SELECT x.id FROM webhook_delivery x
            WHERE x.ended_at < now() - interval '30 days'
            ORDER BY x.ended_at
            LIMIT 5000
              FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
COMMENT ON FUNCTION webhook_sweep() IS 'Rows gone of old deliveries';
