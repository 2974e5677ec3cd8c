-- SPDX-License-Identifier: Apache-2.0
-- Rules: what they read, and which items open and close by them. todo_judge()
-- decides without writing and todo_apply() writes: a preview, a launch and a
-- publish use the same two.

-- Keys of the facts that a predicate reads: '$.spec.tier' is spec.tier, '$.spec'
-- alone may read all of the family, and '$' everything. PostgreSQL writes a path
-- with all its members in quotes, so that nothing but a root begins with a bare $;
-- texts, variables and members elsewhere are passed over.
CREATE OR REPLACE FUNCTION rule_keys(predicate text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT CASE
           WHEN m[2] IS NULL THEN '*'
           ELSE m[2] || '.' || coalesce(m[3], '*') END), '{}')
    FROM regexp_matches(predicate::jsonpath::text,
      '[.$]?"(?:[^"\\]|\\.)*"|(\$)(?:\."([^"\\]*)"(?:\."([^"\\]*)")?)?', 'g') AS m
   WHERE m[1] IS NOT NULL
$$;
COMMENT ON FUNCTION rule_keys(text) IS 'Keys of the facts that a SQL/JSON path reads; family.* and * where it may read more';

-- How much there is to a pattern: PostgreSQL writes out what is repeated, while it
-- reads the predicate, and does not let itself be stopped meanwhile. Groups
-- multiply. It is by the text, whatever of it is a pattern.
CREATE OR REPLACE FUNCTION rule_pattern_size(predicate text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (length(predicate) + coalesce(sum(r.bound) FILTER (WHERE NOT r.of_group), 0))
         * coalesce(exp(sum(ln(r.bound)) FILTER (WHERE r.of_group)), 1)
    FROM (SELECT m[1] <> '' AS of_group,
                 least(greatest(m[2]::numeric, nullif(m[3], '')::numeric, 1), 256) AS bound
            FROM regexp_matches(predicate,
              '(\)?)\s*\{\s*([0-9]+)\s*,?\s*([0-9]*)\s*\}', 'g') AS m) AS r
$$;

-- Why a predicate is no rule; NULL when it is one. What could take long, or all
-- memory, whatever the facts are is refused here; what takes long with some facts
-- only is found when it runs, by todo_recover(). So are variables: there are none,
-- and one behind && is not looked at until the facts lead there.
CREATE OR REPLACE FUNCTION rule_fault(predicate text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  path text;
  dotted text;
  bare text; -- without texts and names
  reason text;
BEGIN
  IF length(predicate) > 2000 THEN
    RETURN 'has more than 2000 characters';
  ELSIF predicate ~ '(^|[^\\])(\\\\)*\\[ux]' THEN
    RETURN 'writes a character by its number: write it as it is';
  ELSIF predicate ~ '\(\?[a-z]' THEN
    RETURN 'has options inside of a pattern: write them behind it, as in flag "i"';
  ELSIF rule_pattern_size(predicate) > 3000 THEN
    RETURN 'has a pattern that repeats too much';
  END IF;
  path := predicate::jsonpath::text;
  IF length(path) > 8000 THEN
    RETURN 'has numbers of thousands of digits'; -- 1e60000 is written out
  END IF;
  bare := regexp_replace(path, '"(?:[^"\\]|\\.)*"', '""', 'g');
  IF bare ~ '\.\*\*' THEN
    RETURN 'goes through all depths by .**: name the members';
  ELSIF bare ~ '\$""' THEN
    RETURN 'has a variable, and there are none';
  ELSIF path ~ 'like_regex "(?:[^"\\]|\\.)*\\\\[0-9]' THEN
    RETURN 'has a back reference in a pattern';
  ELSIF length(bare) - length(replace(bare, '?', '')) > 8 THEN
    RETURN 'has more than eight filters';
  ELSIF length(bare) - length(replace(bare, ',', '')) > 8 THEN
    RETURN 'has more than eight subscripts behind a comma';
  END IF;
  dotted := (SELECT min(k.key) FROM unnest(rule_keys(predicate)) AS k (key)
              WHERE k.key LIKE '%.%.%');
  IF dotted IS NOT NULL THEN
    RETURN format('reads %s, which is never known: what has a dot in its name is no fact',
                  dotted);
  END IF;
  PERFORM jsonb_path_match('{}', predicate::jsonpath, '{}', false);
  RETURN NULL;
EXCEPTION
  WHEN singleton_sql_json_item_required THEN
    RETURN 'is no predicate: its result is not one truth value';
  WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS reason = MESSAGE_TEXT;
    RETURN reason;
END $$;
COMMENT ON FUNCTION rule_fault(text) IS 'What is wrong with a SQL/JSON path as a rule; NULL = nothing';

-- A value as proofs have it: they are stored with every step of every item, and one
-- that is long says only how long it is, as it is stored. Looking at its text would
-- take longer than running the rule. STABLE, as pg_column_size() is: what is put
-- into an expression as it stands needs no plan of its own.
CREATE OR REPLACE FUNCTION proof_value(value jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN pg_column_size(value) > 2000
    THEN jsonb_build_object('leftOut', true, 'bytes', pg_column_size(value))
    ELSE value END
$$;

-- Members of a document, each by itself: at most 50 of them, by name.
CREATE OR REPLACE FUNCTION proof_members(document jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF pg_column_size(document) > 2000 THEN
    RETURN (
      SELECT jsonb_object_agg(m.key, proof_value(m.value))
        FROM (SELECT e.key, e.value FROM jsonb_each(document) AS e
               ORDER BY e.key LIMIT 50) AS m);
  END IF;
  RETURN document;
END $$;

-- The facts that a rule reads, by key: its proof. null = not known; no keys = no
-- rule. Made for each service of a launch: a step without a subquery takes 1 µs.
CREATE OR REPLACE FUNCTION rule_proof(document jsonb, keys text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  proof jsonb := '{}';
  key text;
  family text;
  value jsonb;
BEGIN
  FOREACH key IN ARRAY coalesce(keys, '{}') LOOP
    family := split_part(key, '.', 1);
    IF key = '*' THEN
      value := nullif(document, '{}');
      IF pg_column_size(value) > 2000 THEN
        value := (SELECT jsonb_object_agg(f.key, proof_members(f.value))
                    FROM jsonb_each(document) AS f);
      END IF;
    ELSIF key LIKE '%.*' THEN
      value := proof_members(document -> family);
    ELSE
      value := proof_value(document -> family -> split_part(key, '.', 2));
    END IF;
    proof := proof || jsonb_build_object(key, value);
  END LOOP;
  RETURN proof;
END $$;
COMMENT ON FUNCTION rule_proof(jsonb, text[]) IS 'TodoFacts';

-- What rules bring about for these services. An item is made for each service
-- that a launch is for, also where nothing is left to do; later only standards
-- make new ones. A rule is run once for each service where it could change
-- something, which the subquery sees to: PostgreSQL would copy the expression to
-- wherever its result is used. A key that is missing makes it false.
--
-- The services may be one or all of them, and tables may have no statistics yet:
-- neither way wants a plan that steps through pairs of rows. Documents of all of
-- them are looked at once for each rule, so they had better stay in memory, and
-- what is not needed to decide joins those that change only. Of many services the
-- items are read by campaign, which is one pass and no search for each pair.
CREATE OR REPLACE FUNCTION todo_judge(numbers bigint[], asked todo_asked[])
RETURNS SETOF todo_change
LANGUAGE plpgsql STABLE
SET enable_nestloop = off SET plan_cache_mode = force_generic_plan
SET work_mem = '64MB' AS $$
DECLARE
  by_words boolean;
  campaigns bigint[];
  opening boolean;
  looked_up text[] := ARRAY(SELECT DISTINCT k.key
                              FROM unnest(asked) AS a,
                                   unnest(a.keys) AS k (key));
  many boolean := cardinality(numbers) > 1000;
BEGIN
  SELECT bool_or(a.patterns <> '{}'), bool_or(a.opens),
         array_agg(a.campaign) FILTER (WHERE a.campaign IS NOT NULL)
    INTO by_words, opening, campaigns
    FROM unnest(asked) AS a;
  RETURN QUERY
    WITH known AS MATERIALIZED (
      SELECT s.id, s.facet, s.tombstoned_at IS NULL AS live,
             coalesce(d.document, '{}') AS document,
             CASE WHEN by_words THEN (
               SELECT e.norm FROM search_entry e
                WHERE e.kind = 'service' AND e.key = s.service_id COLLATE "C")
               END AS norm
        FROM service s
        LEFT JOIN fact_documents(numbers, NULL, looked_up) AS d
          ON d.service = s.id
       WHERE s.id = ANY (numbers)
    ), asking AS MATERIALIZED (
      -- One that is not stored has no number.
      SELECT x.*, coalesce(x.campaign, 0) AS number, x.facet = '{}' AS all_facets,
             x.patterns = '{}' AS all_words
        FROM unnest(asked) WITH ORDINALITY
             AS x (campaign, facet, patterns, opens, cause, reviewed,
                   rule_version, predicate, keys, place)
    ), existing AS NOT MATERIALIZED (
      SELECT i.id, i.campaign, i.service, i.state, i.by_rule
        FROM todo_item i
       WHERE NOT many
         AND i.service = ANY (numbers) AND i.campaign = ANY (campaigns)
       UNION ALL
      SELECT i.id, i.campaign, i.service, i.state, i.by_rule
        FROM todo_item i
       WHERE many AND i.campaign = ANY (campaigns)
    ), pair AS (
      SELECT i.campaign, i.service, i.id AS item, i.state AS state_before,
             i.by_rule
        FROM existing i
       UNION ALL
      SELECT a.number, k.id, NULL, NULL, NULL
        FROM asking a
       CROSS JOIN known k
       WHERE a.opens AND opening AND NOT EXISTS (
             SELECT FROM existing i
              WHERE i.campaign = a.number AND i.service = k.id)
    ), met AS (
      SELECT a.place, a.predicate, a.reviewed, p.service, k.document, p.item,
             p.state_before, p.by_rule,
             k.live AND (a.all_facets OR k.facet @> a.facet)
               AND (a.all_words OR k.norm LIKE ALL (a.patterns)) AS wanted
        FROM pair p
        JOIN asking a ON a.number = p.campaign
        JOIN known k ON k.id = p.service
      OFFSET 0
    ), judged AS (
      SELECT m.*, CASE
               WHEN NOT m.wanted OR m.predicate IS NULL
                    OR m.state_before IN ('not_applicable', 'exempt')
                    OR m.state_before = 'cancelled' AND NOT m.by_rule THEN NULL
               ELSE coalesce(jsonb_path_match(m.document, m.predicate, '{}', true),
                             false) END AS holds
        FROM met m
       WHERE m.wanted OR m.item IS NOT NULL
      OFFSET 0
    ), decided AS (
      SELECT j.*, CASE
          WHEN NOT j.wanted THEN
            CASE WHEN j.state_before IN ('open', 'waiting', 'in_review', 'exempt')
                 THEN 'cancelled' END
          WHEN j.item IS NULL OR j.state_before = 'cancelled' AND j.by_rule THEN
            CASE WHEN j.holds THEN 'done' ELSE 'open' END
          WHEN j.state_before IN ('open', 'waiting') AND j.holds THEN
            CASE WHEN j.reviewed THEN 'in_review' ELSE 'done' END
          WHEN j.state_before IN ('done', 'in_review') AND NOT j.holds
            THEN 'open'
          WHEN j.state_before = 'in_review' AND NOT j.reviewed THEN 'done'
          END AS state
        FROM judged j
    ), changed AS (
      SELECT d.place, d.service, d.item, d.state_before, d.state, d.wanted,
             d.document
        FROM decided d
       WHERE d.state IS NOT NULL
      OFFSET 0
    )
    SELECT a.campaign, d.service, d.item, d.state_before, d.state,
           CASE WHEN a.cause = 'launched' THEN a.cause
                WHEN NOT d.wanted OR d.item IS NULL
                     OR d.state_before = 'cancelled' THEN 'target'
                ELSE coalesce(a.cause, 'facts') END,
           a.rule_version, rule_proof(d.document, a.keys), a.keys
      FROM changed d
      JOIN asking a ON a.place = d.place
     ORDER BY a.campaign, d.service;
END $$;
COMMENT ON FUNCTION todo_judge(bigint[], todo_asked[]) IS 'What rules would bring about for services, decided without writing';

-- A campaign as rules look at it. `cause` is NULL where facts may have changed.
CREATE OR REPLACE FUNCTION campaign_asked(c campaign, r campaign_rule,
  opens boolean, cause text) RETURNS todo_asked
LANGUAGE sql STABLE AS $$
  SELECT ROW(c.id, c.facet,
             CASE WHEN c.words = '' THEN '{}'
                  ELSE search_patterns(search_words(c.words)) END,
             opens, cause, c.review_team IS NOT NULL,
             CASE WHEN r.quarantine IS NULL THEN r.version END,
             CASE WHEN r.quarantine IS NULL THEN r.path END,
             CASE WHEN r.quarantine IS NULL THEN r.keys END)::todo_asked
$$;

-- What rules bring about for services in campaigns that run, or in these; with
-- keys of facts, only rules that read one of them.
CREATE OR REPLACE FUNCTION todo_plan(numbers bigint[], campaigns bigint[],
  changed text[]) RETURNS SETOF todo_change
LANGUAGE plpgsql STABLE AS $$
DECLARE
  concerns text[] := changed || '{*}'::text[] || ARRAY(
    SELECT DISTINCT split_part(k.key, '.', 1) || '.*'
      FROM unnest(changed) AS k (key));
  asked todo_asked[] := ARRAY(
    SELECT campaign_asked(c, r, c.permanent OR c.state <> 'running',
             CASE WHEN c.state <> 'running' THEN 'launched' END)
      FROM campaign c
      LEFT JOIN campaign_rule r
        ON r.campaign = c.id AND r.version = c.rule_version
     WHERE CASE WHEN campaigns IS NULL THEN c.state = 'running'
                ELSE c.id = ANY (campaigns) END
       AND (changed IS NULL OR 'service.target' = ANY (changed)
            OR r.keys && concerns));
BEGIN
  IF cardinality(asked) > 0 THEN
    RETURN QUERY SELECT j.* FROM todo_judge(numbers, asked) AS j;
  END IF;
END $$;
COMMENT ON FUNCTION todo_plan(bigint[], bigint[], text[]) IS 'What rules would bring about now in campaigns, decided without writing';
