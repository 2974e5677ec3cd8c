-- SPDX-License-Identifier: Apache-2.0
-- One publish: plan_publish() decides what each spec means without writing
-- anything, publish_services() refuses or carries it out. A dry run is the same
-- transaction rolled back, so answers hold no time and no generated number.

-- Does a text match a pattern whose '*' stands for any run of characters.
CREATE OR REPLACE FUNCTION glob_match(glob text, value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT value LIKE replace(replace(replace(replace(glob,
    '\', '\\'), '%', '\%'), '_', '\_'), '*', '%')
$$;

-- -1, 0 or 1: is a publish older or newer than the newest one seen. Without a
-- key that both have, what arrives later is newer.
CREATE OR REPLACE FUNCTION publish_order(sequence bigint, commit_time timestamptz,
  seen_sequence bigint, seen_time timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN sequence IS NOT NULL AND seen_sequence IS NOT NULL
      THEN sign(sequence - seen_sequence)::integer
    WHEN commit_time IS NOT NULL AND seen_time IS NOT NULL
      THEN sign(extract(epoch FROM commit_time - seen_time))::integer
    ELSE 1 END
$$;

-- May a principal publish a service: NULL = yes, else JSON members that say who
-- could. Admins and unbound tokens may everything within their globs; others
-- create services of their teams and change services that their teams own.
CREATE OR REPLACE FUNCTION publish_denied(who jsonb, id text, there boolean,
  owner text, wanted text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN (who->>'admin')::boolean THEN NULL
    WHEN jsonb_array_length(who->'services') > 0 AND NOT EXISTS (
           SELECT FROM jsonb_array_elements_text(who->'services') AS glob
            WHERE glob_match(glob, id))
      THEN jsonb_build_object('role', 'admin')
    WHEN who->>'kind' IN ('ci', 'system')
         AND jsonb_array_length(who->'teams') = 0 THEN NULL
    WHEN who->'teams' ? coalesce(CASE WHEN there THEN owner ELSE wanted END, '')
      THEN NULL
    WHEN there AND owner IS NULL OR NOT there AND wanted IS NULL
      THEN jsonb_build_object('role', 'admin')
    ELSE jsonb_build_object('team', CASE WHEN there THEN owner ELSE wanted END)
  END
$$;

-- The spec that was published under the same sequence or commit, if it was
-- another one. Of unchanged publishes only the last is known: it was of the
-- content that was current.
CREATE OR REPLACE FUNCTION publish_clash(wanted bigint, content bytea,
  old_spec jsonb, seen_sequence bigint, seen_commit text, o jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  other integer;
  same boolean;
BEGIN
  SELECT max(v.number) FILTER (WHERE v.content_sha256 <> content),
         bool_or(v.content_sha256 = content)
    INTO other, same
    FROM service_version v
   WHERE v.service = wanted
     AND (v.sequence = (o->>'sequence')::bigint AND v.sequence <= seen_sequence
          OR v.commit = o->>'commit');
  RETURN CASE
    WHEN other IS NOT NULL THEN (
      SELECT v.spec FROM service_version v
       WHERE v.service = wanted AND v.number = other)
    WHEN same THEN NULL
    WHEN seen_sequence = (o->>'sequence')::bigint OR seen_commit = o->>'commit'
      THEN old_spec END;
END $$;

-- What each spec means: one row per spec, by id.
CREATE OR REPLACE FUNCTION plan_publish(ids text[], specs text[],
  sources text[], o jsonb, who jsonb) RETURNS SETOF publish_item
LANGUAGE sql STABLE AS $$
  WITH given AS (
    SELECT g.id, g.spec::jsonb AS spec, g.source,
           sha256(convert_to(g.spec, 'UTF8')) AS content
      FROM unnest(ids, specs, sources) AS g (id, spec, source)
  ), met AS (
    SELECT g.*, s.id AS number, s.version_id, s.versions, s.team AS owner,
           s.publisher, s.tombstoned_at, v.spec AS old_spec,
           v.content_sha256 = g.content AS same, e.sequence AS seen_sequence,
           e.commit AS seen_commit,
           coalesce(s.publisher <> o->>'publisher', false) AS of_another,
           -- Numbers of one CI system say nothing about those of another.
           CASE WHEN s.publisher <> o->>'publisher'
                  OR (o->>'force')::boolean
                     AND coalesce(o->>'sequence', o->>'commitTime') IS NOT NULL
                THEN 2
                ELSE publish_order((o->>'sequence')::bigint,
                       (o->>'commitTime')::timestamptz, e.sequence,
                       e.commit_time) END AS newer
      FROM given g
      LEFT JOIN service s ON s.service_id = g.id
      LEFT JOIN service_version v ON v.id = s.version_id
      LEFT JOIN service_seen e ON e.service = s.id
  ), judged AS (
    SELECT m.*,
           publish_denied(who, m.id, m.number IS NOT NULL, m.owner,
                          m.spec->>'teamName') AS denied,
           m.of_another AND NOT (o->>'takeover')::boolean AS foreign_one,
           CASE WHEN NOT m.same AND NOT (o->>'force')::boolean
                THEN publish_clash(m.number, m.content, m.old_spec,
                       CASE WHEN m.newer < 2 THEN m.seen_sequence END,
                       m.seen_commit, o) END AS clash,
           (SELECT max(late.number) FROM service_version late
             WHERE late.service = m.number
               AND late.content_sha256 = m.content
               AND (late.sequence, late.commit, late.commit_time)
                   IS NOT DISTINCT FROM ((o->>'sequence')::bigint,
                     o->>'commit', (o->>'commitTime')::timestamptz))
             AS known_as
      FROM met m
  ), decided AS (
    SELECT j.*, CASE
        WHEN j.number IS NULL THEN 'created'
        WHEN j.newer < 0 AND NOT (j.same AND j.tombstoned_at IS NULL)
             THEN 'superseded'
        WHEN j.tombstoned_at IS NOT NULL THEN 'restored'
        WHEN j.same AND NOT j.of_another THEN 'unchanged'
        ELSE 'updated' END AS result
      FROM judged j
  )
  SELECT d.id, d.spec, d.content, d.source,
         sha256(convert_to(d.source, 'UTF8')),
         d.number, d.version_id, d.owner, d.publisher, d.result,
         CASE d.result
           WHEN 'created' THEN 1
           WHEN 'unchanged' THEN d.versions
           WHEN 'superseded' THEN coalesce(d.known_as, d.versions + 1)
           ELSE d.versions + 1 END,
         d.result = 'superseded' AND d.known_as IS NOT NULL,
         CASE WHEN d.number IS NULL OR d.same THEN '[]'
              ELSE spec_diff(coalesce(d.clash, d.old_spec), d.spec) END,
         d.denied, d.foreign_one, d.clash IS NOT NULL, d.newer
    FROM decided d
   ORDER BY d.id
$$;

-- Why a plan cannot be carried out: no row when it can.
CREATE OR REPLACE FUNCTION publish_refusal(items publish_item[],
  missing service[], o jsonb, who jsonb)
RETURNS TABLE (status integer, detail text, extra text)
LANGUAGE sql STABLE AS $$
  SELECT r.status, r.detail, r.extra
    FROM unnest(items) AS i
   CROSS JOIN LATERAL (VALUES
     (i.denied IS NOT NULL, 403,
      format('you may not publish the service %s', i.service_id),
      format('"needs":%s', i.denied)),
     (i.foreign_one, 409,
      format('the service %s belongs to the publisher %s; takeover=1 takes it over',
             i.service_id, i.publisher),
      NULL),
     (i.clash, 409,
      format('the service %s was already published with other content by the same %s',
             i.service_id, CASE WHEN o->>'sequence' IS NULL THEN 'commit'
                                WHEN o->>'commit' IS NULL THEN 'sequence'
                                ELSE 'sequence or commit' END),
      format('"changes":%s', i.changes))
   ) AS r (applies, status, detail, extra)
   WHERE r.applies
   UNION ALL
  SELECT 403,
         format('you may not delete the service %s, which your set leaves out',
                m.service_id),
         format('"needs":%s', publish_denied(who, m.service_id, true, m.team,
                                             NULL))
    FROM unnest(missing) AS m
   WHERE publish_denied(who, m.service_id, true, m.team, NULL) IS NOT NULL
   ORDER BY 1, 2
   LIMIT 1
$$;

-- Services of the publisher that its set leaves out and that no later publish
-- has named.
CREATE OR REPLACE FUNCTION publish_missing(ids text[], o jsonb)
RETURNS SETOF service
LANGUAGE sql STABLE AS $$
  SELECT s.*
    FROM service s
    LEFT JOIN service_seen e ON e.service = s.id
   WHERE s.publisher = o->>'publisher'
     AND s.tombstoned_at IS NULL
     AND s.service_id <> ALL (ids)
     AND ((o->>'force')::boolean
          OR publish_order((o->>'sequence')::bigint,
               (o->>'commitTime')::timestamptz, e.sequence, e.commit_time) >= 0)
   ORDER BY s.service_id
$$;

-- Event payloads are thin: EventData.
CREATE OR REPLACE FUNCTION publish_event_data(team text, number integer,
  o jsonb, changed text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('team', team, 'version', number,
    'commit', o->>'commit', 'runUrl', o->>'runUrl',
    'publisher', o->>'publisher', 'changed', to_jsonb(changed)))
$$;

-- Writes the versions and moves the current ones.
CREATE OR REPLACE FUNCTION publish_write(items publish_item[], o jsonb,
  who jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO blob (sha256, bytes, created_at)
  SELECT DISTINCT ON (i.source_sha256) i.source_sha256,
         convert_to(i.source, 'UTF8'), moment
    FROM unnest(items) AS i
  ON CONFLICT ON CONSTRAINT blob_pkey DO NOTHING;

  INSERT INTO team (name, created_at)
  SELECT DISTINCT i.spec->>'teamName', moment
    FROM unnest(items) AS i
   WHERE i.spec->>'teamName' IS NOT NULL AND i.result <> 'superseded'
  ON CONFLICT ON CONSTRAINT team_pkey DO NOTHING;

  INSERT INTO service (service_id, created_at, published_at)
  SELECT i.service_id, moment, moment
    FROM unnest(items) AS i
   WHERE i.result = 'created';

  UPDATE service_version v
     SET valid_to = greatest(moment, v.valid_from)
    FROM unnest(items) AS i
   WHERE v.id = i.version_id
     AND v.valid_to IS NULL
     AND i.result IN ('updated', 'restored');

  WITH made AS (
    INSERT INTO service_version (service, number, spec, content_sha256,
           source_sha256, changed, sequence, commit, commit_time, branch,
           run_url, publisher, principal, received_at, valid_from)
    SELECT s.id, i.number, i.spec, i.content_sha256, i.source_sha256,
           CASE i.result WHEN 'created' THEN '{}'
                         ELSE changed_paths(i.changes) END,
           (o->>'sequence')::bigint, o->>'commit',
           (o->>'commitTime')::timestamptz, o->>'branch', o->>'runUrl',
           coalesce(o->>'publisher', s.publisher), who->>'subject', moment,
           CASE i.result WHEN 'superseded' THEN NULL ELSE moment END
      FROM unnest(items) AS i
      JOIN service s ON s.service_id = i.service_id
    RETURNING id, service, number, valid_from, facet, publisher, spec
  )
  UPDATE service s
     SET versions = m.number,
         version_id = CASE WHEN m.valid_from IS NULL THEN s.version_id
                           ELSE m.id END,
         team = CASE WHEN m.valid_from IS NULL THEN s.team
                     ELSE m.spec->>'teamName' END,
         tier = CASE WHEN m.valid_from IS NULL THEN s.tier
                     ELSE (m.spec->>'tier')::smallint END,
         facet = CASE WHEN m.valid_from IS NULL THEN s.facet
                      ELSE m.facet END,
         publisher = CASE WHEN m.valid_from IS NULL THEN s.publisher
                          ELSE m.publisher END,
         published_at = CASE WHEN m.valid_from IS NULL THEN s.published_at
                             ELSE moment END,
         tombstoned_at = CASE WHEN m.valid_from IS NULL THEN s.tombstoned_at
                         END
    FROM made m
   WHERE s.id = m.service;
END $$;

-- Services that are no longer declared. A deletion has its place in the order
-- too: a late publish that is older does not bring a service back.
CREATE OR REPLACE FUNCTION tombstone(numbers bigint[], o jsonb,
  moment timestamptz) RETURNS void
LANGUAGE sql AS $$
  UPDATE service_seen e
     SET sequence = CASE WHEN (o->>'force')::boolean
           THEN coalesce((o->>'sequence')::bigint, e.sequence)
           ELSE greatest(e.sequence, (o->>'sequence')::bigint) END,
         commit_time = CASE WHEN (o->>'force')::boolean
           THEN coalesce((o->>'commitTime')::timestamptz, e.commit_time)
           ELSE greatest(e.commit_time, (o->>'commitTime')::timestamptz) END
   WHERE e.service = ANY (numbers);
  UPDATE service_version v
     SET valid_to = greatest(moment, v.valid_from)
    FROM service s
   WHERE s.id = ANY (numbers) AND v.id = s.version_id AND v.valid_to IS NULL;
  UPDATE service s
     SET tombstoned_at = moment
   WHERE s.id = ANY (numbers) AND s.tombstoned_at IS NULL
$$;

-- What follows from services that came, changed or went (`flipped`: came or
-- went): earlier names, gRPC, search, and the documents of them and of those whose
-- document they stand in.
CREATE OR REPLACE FUNCTION services_changed(numbers bigint[], flipped bigint[],
  teams text[], commit text, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  around bigint[];
BEGIN
  DELETE FROM service_alias a
   USING service s, service_version v
   WHERE s.id = ANY (numbers) AND a.service = s.id AND v.id = s.version_id
     AND a.alias <> ALL (spec_texts(v.spec->'previousServiceIDs'));
  INSERT INTO service_alias (alias, service)
  SELECT name, s.id
    FROM service s
    JOIN service_version v ON v.id = s.version_id
   CROSS JOIN LATERAL unnest(spec_texts(v.spec->'previousServiceIDs')) AS name
   WHERE s.id = ANY (numbers)
  ON CONFLICT ON CONSTRAINT service_alias_pkey DO NOTHING;

  PERFORM service_grpc_follow(numbers);
  PERFORM facts_spec(numbers, commit, moment);
  PERFORM facts_api(numbers, commit, moment);
  INSERT INTO fact_pending (service, key, since)
  SELECT number, 'service.target', moment
    FROM unnest(numbers) AS number
   WHERE rules_run();
  PERFORM search_services(numbers);
  PERFORM search_teams(teams);

  around := ARRAY(
    SELECT unnest(numbers)
    UNION
    -- They are among the dependents of these, or were until now.
    (SELECT near.id
       FROM service s
      CROSS JOIN LATERAL (
         SELECT v.depends_on
           FROM service_version v
          WHERE v.service = s.id AND v.valid_from IS NOT NULL
          ORDER BY v.number DESC
          LIMIT 2) AS last_two
      CROSS JOIN LATERAL unnest(last_two.depends_on) AS name
       JOIN service near ON near.service_id = name
      WHERE s.id = ANY (numbers)
      GROUP BY s.id, near.id
     HAVING s.id = ANY (flipped) OR count(*) = 1)
    UNION
    -- These depend on them, and show whether they are known.
    SELECT near.service
      FROM service s
     CROSS JOIN LATERAL (
        SELECT v.service
          FROM service_version v
         WHERE v.depends_on @> ARRAY[s.service_id]
           AND v.valid_from IS NOT NULL
           AND v.valid_to IS NULL
        OFFSET 0) AS near
     WHERE s.id = ANY (flipped));
  PERFORM services_render(around);
END $$;
