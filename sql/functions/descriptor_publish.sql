-- SPDX-License-Identifier: Apache-2.0
-- One publish of a descriptor set, in the caller's transaction: descriptor_plan()
-- decides what it means, the caller writes files that are new, and
-- descriptor_apply() makes the revision. A dry run is the same, rolled back.

-- May a principal publish a repository: NULL = yes, else who could. Whoever is
-- bound to teams or services is not the CI of a repository that all share.
CREATE OR REPLACE FUNCTION descriptor_denied(who jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN (who->>'admin')::boolean THEN NULL
    WHEN who->>'kind' IN ('ci', 'system')
         AND jsonb_array_length(who->'teams') = 0
         AND jsonb_array_length(who->'services') = 0 THEN NULL
    ELSE jsonb_build_object('role', 'admin') END
$$;

-- The revision that was published under the same sequence or commit with
-- another content. The last publish that changed nothing counts too.
CREATE OR REPLACE FUNCTION descriptor_clash(r proto_repository, content bytea,
  o jsonb) RETURNS integer
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT max(v.number)
       FROM proto_revision v
      WHERE v.repository = r.id
        AND v.set_sha256 <> content
        AND (v.sequence = (o->>'sequence')::bigint OR v.commit = o->>'commit')),
    (SELECT v.number
       FROM proto_revision v
      WHERE v.repository = r.id AND v.number = r.revision
        AND v.set_sha256 <> content
        AND (r.sequence = (o->>'sequence')::bigint OR r.commit = o->>'commit')))
$$;

-- What a set means. Takes the lock of the repository, which is held until the
-- transaction ends; `number` is the revision it is or will be.
CREATE OR REPLACE FUNCTION descriptor_plan(repository text, content bytea,
  o jsonb, who jsonb)
RETURNS TABLE (status integer, detail text, extra text, result text,
  number integer, current integer)
LANGUAGE plpgsql AS $$
DECLARE
  r proto_repository;
  same boolean;
  newer integer;
  late integer;
  clash integer;
BEGIN
  PERFORM pg_advisory_xact_lock(
            hashtextextended('mdash proto repository ' || repository, 0));
  SELECT p.* INTO r FROM proto_repository p WHERE p.name = repository;
  current := coalesce(r.revision, 0);
  IF descriptor_denied(who) IS NOT NULL THEN
    RETURN QUERY SELECT 403,
      format('you may not publish the proto repository %s', repository),
      format('"needs":%s', descriptor_denied(who)), NULL, NULL::integer, current;
    RETURN;
  ELSIF r.id IS NULL THEN
    RETURN QUERY SELECT 200, NULL, NULL, 'created', 1, 0;
    RETURN;
  END IF;

  same := EXISTS (SELECT FROM proto_revision v
                   WHERE v.repository = r.id AND v.number = r.revision
                     AND v.set_sha256 = content);
  newer := CASE WHEN (o->>'force')::boolean THEN 2
    ELSE publish_order((o->>'sequence')::bigint,
           (o->>'commitTime')::timestamptz, r.sequence, r.commit_time) END;
  IF NOT (o->>'force')::boolean THEN
    clash := descriptor_clash(r, content, o);
  END IF;
  IF clash IS NOT NULL THEN
    RETURN QUERY SELECT 409,
      format('revision %s of %s was published by the same %s with another content',
        clash, repository, CASE WHEN o->>'sequence' IS NULL THEN 'commit'
                                WHEN o->>'commit' IS NULL THEN 'sequence'
                                ELSE 'sequence or commit' END),
      NULL, NULL, NULL::integer, current;
    RETURN;
  END IF;

  SELECT max(v.number) INTO late
    FROM proto_revision v
   WHERE v.repository = r.id AND v.set_sha256 = content
     AND (v.sequence, v.commit, v.commit_time) IS NOT DISTINCT FROM
         ((o->>'sequence')::bigint, o->>'commit', (o->>'commitTime')::timestamptz);
  RETURN QUERY SELECT 200, NULL, NULL, p.result,
      CASE p.result WHEN 'unchanged' THEN r.revision
                    WHEN 'superseded' THEN coalesce(late, r.revisions + 1)
                    ELSE r.revisions + 1 END, current
     FROM (SELECT CASE WHEN same THEN 'unchanged'
                       WHEN newer < 0 THEN 'superseded'
                       ELSE 'updated' END) AS p (result);
END $$;

-- What every set that arrives leaves behind, changed or not.
CREATE OR REPLACE FUNCTION descriptor_seen(repository text, o jsonb, who jsonb)
RETURNS text
LANGUAGE sql AS $$
  UPDATE proto_repository r
     SET seen_at = now(), source = principal_shown(who->>'subject'),
         sequence = CASE WHEN (o->>'force')::boolean
           THEN coalesce((o->>'sequence')::bigint, r.sequence)
           ELSE greatest(r.sequence, (o->>'sequence')::bigint) END,
         commit_time = CASE WHEN (o->>'force')::boolean
           THEN coalesce((o->>'commitTime')::timestamptz, r.commit_time)
           ELSE greatest(r.commit_time, (o->>'commitTime')::timestamptz) END,
         commit = CASE WHEN publish_order((o->>'sequence')::bigint,
             (o->>'commitTime')::timestamptz, r.sequence, r.commit_time) >= 0
             OR (o->>'force')::boolean
           THEN coalesce(o->>'commit', r.commit) ELSE r.commit END
   WHERE r.name = descriptor_seen.repository
  RETURNING r.counts_json
$$;

-- A good set mends the refused ones before it. Answers whether there were any.
CREATE OR REPLACE FUNCTION descriptor_resolve(repository text) RETURNS boolean
LANGUAGE sql AS $$
  WITH mended AS (
    UPDATE publish_failure f
       SET resolved_at = date_trunc('milliseconds', clock_timestamp())
     WHERE f.repository = descriptor_resolve.repository
       AND f.resolved_at IS NULL
    RETURNING 1
  )
  SELECT EXISTS (SELECT FROM mended)
$$;

-- A set that changed nothing has arrived. If it mends something that is an event,
-- since nothing else tells of it.
CREATE OR REPLACE FUNCTION descriptor_unchanged(repository text, o jsonb,
  who jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  counts text := descriptor_seen(repository, o, who);
BEGIN
  IF EXISTS (SELECT FROM publish_failure f
              WHERE f.repository = descriptor_unchanged.repository
                AND f.resolved_at IS NULL) THEN
    PERFORM write_lock();
    IF descriptor_resolve(repository) THEN
      PERFORM event_append('publish.resolved', 'api', repository, NULL,
        who->>'subject', date_trunc('milliseconds', clock_timestamp()),
        publish_event_data(NULL, NULL, o, NULL));
    END IF;
  END IF;
  RETURN counts;
END $$;

-- The files of a revision.
CREATE OR REPLACE FUNCTION revision_spans(repository bigint, number integer)
RETURNS SETOF proto_span
LANGUAGE sql STABLE AS $$
  SELECT s.*
    FROM proto_span s
   WHERE s.repository = revision_spans.repository
     AND s.since <= number
     AND (s.until IS NULL OR s.until > number)
$$;

-- What was loaded a moment ago has no statistics yet, and the plan for a few rows
-- takes minutes for thousands: so no nested loops over whole revisions.
CREATE OR REPLACE FUNCTION revision_counts(repository bigint, number integer)
RETURNS json
LANGUAGE sql STABLE SET enable_nestloop = off AS $$
  SELECT json_build_object(
    'files', count(*), 'packages', count(DISTINCT f.package),
    'services', coalesce(sum(f.services), 0),
    'methods', coalesce(sum(f.methods), 0),
    'messages', coalesce(sum(f.messages), 0),
    'fields', coalesce(sum(f.fields), 0),
    'enums', coalesce(sum(f.enums), 0),
    'values', coalesce(sum(f."values"), 0),
    'extensions', coalesce(sum(f.extensions), 0))
    FROM revision_spans(repository, number) AS s
    JOIN proto_file f ON f.id = s.file
$$;
COMMENT ON FUNCTION revision_counts(bigint, integer) IS 'ApiCounts';

CREATE OR REPLACE FUNCTION revision_packages(repository bigint, number integer)
RETURNS json
LANGUAGE sql STABLE SET enable_nestloop = off AS $$
  SELECT coalesce(json_agg(json_build_object('name', p.package,
           'services', p.services, 'messages', p.messages, 'enums', p.enums,
           'files', p.files) ORDER BY p.package COLLATE "C"), '[]')
    FROM (SELECT f.package, sum(f.services) AS services,
                 sum(f.messages) AS messages, sum(f.enums) AS enums,
                 count(*) AS files
            FROM revision_spans(repository, number) AS s
            JOIN proto_file f ON f.id = s.file
           GROUP BY f.package) AS p
$$;
COMMENT ON FUNCTION revision_packages(bigint, integer) IS 'Array of ApiPackageItem';

-- Files come and go with revision `number`, by what the last arrival had.
CREATE OR REPLACE FUNCTION descriptor_spans(r bigint, number integer,
  files bigint[]) RETURNS void
LANGUAGE sql SET enable_nestloop = off AS $$
  UPDATE proto_span s
     SET until = number
   WHERE s.repository = r AND s.until IS NULL
     AND NOT EXISTS (SELECT FROM unnest(files) AS f (id) WHERE f.id = s.file);
  INSERT INTO proto_span (repository, path, since, file, package)
  SELECT r, f.path, number, f.id, f.package
    FROM unnest(files) AS given (id)
    JOIN proto_file f ON f.id = given.id
   WHERE NOT EXISTS (SELECT FROM proto_span s
                      WHERE s.repository = r AND s.until IS NULL
                        AND s.file = given.id)
$$;

-- Makes the revision of a plan that was 'created', 'updated' or 'superseded', out
-- of files that are there, and says how they differ from the current one. `twice`
-- is a name that two of the files declare: then it must not be kept.
CREATE OR REPLACE FUNCTION descriptor_apply(repository text, result text,
  number integer, files bigint[], content bytea, bytes bigint,
  whole_source boolean, o jsonb, who jsonb, OUT repository_id bigint,
  OUT added bigint, OUT changed bigint, OUT removed bigint, OUT counts text,
  OUT symbols bigint, OUT twice text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  r proto_repository;
  applies boolean := result <> 'superseded';
BEGIN
  INSERT INTO proto_repository (name, source)
  VALUES (repository, principal_shown(who->>'subject'))
  ON CONFLICT ON CONSTRAINT proto_repository_name_key DO NOTHING;
  SELECT p.* INTO r FROM proto_repository p
   WHERE p.name = descriptor_apply.repository;
  PERFORM descriptor_seen(repository, o, who);
  repository_id := r.id;
  IF number > r.revisions THEN
    PERFORM descriptor_spans(r.id, number, files);
  END IF;
  SELECT count(*) FILTER (WHERE was.file IS NULL),
         count(*) FILTER (WHERE was.file <> now.file),
         count(*) FILTER (WHERE now.file IS NULL)
    INTO added, changed, removed
    FROM revision_spans(r.id, r.revision) AS was
    FULL JOIN revision_spans(r.id, descriptor_apply.number) AS now
      ON now.path = was.path;
  counts := revision_counts(r.id, number)::text;
  symbols := (SELECT sum(c.value::bigint) FROM json_each_text(counts::json) AS c
               WHERE c.key NOT IN ('files', 'packages'));
  IF number <= r.revisions THEN
    RETURN; -- it came too late before
  END IF;

  IF applies THEN
    UPDATE proto_revision v
       SET valid_to = greatest(moment, v.valid_from)
     WHERE v.repository = r.id AND v.number = r.revision;
  END IF;
  INSERT INTO proto_revision (repository, number, set_sha256, files, bytes,
         source_info, changed, sequence, commit, commit_time, branch, run_url,
         principal, received_at, valid_from, counts_json)
  SELECT r.id, descriptor_apply.number, content, cardinality(files),
         descriptor_apply.bytes, whole_source, added + changed + removed,
         (o->>'sequence')::bigint, o->>'commit',
         (o->>'commitTime')::timestamptz, o->>'branch', o->>'runUrl',
         who->>'subject', moment, CASE WHEN applies THEN moment END, counts;

  UPDATE proto_repository p
     SET revisions = descriptor_apply.number,
         revision = CASE WHEN applies THEN descriptor_apply.number
                         ELSE p.revision END
   WHERE p.id = r.id;
  IF applies THEN
    twice := search_symbols(r, number);
    UPDATE proto_repository p
       SET counts_json = counts,
           packages_json = revision_packages(r.id, descriptor_apply.number)::text
     WHERE p.id = r.id;
  END IF;
END $$;

-- Tells of it. The last step of a publish, since all writers wait for one another
-- from here on.
CREATE OR REPLACE FUNCTION descriptor_tell(repository text, result text,
  number integer, breaking integer, hit text[], o jsonb, who jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  UPDATE proto_revision v
     SET breaking = descriptor_tell.breaking
    FROM proto_repository r
   WHERE r.name = descriptor_tell.repository AND v.repository = r.id
     AND v.number = descriptor_tell.number
     AND descriptor_tell.breaking > 0;
  PERFORM write_lock();
  IF result <> 'superseded' THEN
    PERFORM descriptor_resolve(repository);
    PERFORM event_append(
      CASE WHEN breaking > 0 THEN 'api.breaking' ELSE 'api.updated' END, 'api',
      repository, NULL, who->>'subject', moment,
      publish_event_data(NULL, number, o, NULL)
        || jsonb_strip_nulls(jsonb_build_object('breaking', nullif(breaking, 0),
             'services', CASE WHEN hit <> '{}' THEN to_jsonb(hit) END)));
    PERFORM services_render(ARRAY(SELECT s.id FROM service s
                                   WHERE s.service_id = ANY (hit)));
  END IF;
  PERFORM audit_append(who, 'descriptor.publish', repository, result,
    jsonb_build_object('revision', number, 'commit', o->>'commit',
                       'sequence', o->'sequence', 'breaking', breaking));
END $$;

-- Services that name an RPC or a gRPC service of a file that came or went.
CREATE OR REPLACE FUNCTION descriptor_callers(r bigint, before integer,
  number integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET enable_nestloop = off AS $$
DECLARE
  files bigint[] := ARRAY(
    SELECT coalesce(was.file, now.file)
      FROM revision_spans(r, before) AS was
      FULL JOIN revision_spans(r, number) AS now ON now.file = was.file
     WHERE was.file IS NULL OR now.file IS NULL);
BEGIN
  RETURN ARRAY(
    SELECT DISTINCT g.service
      FROM (SELECT DISTINCT y.full_name
              FROM proto_symbol y
             WHERE y.file = ANY (files)
               AND y.kind IN ('service', 'method')) AS named
      JOIN (SELECT g.service, CASE g.method WHEN '' THEN g.grpc_service
                     ELSE g.grpc_service || '.' || g.method END AS full_name
              FROM service_grpc g) AS g
        ON g.full_name = named.full_name COLLATE "C");
END $$;

-- What a revision says of services that call its RPCs, as facts. Answers of
-- how many rules have to look; whoever only tries it out asks nothing else.
CREATE OR REPLACE FUNCTION descriptor_facts(repository text, before integer,
  number integer, only_rules boolean, o jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  numbers bigint[];
BEGIN
  IF only_rules AND NOT rules_run() THEN
    RETURN 0;
  END IF;
  PERFORM write_lock();
  SELECT descriptor_callers(r.id, before, descriptor_facts.number) INTO numbers
    FROM proto_repository r
   WHERE r.name = descriptor_facts.repository;
  IF numbers = '{}' THEN
    RETURN 0;
  END IF;
  PERFORM facts_api(numbers, o->>'commit',
                    date_trunc('milliseconds', clock_timestamp()));
  RETURN rules_services();
END $$;
