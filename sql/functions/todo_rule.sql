-- SPDX-License-Identifier: Apache-2.0
-- Rules: which items open and close. todo_plan() decides without writing,
-- todo_apply() writes; a preview, a launch and a publish use the same two.

-- Keys of the facts that a predicate reads: '$.spec.tier' is spec.tier,
-- '$.spec' alone may read all of the family, and '$' everything.
CREATE OR REPLACE FUNCTION rule_keys(predicate text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT CASE
           WHEN m[1] IS NULL THEN '*'
           ELSE m[1] || '.' || coalesce(m[2], m[3], '*') END), '{}')
    FROM regexp_matches(predicate,
      '\$(?![A-Za-z_"])(?:\.([a-z][A-Za-z0-9]*)(?:\.(?:([A-Za-z_][A-Za-z0-9_]*)\y(?!\s*\()|"([^"\\]+)"))?)?',
      'g') AS m
$$;
COMMENT ON FUNCTION rule_keys(text) IS 'Keys of the facts that a SQL/JSON path reads; family.* and * where it may read more';

-- Does a change of a fact concern a rule.
CREATE OR REPLACE FUNCTION rule_reads(keys text[], changed text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT keys && ARRAY[changed, split_part(changed, '.', 1) || '.*', '*']
$$;

-- The facts that a rule reads, by key: its proof. null = not known.
CREATE OR REPLACE FUNCTION rule_proof(document jsonb, keys text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(k.key, CASE
           WHEN k.key = '*' THEN document
           WHEN k.key LIKE '%.*' THEN document -> split_part(k.key, '.', 1)
           ELSE document -> split_part(k.key, '.', 1) -> split_part(k.key, '.', 2)
         END), '{}')
    FROM unnest(keys) AS k (key)
$$;

-- What rules bring about for these services: in campaigns that run, or in these.
-- An item is made for each service that a launch is for, also where nothing is
-- left to do; later only standards make new ones.
CREATE OR REPLACE FUNCTION todo_plan(numbers bigint[], campaigns bigint[],
  changed text[]) RETURNS SETOF todo_change
LANGUAGE sql STABLE AS $$
  WITH asked AS MATERIALIZED (
    SELECT c.id, c.facet, c.permanent, c.state <> 'running' AS launch,
           c.review_team, c.rule_version, r.predicate::jsonpath AS predicate,
           r.keys, search_patterns(search_words(c.words)) AS patterns
      FROM campaign c
      LEFT JOIN campaign_rule r
        ON r.campaign = c.id AND r.version = c.rule_version
       AND r.quarantine IS NULL
     WHERE (campaigns IS NULL AND c.state = 'running' OR c.id = ANY (campaigns))
       AND (changed IS NULL OR EXISTS (
              SELECT FROM unnest(changed) AS k (key)
               WHERE k.key = 'service.target' OR rule_reads(r.keys, k.key)))
  ), known AS MATERIALIZED (
    SELECT s.id, s.facet, s.tombstoned_at IS NULL AS live, e.norm,
           coalesce(d.document, '{}') AS document
      FROM service s
      LEFT JOIN search_entry e
        ON e.kind = 'service' AND e.key = s.service_id COLLATE "C"
      LEFT JOIN fact_documents(numbers, NULL) AS d ON d.service = s.id
     WHERE s.id = ANY (numbers)
  ), judged AS (
    SELECT a.id AS campaign, k.id AS service, a.launch, a.permanent,
           a.rule_version, a.keys, k.document,
           k.live AND k.facet @> a.facet
             AND (a.patterns = '{}' OR k.norm LIKE ALL (a.patterns)) AS wanted,
           CASE WHEN a.predicate IS NOT NULL
                THEN coalesce(jsonb_path_match(k.document, a.predicate, '{}', true),
                              false) END AS holds,
           CASE WHEN a.review_team IS NULL THEN 'done' ELSE 'in_review' END AS good
      FROM asked a
     CROSS JOIN known k
  ), decided AS (
    SELECT j.*, i.id AS item, i.state AS state_before, CASE
        WHEN NOT j.wanted THEN
          CASE WHEN i.state IN ('open', 'waiting', 'in_review', 'exempt')
               THEN 'cancelled' END
        WHEN i.id IS NULL THEN
          CASE WHEN NOT (j.launch OR j.permanent) THEN NULL
               WHEN j.holds THEN 'done' ELSE 'open' END
        WHEN i.state = 'cancelled' AND i.by_rule THEN
          CASE WHEN j.holds THEN 'done' ELSE 'open' END
        WHEN i.state IN ('open', 'waiting') AND j.holds THEN j.good
        WHEN i.state IN ('done', 'in_review') AND i.by_rule AND NOT j.holds
          THEN 'open' END AS state
      FROM judged j
      LEFT JOIN todo_item i ON i.campaign = j.campaign AND i.service = j.service
  )
  SELECT d.campaign, d.service, d.item, d.state_before, d.state,
         CASE WHEN d.launch THEN 'launched'
              WHEN NOT d.wanted OR d.item IS NULL
                   OR d.state_before = 'cancelled' THEN 'target'
              ELSE 'facts' END,
         nullif(d.rule_version, 0), rule_proof(d.document, d.keys), d.keys
    FROM decided d
   WHERE d.state IS DISTINCT FROM d.state_before AND d.state IS NOT NULL
   ORDER BY d.campaign, d.service
$$;

-- What happened to an item, as events and answers call it.
CREATE OR REPLACE FUNCTION todo_happened(state_before text, state text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state <> 'open' THEN state
              WHEN state_before IN ('done', 'in_review') THEN 'reopened'
              ELSE 'opened' END
$$;

-- The event of the last transition of each item.
CREATE OR REPLACE FUNCTION todo_tell(items bigint[], who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE sql AS $$
  SELECT events_append(array_agg('todo.' || todo_happened(t.state_before, t.state)
                                 ORDER BY i.id),
           'todo', array_agg(i.id::text ORDER BY i.id),
           array_agg(s.team ORDER BY i.id), who->>'subject', moment,
           array_agg(jsonb_build_object('campaign', c.name,
             'serviceID', s.service_id, 'team', s.team, 'state', t.state,
             'stateBefore', t.state_before, 'cause', t.cause,
             'version', i.version, 'commit', t.publish->'commit',
             'source', i.source, 'externalID', i.external_id) ORDER BY i.id))
    FROM todo_item i
    JOIN service s ON s.id = i.service
    LEFT JOIN campaign c ON c.id = i.campaign
   CROSS JOIN LATERAL (
      SELECT t.* FROM todo_transition t
       WHERE t.item = i.id ORDER BY t.id DESC LIMIT 1) AS t
   WHERE i.id = ANY (items)
  HAVING count(*) > 0
$$;

-- Items that waited for these, which are done now.
CREATE OR REPLACE FUNCTION todo_unblock(done bigint[], who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  free bigint[];
BEGIN
  WITH opened AS (
    UPDATE todo_item i
       SET state = 'open', changed_at = moment, version = i.version + 1
     WHERE i.waits_for = ANY (done) AND i.state = 'waiting'
    RETURNING i.id
  ), told AS (
    INSERT INTO todo_transition (item, at, state_before, state, actor_kind,
           actor, cause)
    SELECT o.id, moment, 'waiting', 'open', 'system', who->>'subject', 'unblocked'
      FROM opened o
    RETURNING item
  )
  SELECT array_agg(t.item) INTO free FROM told t;
  IF free IS NOT NULL THEN
    PERFORM todo_tell(free, who, moment);
  END IF;
END $$;

-- Carries a plan out; the facts before are those before `since`. Answers what it did: array of TodoChange, without numbers
-- that are given out here, so that a dry run says the same.
CREATE OR REPLACE FUNCTION todo_apply(changes todo_change[], since timestamptz,
  o jsonb, who jsonb, moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  numbers bigint[];
  told jsonb;
BEGIN
  INSERT INTO todo_item (campaign, service, state, by_rule, opened_at,
         changed_at, done_at)
  SELECT c.campaign, c.service, c.state, true, moment, moment,
         CASE c.state WHEN 'done' THEN moment END
    FROM unnest(changes) AS c
   WHERE c.item IS NULL;
  UPDATE todo_item i
     SET state = c.state, by_rule = true, changed_at = moment,
         version = i.version + 1,
         done_at = CASE c.state WHEN 'done' THEN moment ELSE i.done_at END,
         opened_at = CASE WHEN c.state = 'open'
                               AND i.done_at + a.damping < moment
                          THEN moment ELSE i.opened_at END,
         reopened = i.reopened + (c.state = 'open' AND i.state = 'done')::integer
    FROM unnest(changes) AS c
    JOIN campaign a ON a.id = c.campaign
   WHERE i.id = c.item;
  WITH before AS MATERIALIZED (
    SELECT d.service, d.document
      FROM fact_documents(ARRAY(SELECT DISTINCT c.service
                                  FROM unnest(changes) AS c
                                 WHERE c.cause = 'facts'), since) AS d
  ), written AS (
    INSERT INTO todo_transition (item, at, state_before, state, actor_kind,
           actor, cause, rule_version, facts_before, facts, publish)
    SELECT i.id, moment, c.state_before, c.state,
           CASE WHEN c.rule_version IS NULL THEN 'system' ELSE 'rule' END,
           who->>'subject', c.cause, c.rule_version,
           CASE c.cause WHEN 'facts'
                        THEN rule_proof(coalesce(b.document, '{}'), c.keys) END,
           c.facts,
           nullif(jsonb_strip_nulls(jsonb_build_object('commit', o->>'commit',
             'runUrl', o->>'runUrl', 'version', s.versions)), '{}')
      FROM unnest(changes) AS c
      JOIN todo_item i ON i.campaign = c.campaign AND i.service = c.service
      JOIN service s ON s.id = c.service
      LEFT JOIN before b ON b.service = c.service
    RETURNING item, state_before, state, cause, rule_version, facts_before, facts
  )
  SELECT array_agg(w.item ORDER BY w.item),
         jsonb_agg(jsonb_strip_nulls(jsonb_build_object('campaign', c.name,
           'serviceID', s.service_id, 'team', s.team,
           'happened', todo_happened(w.state_before, w.state),
           'stateBefore', w.state_before, 'state', w.state, 'cause', w.cause,
           'ruleVersion', w.rule_version)) || jsonb_build_object(
           'factsBefore', w.facts_before, 'facts', w.facts)
           ORDER BY c.name, s.service_id)
    INTO numbers, told
    FROM written w
    JOIN todo_item i ON i.id = w.item
    JOIN campaign c ON c.id = i.campaign
    JOIN service s ON s.id = i.service;
  IF numbers IS NULL THEN
    RETURN '[]';
  END IF;
  PERFORM todo_tell(numbers, who, moment);
  PERFORM todo_unblock(ARRAY(SELECT i.id FROM todo_item i
                              WHERE i.id = ANY (numbers) AND i.state = 'done'),
                       who, moment);
  RETURN told;
END $$;
COMMENT ON FUNCTION todo_apply(todo_change[], timestamptz, jsonb, jsonb, timestamptz) IS 'Array of TodoChange';

-- Rules look at the facts that changed, in the transaction that changed them.
CREATE OR REPLACE FUNCTION todo_follow(options text, principal text)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  numbers bigint[];
  changed text[];
  since timestamptz;
BEGIN
  WITH taken AS (DELETE FROM fact_pending p RETURNING p.service, p.key, p.since)
  SELECT array_agg(DISTINCT t.service), array_agg(DISTINCT t.key), min(t.since)
    INTO numbers, changed, since
    FROM taken t;
  IF numbers IS NULL THEN
    RETURN '[]';
  END IF;
  RETURN todo_apply(
    ARRAY(SELECT p FROM todo_plan(numbers, NULL, changed) AS p),
    since, options::jsonb, principal::jsonb, moment)::text;
END $$;
COMMENT ON FUNCTION todo_follow(text, text) IS 'Array of TodoChange';
