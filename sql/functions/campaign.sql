-- SPDX-License-Identifier: Apache-2.0
-- Campaigns: drafting, preview, launch and end.

-- Why a predicate is no rule; NULL when it is one.
CREATE OR REPLACE FUNCTION rule_fault(predicate text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  reason text;
BEGIN
  IF length(predicate) > 2000 THEN
    RETURN 'has more than 2000 characters';
  ELSIF predicate ~ '\\+[0-9]' THEN
    RETURN 'has a back reference in a pattern';
  END IF;
  PERFORM predicate::jsonpath;
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

-- Services that a campaign is for.
CREATE OR REPLACE FUNCTION campaign_services(c campaign) RETURNS bigint[]
LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(m.id), '{}')
    FROM service_match(c.words, c.facet, false, NULL) AS m
$$;

-- What a launch would do now, team by team: a CampaignPreview. `load` are open
-- items of the team in all campaigns.
CREATE OR REPLACE FUNCTION campaign_preview(c campaign) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  WITH change AS MATERIALIZED (
    SELECT p.state, s.service_id, s.team
      FROM todo_plan(campaign_services(c), ARRAY[c.id], NULL) AS p
      JOIN service s ON s.id = p.service
  ), by_team AS (
    SELECT h.team, count(*) FILTER (WHERE h.state = 'open') AS open,
           count(*) FILTER (WHERE h.state = 'done') AS done
      FROM change h
     GROUP BY h.team
  ), load AS (
    SELECT s.team, count(*) AS open
      FROM todo_item i
      JOIN service s ON s.id = i.service
     WHERE i.state IN ('open', 'waiting', 'in_review')
     GROUP BY s.team
  )
  SELECT jsonb_build_object(
    'open', (SELECT count(*) FROM change h WHERE h.state = 'open'),
    'done', (SELECT count(*) FROM change h WHERE h.state = 'done'),
    'teams', (SELECT coalesce(jsonb_agg(jsonb_build_object('team', t.team,
                'open', t.open, 'done', t.done, 'load', coalesce(l.open, 0))
                ORDER BY t.open DESC, t.team), '[]')
                FROM by_team t
                LEFT JOIN load l ON l.team IS NOT DISTINCT FROM t.team),
    'overLimit', (SELECT coalesce(jsonb_agg(t.team ORDER BY t.team), '[]')
                    FROM by_team t
                    LEFT JOIN load l ON l.team IS NOT DISTINCT FROM t.team
                   WHERE t.open > 0
                     AND coalesce(l.open, 0) + t.open > c.team_limit))
$$;

-- Makes a campaign run and its items: array of TodoChange.
CREATE OR REPLACE FUNCTION campaign_start(c campaign, who jsonb,
  moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  changes todo_change[];
BEGIN
  PERFORM write_lock();
  changes := ARRAY(SELECT p FROM todo_plan(campaign_services(c), ARRAY[c.id],
                                           NULL) AS p);
  UPDATE campaign a
     SET state = 'running', launched_at = moment, version = a.version + 1
   WHERE a.id = c.id;
  RETURN todo_apply(changes, moment, '{}', who, moment);
END $$;
