-- SPDX-License-Identifier: Apache-2.0
-- What is shown of campaigns: documents, progress, previews. Shapes:
-- doc/openapi.yaml.

CREATE OR REPLACE FUNCTION campaign_target(c campaign) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'q', nullif(c.words, ''),
    'team', max(f.value) FILTER (WHERE f.kind = 'team'),
    'corp', max(f.value) FILTER (WHERE f.kind = 'corp'),
    'tag', coalesce(json_agg(f.value ORDER BY f.place)
                    FILTER (WHERE f.kind = 'tag'), '[]'),
    'lifecycle', max(f.value) FILTER (WHERE f.kind = 'lifecycle'),
    'tier', max(f.value) FILTER (WHERE f.kind = 'tier')::integer)
    FROM (SELECT split_part(one, ':', 1) AS kind,
                 substr(one, strpos(one, ':') + 1) AS value, place
            FROM unnest(c.facet) WITH ORDINALITY AS x (one, place)) AS f
$$;
COMMENT ON FUNCTION campaign_target(campaign) IS 'CampaignTarget';

CREATE OR REPLACE FUNCTION campaign_rule_json(r campaign_rule) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'version', r.version,
    'predicate', r.predicate,
    'keys', to_json(r.keys),
    'createdBy', principal_shown(r.created_by),
    'createdAt', rfc3339(r.created_at),
    'quarantine', CASE WHEN r.quarantine IS NOT NULL THEN json_build_object(
      'reason', r.quarantine, 'since', rfc3339(r.quarantined_at)) END)
   WHERE r.version IS NOT NULL
$$;
COMMENT ON FUNCTION campaign_rule_json(campaign_rule) IS 'CampaignRule; NULL = people say what is done';

-- Of {"open": 3, …}, in which 0 may be left out.
CREATE OR REPLACE FUNCTION todo_counts_json(by_state jsonb, overdue bigint)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'open', coalesce(by_state->'open', '0'),
    'waiting', coalesce(by_state->'waiting', '0'),
    'inReview', coalesce(by_state->'in_review', '0'),
    'done', coalesce(by_state->'done', '0'),
    'notApplicable', coalesce(by_state->'not_applicable', '0'),
    'exempt', coalesce(by_state->'exempt', '0'),
    'cancelled', coalesce(by_state->'cancelled', '0'),
    'overdue', coalesce(overdue, 0))
$$;
COMMENT ON FUNCTION todo_counts_json(jsonb, bigint) IS 'TodoCounts';

CREATE OR REPLACE FUNCTION campaign_counts(c campaign) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT todo_counts_json(jsonb_object_agg(n.state, n.items), sum(n.overdue)::bigint)
      FROM (SELECT t.state, sum(t.items) AS items,
                   sum(t.items) FILTER (
                     WHERE t.state IN ('open', 'waiting', 'in_review')
                       AND t.due_key < current_date) AS overdue
              FROM todo_count t
             WHERE t.campaign = c.id
             GROUP BY t.state) AS n);
END $$;

-- Open items of each team in all campaigns. Only campaigns that run have any.
CREATE OR REPLACE FUNCTION todo_load()
RETURNS TABLE (team text, open bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT nullif(n.team, ''), sum(n.items)::bigint
      FROM (SELECT t.team, t.items
              FROM campaign c
              JOIN todo_count t ON t.campaign = c.id
             WHERE c.state = 'running' AND t.items > 0
               AND t.state IN ('open', 'waiting', 'in_review')
             UNION ALL
            SELECT coalesce(i.team, ''), count(*)
              FROM todo_item i
             WHERE i.campaign IS NULL AND i.state IN ('open', 'waiting', 'in_review')
             GROUP BY 1) AS n
     GROUP BY 1;
END $$;
COMMENT ON FUNCTION todo_load() IS 'Open items of each team in all campaigns';

CREATE OR REPLACE FUNCTION campaign_json(c campaign) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN json_build_object(
    'name', c.name,
    'title', c.title,
    'target', campaign_target(c),
    'rule', campaign_rule_json(campaign_rule_now(c)),
    'team', c.team,
    'reviewTeam', c.review_team,
    'level', c.level,
    'phase', c.phase,
    'due', c.due,
    'state', c.state,
    'startsAt', rfc3339(c.starts_at),
    'permanent', c.permanent,
    'teamLimit', c.team_limit,
    'limit', campaign_limit(c),
    'dampingHours', (extract(epoch FROM c.damping) / 3600)::integer,
    'held', CASE WHEN c.held_at IS NOT NULL THEN json_build_object(
      'by', principal_shown(c.held_by), 'at', rfc3339(c.held_at),
      'teams', to_json(c.held_teams)) END,
    'counts', campaign_counts(c),
    'version', c.version,
    'createdBy', principal_shown(c.created_by),
    'createdAt', rfc3339(c.created_at),
    'launchedAt', rfc3339(c.launched_at),
    'endedAt', rfc3339(c.ended_at));
END $$;
COMMENT ON FUNCTION campaign_json(campaign) IS 'Campaign';

-- --- progress -------------------------------------------------------------------

-- Days in UTC since the launch, at most 400: how many items there were at the end
-- of each and how many were settled. `gained` are those that were settled on that
-- day and not by the launch.
CREATE OR REPLACE FUNCTION campaign_days(c campaign)
RETURNS TABLE (day date, total bigint, settled bigint, gained bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  last date := (coalesce(c.ended_at, now()) AT TIME ZONE 'UTC')::date;
BEGIN
  RETURN QUERY
    WITH every AS (
      SELECT d.day::date AS day, coalesce(s.total, 0) AS total,
             coalesce(s.settled, 0) AS settled, coalesce(s.gained, 0) AS gained
        FROM generate_series((c.launched_at AT TIME ZONE 'UTC')::date::timestamp,
                             last, '1 day') AS d (day)
        LEFT JOIN todo_day s ON s.campaign = c.id AND s.day = d.day::date
    ), run AS (
      SELECT e.day, sum(e.total) OVER (ORDER BY e.day) AS total,
             sum(e.settled) OVER (ORDER BY e.day) AS settled, e.gained
        FROM every e
    )
    SELECT r.day, r.total::bigint, r.settled::bigint, r.gained::bigint
      FROM run r
     WHERE r.day > last - 400
     ORDER BY r.day;
END $$;
COMMENT ON FUNCTION campaign_days(campaign) IS 'Burn-up of a campaign by days';

-- When all will be settled if it goes on as in the last 28 days; NULL = it is, it
-- will not be within a hundred years, or the first week is not over: weekends are
-- part of a pace.
CREATE OR REPLACE FUNCTION campaign_forecast(c campaign, left_open bigint,
  gained bigint) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
           'date', current_date + ceil(left_open / pace.per_day)::integer,
           'perDay', round(pace.per_day, 2))
    FROM (SELECT (now() AT TIME ZONE 'UTC')::date
                 - (c.launched_at AT TIME ZONE 'UTC')::date AS days) AS run,
         LATERAL (SELECT gained::numeric / least(28, 1 + run.days) AS per_day) AS pace
   WHERE c.state = 'running' AND left_open > 0 AND run.days >= 7
     AND pace.per_day > 0 AND left_open / pace.per_day < 36500
$$;

CREATE OR REPLACE FUNCTION campaign_teams(c campaign) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    WITH by_state AS (
      SELECT nullif(t.team, '') AS team, t.state, sum(t.items) AS items,
             sum(t.items) FILTER (
               WHERE t.state IN ('open', 'waiting', 'in_review')
                 AND t.due_key < current_date) AS overdue
        FROM todo_count t
       WHERE t.campaign = c.id AND t.items > 0
       GROUP BY t.team, t.state
    ), by_team AS (
      SELECT n.team, jsonb_object_agg(n.state, n.items) AS counts,
             sum(n.overdue)::bigint AS overdue
        FROM by_state n
       GROUP BY n.team
    )
    SELECT coalesce(json_agg(json_build_object('team', t.team,
             'counts', todo_counts_json(t.counts, t.overdue),
             'load', coalesce(l.open, 0))
             ORDER BY (t.counts->'open')::integer DESC NULLS LAST, t.team), '[]')
      FROM by_team t
      LEFT JOIN todo_load() AS l
        ON coalesce(l.team, '') = coalesce(t.team, ''));
END $$;

CREATE OR REPLACE FUNCTION campaign_page(c campaign) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
  progress json;
  left_open bigint;
  gained bigint;
BEGIN
  SELECT coalesce(json_agg(json_build_object('day', d.day, 'total', d.total,
           'settled', d.settled) ORDER BY d.day), '[]'),
         (array_agg(d.total - d.settled ORDER BY d.day DESC))[1],
         sum(d.gained) FILTER (
           WHERE d.day > (now() AT TIME ZONE 'UTC')::date - 28)
    INTO progress, left_open, gained
    FROM campaign_days(c) AS d;
  RETURN json_build_object(
    'campaign', campaign_json(c),
    'why', c.why,
    'how', c.how,
    'progress', progress,
    'forecast', campaign_forecast(c, left_open, gained),
    'teams', campaign_teams(c));
END $$;
COMMENT ON FUNCTION campaign_page(campaign) IS 'CampaignPage';

-- --- previews -------------------------------------------------------------------

-- Launched then: how many items were open, and how many of these services have
-- what is asked by now, which may be that a fact is gone. As far back as facts are
-- stored.
CREATE OR REPLACE FUNCTION campaign_back_test(c campaign, r campaign_rule,
  moment timestamptz) RETURNS json
LANGUAGE plpgsql STABLE
SET enable_nestloop = off SET work_mem = '64MB' AS $$
DECLARE
  numbers bigint[] := ARRAY(
    SELECT m.id FROM service_match(c.words, c.facet, false, moment) AS m);
  rule jsonpath := r.path;
BEGIN
  RETURN (
    SELECT json_build_object('at', rfc3339(moment), 'open', count(*),
             'doneSince', count(*) FILTER (
               WHERE s.tombstoned_at IS NULL
                 AND jsonb_path_match(coalesce(today.document, '{}'), rule, '{}',
                                      true)))
      FROM unnest(numbers) AS one (id)
      JOIN service s ON s.id = one.id
      LEFT JOIN fact_documents(numbers, moment, r.keys) AS past ON past.service = one.id
      LEFT JOIN fact_documents(numbers, NULL, r.keys) AS today ON today.service = one.id
     WHERE jsonb_path_match(coalesce(past.document, '{}'), rule, '{}', true)
           IS NOT TRUE);
END $$;

-- A predicate as a rule that is not stored; NULL = people say what is done.
CREATE OR REPLACE FUNCTION rule_of(predicate text) RETURNS campaign_rule
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  r campaign_rule;
BEGIN
  IF predicate IS NOT NULL THEN
    r.version := 1;
    r.predicate := predicate;
    r.path := predicate::jsonpath;
    r.keys := rule_keys(predicate);
  END IF;
  RETURN r;
END $$;

-- What a launch would do now, or a change of a campaign that runs, and nothing is
-- written: CampaignPreview. `rule` NULL = people say what is done.
CREATE OR REPLACE FUNCTION campaign_preview(c campaign, rule text,
  moment timestamptz) RETURNS json
LANGUAGE plpgsql STABLE
SET enable_nestloop = off SET work_mem = '64MB' AS $$
DECLARE
  r campaign_rule := rule_of(rule);
  numbers bigint[] := campaign_services(c);
  judged bigint[] := numbers;
  changes todo_change[];
  opens bigint;
  dones bigint;
BEGIN
  -- As campaign_judge_anew() has it: who came after the launch is not asked by a
  -- change of something else.
  IF c.state = 'running' AND NOT c.permanent AND EXISTS (
       SELECT FROM campaign x
        WHERE x.id = c.id AND (x.words, x.facet) = (c.words, c.facet)) THEN
    judged := ARRAY(SELECT i.service FROM todo_item i
                     WHERE i.campaign = c.id AND i.service = ANY (numbers));
  END IF;
  changes := ARRAY(
    SELECT j
      FROM todo_judge(judged, ARRAY[campaign_asked(c, r, true,
             CASE WHEN c.state = 'running' THEN 'rule' ELSE 'launched' END)]) AS j
     WHERE j.state <> 'cancelled');
  SELECT count(*) FILTER (WHERE h.state = 'open'),
         count(*) FILTER (WHERE h.state <> 'open')
    INTO opens, dones
    FROM unnest(changes) AS h;
  RETURN json_build_object(
    'services', cardinality(numbers),
    'open', opens,
    'done', dones,
    'kept', cardinality(judged) - opens - dones,
    'teams', (
      SELECT coalesce(json_agg(json_build_object('team', t.team, 'open', t.open,
               'done', t.done, 'load', coalesce(l.open, 0))
               ORDER BY t.open DESC, t.team), '[]')
        FROM (SELECT s.team, count(*) FILTER (WHERE h.state = 'open') AS open,
                     count(*) FILTER (WHERE h.state <> 'open') AS done
                FROM unnest(changes) AS h
                JOIN service s ON s.id = h.service
               GROUP BY s.team) AS t
        LEFT JOIN todo_load() AS l
          ON coalesce(l.team, '') = coalesce(t.team, '')),
    'overLimit', to_json(campaign_over_limit(c, changes)),
    'unknownKeys', (
      SELECT coalesce(json_agg(k.key ORDER BY k.key), '[]')
        FROM unnest(r.keys) AS k (key)
       WHERE k.key !~ '\*$'
         AND NOT EXISTS (SELECT FROM fact f
                          WHERE f.key = k.key AND f.valid_to IS NULL)),
    'sample', (
      SELECT coalesce(json_agg(json_build_object('serviceID', x.service_id,
               'team', x.team, 'state', x.state, 'facts', x.facts)
               ORDER BY x.state DESC, x.service_id), '[]')
        FROM (SELECT s.service_id, s.team, h.facts,
                     CASE h.state WHEN 'open' THEN h.state ELSE 'done' END AS state
                FROM unnest(changes) AS h
                JOIN service s ON s.id = h.service
               ORDER BY h.state = 'open' DESC, s.service_id
               LIMIT 10) AS x),
    'backTest', CASE WHEN moment IS NOT NULL AND rule IS NOT NULL
                     THEN campaign_back_test(c, r, moment) END);
END $$;
COMMENT ON FUNCTION campaign_preview(campaign, text, timestamptz) IS 'CampaignPreview';

-- A rule that was stopped by the statement timeout, as a problem says it.
CREATE OR REPLACE FUNCTION rule_stopped() RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT format('takes too long: with the facts that there are it was stopped after %s',
                current_setting('statement_timeout'))
$$;

-- Why a rule cannot decide for these services with the facts that there are; NULL =
-- it can, or the machine is too slow to tell. To be called with a statement timeout.
CREATE OR REPLACE FUNCTION rule_trouble(numbers bigint[], r campaign_rule)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  slow text;
BEGIN
  IF r.path IS NULL OR r.quarantine IS NOT NULL THEN
    RETURN NULL;
  END IF;
  slow := rule_slow_for(numbers, r.path, r.keys, '500 ms');
  RETURN CASE WHEN slow = rule_endless() THEN rule_stopped()
              ELSE 'takes too long: with the facts that there are it ' || slow END;
EXCEPTION
  WHEN query_canceled THEN
    IF SQLERRM NOT LIKE '%statement timeout%' THEN
      RAISE;
    END IF;
    RETURN NULL;
  WHEN OTHERS THEN
    IF NOT rule_is_guilty(SQLSTATE) THEN
      RAISE;
    END IF;
    RETURN rule_fails(SQLERRM);
END $$;

-- A draft that is not stored, or a stored campaign as it was `before` and would be
-- with the draft, and the predicate of its rule.
CREATE OR REPLACE FUNCTION campaign_drafted(d jsonb, existing text,
  OUT before campaign, OUT c campaign, OUT rule text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT x.* INTO before FROM campaign x WHERE x.name = existing COLLATE "C";
  c := campaign_with(before, d);
  rule := CASE WHEN d ? 'rule' THEN d->>'rule'
               ELSE (campaign_rule_now(before)).predicate END;
END $$;

-- CampaignPreview of that. What drafting or changing it would find wrong is found
-- here, too, as that it is over. Status 0 = it took too long, and
-- campaign_suspect() says whether for its rule.
CREATE OR REPLACE FUNCTION campaign_preview_draft(draft text, existing text,
  moment timestamptz, principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  d jsonb := draft;
  asked record;
BEGIN
  SELECT * INTO asked FROM campaign_drafted(d, existing);
  IF existing IS NOT NULL AND (asked.before).id IS NULL THEN
    RETURN QUERY SELECT 404, NULL::text,
      format('there is no campaign %s', existing), NULL::text;
    RETURN;
  ELSIF (asked.before).state IN ('finished', 'cancelled') THEN
    RETURN QUERY SELECT 409, NULL::text,
      format('the campaign %s is %s', existing, (asked.before).state), NULL::text;
    RETURN;
  END IF;
  RETURN QUERY SELECT * FROM campaign_refused(asked.before, asked.c, d->>'rule',
                                              principal::jsonb);
  IF NOT FOUND THEN
    RETURN QUERY SELECT 200, NULL::text, NULL::text,
      campaign_preview(asked.c, asked.rule, moment)::text;
  END IF;
EXCEPTION
  WHEN query_canceled THEN
    IF SQLERRM NOT LIKE '%statement timeout%' THEN
      RAISE;
    END IF;
    RETURN QUERY SELECT 0, NULL::text, NULL::text, NULL::text;
  WHEN OTHERS THEN
    IF NOT rule_is_guilty(SQLSTATE) THEN
      RAISE;
    END IF;
    RETURN QUERY SELECT 422, '#/rule', rule_fails(SQLERRM), NULL::text;
END $$;
COMMENT ON FUNCTION campaign_preview_draft(text, text, timestamptz, text) IS 'CampaignPreview of a CampaignDraft';

-- What a preview that took too long is refused with for its rule. Status 0 = it is
-- no fault of the rule.
CREATE OR REPLACE FUNCTION campaign_suspect(draft text, existing text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  trouble text;
BEGIN
  SELECT * INTO asked FROM campaign_drafted(draft::jsonb, existing);
  trouble := rule_trouble(campaign_services(asked.c), rule_of(asked.rule));
  RETURN QUERY SELECT CASE WHEN trouble IS NULL THEN 0 ELSE 422 END,
    '#/rule', trouble, NULL::text;
END $$;
COMMENT ON FUNCTION campaign_suspect(text, text) IS 'Whether the rule of a preview is slow';

-- --- trials ---------------------------------------------------------------------

-- Runs the rule as a change, or without one a launch, would: a slow one is found
-- before the writers' lock is taken, and nobody has waited for it. Status 0 = go
-- on, also where something else will be refused, which says so better.
CREATE OR REPLACE FUNCTION campaign_trial(wanted text, change text, principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  d jsonb := coalesce(change, '{}');
  c campaign;
  r campaign_rule;
  trouble text;
BEGIN
  SELECT x.* INTO c FROM campaign x WHERE x.name = wanted COLLATE "C";
  IF campaign_may(principal::jsonb, c.team)
     AND c.state = ANY (CASE WHEN change IS NULL THEN '{draft,scheduled}'::text[]
                             ELSE '{running}' END)
     AND (d->>'rule' IS NULL OR rule_fault(d->>'rule') IS NULL) THEN
    r := CASE WHEN d ? 'rule' THEN rule_of(d->>'rule') ELSE campaign_rule_now(c) END;
    trouble := rule_trouble(ARRAY(
      SELECT unnest(campaign_services(campaign_with(c, d)))
       UNION
      SELECT i.service FROM todo_item i WHERE i.campaign = c.id), r);
  END IF;
  IF trouble IS NULL THEN
    RETURN QUERY SELECT 0, NULL::text, NULL::text, NULL::text;
  ELSIF change IS NULL THEN
    RETURN QUERY SELECT 409, NULL::text,
      format('the rule of the campaign %s %s', wanted, trouble), NULL::text;
  ELSE
    RETURN QUERY SELECT 422, '#/rule', trouble, NULL::text;
  END IF;
END $$;
COMMENT ON FUNCTION campaign_trial(text, text, text) IS 'What a change or a launch would be refused with for its rule';
