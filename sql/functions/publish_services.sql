-- SPDX-License-Identifier: Apache-2.0
-- One publish from beginning to end, in the caller's transaction.

-- What every publish that arrives leaves behind, changed or not: the newest
-- order keys, so that a late older publish cannot win.
CREATE OR REPLACE FUNCTION publish_seen(items publish_item[], o jsonb, who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  from_whom text := coalesce(o->>'publisher', principal_shown(who->>'subject'));
BEGIN
  UPDATE service_seen e
     SET seen_at = moment, source = from_whom,
         sequence = CASE WHEN i.newer < 0 THEN e.sequence
           WHEN i.newer = 2 THEN (o->>'sequence')::bigint
           ELSE greatest(e.sequence, (o->>'sequence')::bigint) END,
         commit_time = CASE WHEN i.newer < 0 THEN e.commit_time
           WHEN i.newer = 2 THEN (o->>'commitTime')::timestamptz
           ELSE greatest(e.commit_time, (o->>'commitTime')::timestamptz) END,
         commit = CASE WHEN i.newer < 0 THEN e.commit
           WHEN i.result = 'unchanged' THEN coalesce(o->>'commit', e.commit)
           ELSE o->>'commit' END
    FROM unnest(items) AS i
   WHERE e.service = i.service;
  INSERT INTO service_seen (service, seen_at, sequence, commit, commit_time, source)
  SELECT s.id, moment, (o->>'sequence')::bigint, o->>'commit',
         (o->>'commitTime')::timestamptz, from_whom
    FROM unnest(items) AS i
    JOIN service s ON s.service_id = i.service_id
   WHERE i.result = 'created';
END $$;

-- The lock between a publish that changes services and the quick way below, which
-- does without the lock of writers: whoever has it decides on what the other
-- has committed, and so the newest order key wins.
CREATE OR REPLACE FUNCTION publish_lock(ids text[], publisher text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM service_seen e
    WHERE e.service IN (
            SELECT s.id
              FROM unnest(ids) AS given (id)
              JOIN service s ON s.service_id = given.id
             UNION
            SELECT s.id FROM service s WHERE s.publisher = publish_lock.publisher)
    ORDER BY e.service
      FOR UPDATE;
END $$;

-- A good publish mends the refused ones before it, a full set all of its
-- publisher. Those that no other event tells of (`told`) get one. Answers which
-- services had one.
CREATE OR REPLACE FUNCTION failures_resolve(ids text[], told text[], o jsonb,
  who jsonb, moment timestamptz) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
  mended publish_failure[];
BEGIN
  WITH resolved AS (
    UPDATE publish_failure f
       SET resolved_at = moment
     WHERE f.resolved_at IS NULL
       AND (f.service_id = ANY (ids)
            OR (o->>'set')::boolean AND f.publisher = o->>'publisher')
    RETURNING f AS row
  )
  SELECT coalesce(array_agg(r.row), '{}') INTO mended FROM resolved r;
  IF mended = '{}' THEN
    RETURN '{}';
  END IF;
  PERFORM events_append(array_agg('publish.resolved'::text), e.kind,
            array_agg(e.subject), array_agg(e.team), who->>'subject', moment,
            array_agg(publish_event_data(e.team, NULL, o, NULL)))
     FROM (SELECT DISTINCT ON (kind, subject) kind, subject, team
             FROM (SELECT CASE WHEN m.service_id IS NULL
                               THEN 'publisher' ELSE 'service' END,
                          coalesce(m.service_id, m.publisher), m.team
                     FROM unnest(mended) AS m) AS f (kind, subject, team)
            WHERE subject <> ALL (told) OR kind = 'publisher'
            ORDER BY kind, subject) AS e
    GROUP BY e.kind;
  RETURN ARRAY(SELECT s.id FROM unnest(mended) AS m
                 JOIN service s ON s.service_id = m.service_id);
END $$;

-- Services that had no publisher have one from now on.
CREATE OR REPLACE FUNCTION publishers_adopt(ids text[], publisher text)
RETURNS bigint[]
LANGUAGE sql AS $$
  WITH adopted AS (
    UPDATE service s
       SET publisher = publishers_adopt.publisher
      FROM unnest(ids) AS given (id)
     WHERE s.service_id = given.id
       AND publishers_adopt.publisher IS NOT NULL
       AND s.publisher IS NULL
    RETURNING s.id, s.version_id
  ), versions AS (
    UPDATE service_version v
       SET publisher = publishers_adopt.publisher
      FROM adopted a
     WHERE v.id = a.version_id
  )
  SELECT coalesce(array_agg(a.id), '{}') FROM adopted a
$$;

CREATE OR REPLACE FUNCTION publish_result(items publish_item[],
  gone service[], held service[], o jsonb, warnings json) RETURNS text
LANGUAGE sql STABLE AS $$
  WITH line AS (
    SELECT i.service_id, i.result, i.number, i.changes
      FROM unnest(items) AS i
    UNION ALL
    SELECT g.service_id, 'tombstoned', g.versions, '[]' FROM unnest(gone) AS g
    UNION ALL
    SELECT h.service_id, 'held', h.versions, '[]' FROM unnest(held) AS h
  )
  SELECT json_build_object(
    'created', count(*) FILTER (WHERE l.result = 'created'),
    'updated', count(*) FILTER (WHERE l.result = 'updated'),
    'unchanged', count(*) FILTER (WHERE l.result = 'unchanged'),
    'superseded', count(*) FILTER (WHERE l.result = 'superseded'),
    'restored', count(*) FILTER (WHERE l.result = 'restored'),
    'tombstoned', count(*) FILTER (WHERE l.result = 'tombstoned'),
    'held', count(*) FILTER (WHERE l.result = 'held'),
    'items', coalesce(json_agg(json_build_object('serviceID', l.service_id,
        'result', l.result, 'version', l.number, 'changes', l.changes)
        ORDER BY l.service_id COLLATE "C")
      FILTER (WHERE l.result <> 'unchanged' OR NOT (o->>'set')::boolean), '[]'),
    'warnings', warnings)::text
    FROM line l
$$;
COMMENT ON FUNCTION publish_result(publish_item[], service[], service[], jsonb, json) IS 'PublishResult';

-- Deletions that are too many wait for an admin; the next set replaces them, a
-- late older one does not.
CREATE OR REPLACE FUNCTION publish_hold_set(held service[], of_count integer,
  o jsonb, who jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  names text[] := ARRAY(SELECT h.service_id FROM unnest(held) AS h ORDER BY 1);
  told boolean;
BEGIN
  PERFORM FROM publish_hold h
    WHERE h.publisher = o->>'publisher'
      AND NOT (o->>'force')::boolean
      AND publish_order((o->>'sequence')::bigint,
            (o->>'commitTime')::timestamptz, h.sequence, h.commit_time) < 0;
  IF FOUND THEN
    RETURN;
  END IF;
  IF names = '{}' THEN
    DELETE FROM publish_hold h WHERE h.publisher = o->>'publisher';
    RETURN;
  END IF;
  told := EXISTS (SELECT FROM publish_hold h
                   WHERE h.publisher = o->>'publisher' AND h.missing = names
                     AND h.of_count = publish_hold_set.of_count);
  INSERT INTO publish_hold AS h (publisher, missing, of_count, principal,
         sequence, commit, commit_time, run_url, held_at)
  VALUES (o->>'publisher', names, of_count, who->>'subject',
          (o->>'sequence')::bigint, o->>'commit',
          (o->>'commitTime')::timestamptz, o->>'runUrl', moment)
  ON CONFLICT ON CONSTRAINT publish_hold_pkey
  DO UPDATE SET missing = excluded.missing, of_count = excluded.of_count,
         principal = excluded.principal, sequence = excluded.sequence,
         commit = excluded.commit, commit_time = excluded.commit_time,
         run_url = excluded.run_url,
         held_at = CASE WHEN told THEN h.held_at ELSE excluded.held_at END
   WHERE (h.missing, h.of_count, h.sequence, h.commit_time) IS DISTINCT FROM
         (excluded.missing, excluded.of_count, excluded.sequence,
          excluded.commit_time);
  IF NOT told THEN
    PERFORM event_append('publish.held', 'publisher', o->>'publisher', NULL,
      who->>'subject', moment, jsonb_build_object('missing', names,
        'commit', o->>'commit', 'runUrl', o->>'runUrl',
        'publisher', o->>'publisher'));
  END IF;
END $$;

-- What was published after all is not deleted by approving a hold, unless the
-- publish is older than the set that left it out.
CREATE OR REPLACE FUNCTION publish_hold_spare(ids text[], o jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE publish_hold h
     SET missing = ARRAY(SELECT name FROM unnest(h.missing) AS name
                          WHERE name <> ALL (ids) ORDER BY name)
   WHERE h.missing && ids
     AND ((o->>'force')::boolean
          OR h.publisher <> o->>'publisher'
          OR publish_order((o->>'sequence')::bigint,
               (o->>'commitTime')::timestamptz, h.sequence, h.commit_time) >= 0);
  DELETE FROM publish_hold h WHERE h.missing = '{}';
END $$;

-- Events, earlier names, search, documents and audit of what was written.
CREATE OR REPLACE FUNCTION publish_follow(items publish_item[], gone service[],
  touched bigint[], o jsonb, who jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  applied publish_item[] := ARRAY(
    SELECT i FROM unnest(items) AS i WHERE i.result <> 'superseded');
  numbers bigint[] := ARRAY(
    SELECT s.id FROM unnest(items) AS i
      JOIN service s ON s.service_id = i.service_id
    UNION SELECT unnest(touched)
    UNION SELECT g.id FROM unnest(gone) AS g);
  flipped bigint[] := ARRAY(
    SELECT s.id FROM unnest(items) AS i
      JOIN service s ON s.service_id = i.service_id
     WHERE i.result IN ('created', 'restored')
    UNION SELECT g.id FROM unnest(gone) AS g);
  teams text[] := ARRAY(
    SELECT t FROM (SELECT i.owner FROM unnest(applied) AS i
             UNION SELECT i.spec->>'teamName' FROM unnest(applied) AS i
             UNION SELECT g.team FROM unnest(gone) AS g) AS every (t)
     WHERE t IS NOT NULL);
BEGIN
  PERFORM events_append(array_agg(e.type), 'service', array_agg(e.subject),
            array_agg(e.team), who->>'subject', moment, array_agg(e.data))
     FROM (SELECT 'service.' || i.result AS type, i.service_id AS subject,
                  i.spec->>'teamName' AS team,
                  publish_event_data(i.spec->>'teamName', i.number, o,
                    CASE i.result WHEN 'created' THEN NULL
                    ELSE changed_paths(i.changes) END) AS data
             FROM unnest(applied) AS i
           UNION ALL
           SELECT 'service.tombstoned', g.service_id, g.team,
                  publish_event_data(g.team, g.versions, o, NULL)
             FROM unnest(gone) AS g
            ORDER BY 2) AS e
   HAVING count(*) > 0;
  PERFORM services_changed(numbers, flipped, teams, o->>'commit', moment);
  PERFORM audit_append(who,
    CASE WHEN (o->>'set')::boolean THEN 'services.publish'
         ELSE 'service.publish' END,
    CASE WHEN (o->>'set')::boolean THEN o->>'publisher'
         ELSE (SELECT s.service_id FROM service s WHERE s.id = numbers[1]) END,
    'done', jsonb_build_object('commit', o->>'commit',
      'tombstoned', nullif(cardinality(gone), 0),
      'services', (SELECT jsonb_object_agg(i.service_id, jsonb_build_object(
          'result', i.result, 'before', encode(v.content_sha256, 'hex'),
          'after', encode(i.content_sha256, 'hex')))
        FROM unnest(items) AS i
        LEFT JOIN service_version v ON v.id = i.version_id)));
END $$;

CREATE OR REPLACE FUNCTION publish_services(ids text[], specs text[],
  sources text[], options text, principal text, warnings text)
RETURNS TABLE (status integer, detail text, extra text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  o jsonb := options;
  who jsonb := principal;
  every publish_item[];
  changed publish_item[];
  same text[];
  missing service[] := '{}';
  gone service[] := '{}';
  of_count integer := 0;
  touched bigint[];
  moment timestamptz;
  refusal record;
BEGIN
  PERFORM write_lock();
  PERFORM publish_lock(ids, CASE WHEN (o->>'set')::boolean
                                 THEN o->>'publisher' END);
  moment := date_trunc('milliseconds', clock_timestamp());
  every := ARRAY(SELECT p FROM plan_publish(ids, specs, sources, o, who) AS p);
  IF (o->>'set')::boolean THEN
    missing := ARRAY(SELECT m FROM publish_missing(ids, o) AS m);
    of_count := count(*) FROM service s
      WHERE s.publisher = o->>'publisher' AND s.tombstoned_at IS NULL;
  END IF;

  SELECT r.* INTO refusal FROM publish_refusal(every, missing, o, who) AS r;
  IF FOUND THEN
    RETURN QUERY SELECT refusal.status, refusal.detail, refusal.extra,
                        NULL::text;
    RETURN;
  END IF;

  IF cardinality(missing) <= greatest(5, of_count * 0.2) THEN
    gone := missing;
    missing := '{}';
  END IF;
  changed := ARRAY(SELECT e FROM unnest(every) AS e
                    WHERE e.result <> 'unchanged' AND NOT e.repeated);
  same := ARRAY(SELECT e.service_id FROM unnest(every) AS e
                 WHERE e.result = 'unchanged');
  IF changed <> '{}' THEN
    PERFORM publish_write(changed, o, who, moment);
  END IF;
  IF gone <> '{}' THEN
    PERFORM tombstone(ARRAY(SELECT g.id FROM unnest(gone) AS g), o, moment);
  END IF;
  PERFORM publish_seen(every, o, who, moment);
  PERFORM publish_hold_spare(ids, o);
  touched := publishers_adopt(same, o->>'publisher')
    || failures_resolve(
         ARRAY(SELECT e.service_id FROM unnest(every) AS e
                WHERE e.result <> 'superseded'),
         ARRAY(SELECT e.service_id FROM unnest(changed) AS e
                WHERE e.result <> 'superseded'
               UNION SELECT g.service_id FROM unnest(gone) AS g),
         o || jsonb_build_object('set', (o->>'set')::boolean AND NOT EXISTS (
           SELECT FROM unnest(every) AS e WHERE e.result = 'superseded')),
         who, moment);
  IF (o->>'set')::boolean THEN
    PERFORM publish_hold_set(missing, of_count, o, who, moment);
  END IF;
  IF changed <> '{}' OR gone <> '{}' OR touched <> '{}' THEN
    PERFORM publish_follow(changed, gone, touched, o, who, moment);
  END IF;
  RETURN QUERY SELECT CASE WHEN missing = '{}' THEN 200 ELSE 202 END,
    NULL::text, NULL::text,
    publish_result(every, gone, missing, o, warnings::json);
END $$;
COMMENT ON FUNCTION publish_services(text[], text[], text[], text, text, text) IS 'Publishes specs; status 403 and 409 wrote nothing that must stay';

-- The quick way for a spec that is what it was, without the lock of writers: one
-- row when that is all there is to it.
CREATE OR REPLACE FUNCTION publish_unchanged(wanted text, content text, options text,
  principal text, warnings text) RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
  o jsonb := options;
  who jsonb := principal;
  item publish_item;
BEGIN
  PERFORM publish_lock(ARRAY[wanted], NULL);
  SELECT s.id, s.versions, publish_order((o->>'sequence')::bigint,
           (o->>'commitTime')::timestamptz, e.sequence, e.commit_time)
    INTO item.service, item.number, item.newer
    FROM service s
    JOIN service_version v ON v.id = s.version_id
    JOIN service_seen e ON e.service = s.id
   WHERE s.service_id = wanted
     AND s.tombstoned_at IS NULL
     AND v.content_sha256 = sha256(convert_to(content, 'UTF8'))
     AND (o->>'publisher' IS NULL OR s.publisher = o->>'publisher')
     AND NOT (o->>'force')::boolean
     AND publish_denied(who, wanted, true, s.team, NULL) IS NULL
     AND NOT EXISTS (SELECT FROM publish_failure f
                      WHERE f.service_id = wanted AND f.resolved_at IS NULL)
     AND NOT EXISTS (SELECT FROM publish_hold h WHERE wanted = ANY (h.missing));
  IF NOT FOUND THEN
    RETURN;
  END IF;
  item.service_id := wanted;
  item.result := 'unchanged';
  item.changes := '[]';
  PERFORM publish_seen(ARRAY[item], o, who,
                       date_trunc('milliseconds', clock_timestamp()));
  RETURN NEXT publish_result(ARRAY[item], '{}', '{}', o, warnings::json);
END $$;
