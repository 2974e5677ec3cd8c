-- SPDX-License-Identifier: Apache-2.0
-- Campaigns that begin: at once, at a time, or when an admin lets them. What the
-- functions answer is told in campaign.sql.

-- Open items that a team may have: what the campaign says, and at most what the
-- installation does (todos_team_limit); NULL = any number. Who drafts could say
-- anything.
CREATE OR REPLACE FUNCTION campaign_limit(c campaign) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT least(c.team_limit,
    nullif(nullif(current_setting('mdash.team_limit', true), '')::bigint, 0))
$$;
COMMENT ON FUNCTION campaign_limit(campaign) IS 'Open items of a team that a launch must not lead beyond; NULL = any number';

-- Teams that would have more open items over all campaigns than the limit, and more
-- than now: what a change closes makes room for what it opens.
CREATE OR REPLACE FUNCTION campaign_over_limit(c campaign, changes todo_change[])
RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(t.team ORDER BY t.team), '{}')
    FROM (SELECT s.team, count(*) FILTER (WHERE h.state = ANY (busy))
                         - count(*) FILTER (WHERE h.state_before = ANY (busy)) AS more
            FROM unnest(changes) AS h
            JOIN service s ON s.id = h.service
           CROSS JOIN (VALUES ('{open,waiting,in_review}'::text[])) AS load (busy)
           WHERE s.team IS NOT NULL
           GROUP BY s.team) AS t
    LEFT JOIN todo_load() AS l ON l.team = t.team
   WHERE t.more > 0 AND coalesce(l.open, 0) + t.more > campaign_limit(c)
$$;

CREATE OR REPLACE FUNCTION campaign_launched(became text, changes todo_change[],
  over text[], told jsonb) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'state', became,
    'open', count(*) FILTER (WHERE h.state = 'open'),
    'done', count(*) FILTER (WHERE h.state = 'done'),
    'overLimit', over,
    'todos', told,
    'todosLeftOut', CASE WHEN became = 'running'
      THEN count(*) - jsonb_array_length(told) ELSE 0 END)
    FROM unnest(changes) AS h
$$;

-- Makes a campaign run and its items; or holds it, when `limited` and a team would
-- be over the limit; or lets it wait for its time. CampaignLaunch. What is held
-- keeps its time. What was approved and waits has the teams it was approved for
-- in held_teams: when its time has come, it is held again for others only.
CREATE OR REPLACE FUNCTION campaign_start(c campaign, later timestamptz,
  limited boolean, who jsonb, moment timestamptz) RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
  changes todo_change[] := ARRAY(
    SELECT p FROM todo_plan(campaign_services(c), ARRAY[c.id], NULL) AS p);
  over text[] := campaign_over_limit(c, changes);
  told jsonb := '[]';
  approved text[] := CASE WHEN NOT limited THEN over
                          WHEN c.state = 'scheduled'
                            THEN coalesce(c.held_teams, '{}') ELSE '{}' END;
  happened text := CASE WHEN NOT over <@ approved THEN 'held'
                        WHEN later IS NOT NULL THEN 'scheduled'
                        ELSE 'launched' END;
BEGIN
  UPDATE campaign x
     SET state = CASE happened WHEN 'held' THEN 'draft'
                               WHEN 'launched' THEN 'running' ELSE happened END,
         starts_at = later,
         launched_at = CASE happened WHEN 'launched' THEN moment END,
         held_by = CASE happened WHEN 'held' THEN who->>'subject' END,
         held_at = CASE happened WHEN 'held' THEN moment END,
         held_teams = CASE happened WHEN 'held' THEN over
                                    WHEN 'scheduled' THEN approved END,
         version = x.version + 1
   WHERE x.id = c.id
  RETURNING x.* INTO c;
  PERFORM campaign_tell(c, happened, who, moment, jsonb_strip_nulls(
    jsonb_build_object('services', cardinality(changes),
      'startsAt', rfc3339(c.starts_at), 'overLimit', nullif(over, '{}'))));
  IF happened = 'launched' THEN
    told := todo_apply(changes, moment, '{}', who, moment, 200);
  END IF;
  RETURN campaign_launched(CASE happened WHEN 'launched' THEN 'running'
                             ELSE happened END, changes, over, told);
END $$;
COMMENT ON FUNCTION campaign_start(campaign, timestamptz, boolean, jsonb, timestamptz) IS 'Launches, schedules or holds: CampaignLaunch';

-- Launches what campaign_for() found. A rule that cannot be run is told as a
-- contradiction: without it, every item would be open.
CREATE OR REPLACE FUNCTION campaign_try_start(asked record, later timestamptz,
  limited boolean, who jsonb)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  c campaign := asked.c;
  rule campaign_rule := campaign_rule_now(c);
  made json;
BEGIN
  IF asked.status IS NULL AND rule.quarantine IS NOT NULL THEN
    asked.status := 409;
    asked.detail := format('the rule of the campaign %s is in quarantine (%s): '
      'change it, or send the same again, and then launch', c.name, rule.quarantine);
  END IF;
  IF asked.status IS NOT NULL THEN
    RETURN QUERY SELECT asked.status, asked.pointer, asked.detail, NULL::text;
    RETURN;
  END IF;
  BEGIN
    made := campaign_start(c, later, limited, who,
                           date_trunc('milliseconds', clock_timestamp()));
  EXCEPTION WHEN OTHERS THEN
    IF NOT rule_is_guilty(SQLSTATE) THEN
      RAISE;
    END IF;
    RETURN QUERY SELECT 409, NULL::text, format('the rule of the campaign %s %s',
      c.name, rule_fails(SQLERRM)), NULL::text;
    RETURN;
  END;
  RETURN QUERY SELECT CASE made->>'state' WHEN 'running' THEN 200 ELSE 202 END,
    NULL::text, NULL::text, made::text;
END $$;

CREATE OR REPLACE FUNCTION campaign_launch(wanted text, later timestamptz,
  principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  asked record;
BEGIN
  SELECT * INTO asked FROM campaign_for(wanted, who);
  IF asked.status IS NULL AND (asked.c).state NOT IN ('draft', 'scheduled') THEN
    asked.status := 409;
    asked.detail := format('the campaign %s is %s', wanted, (asked.c).state);
  END IF;
  RETURN QUERY SELECT * FROM campaign_try_start(asked, later, true, who);
END $$;
COMMENT ON FUNCTION campaign_launch(text, timestamptz, text) IS 'CampaignLaunch';

-- Lets a launch go over the limit, at its time if that is to come; of an admin, as
-- the route sees to, who has seen the version `given` (NULL = any).
CREATE OR REPLACE FUNCTION campaign_approve(wanted text, principal text,
  given bigint DEFAULT NULL)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  asked record;
BEGIN
  SELECT * INTO asked FROM campaign_for(wanted, who);
  IF asked.status IS NULL AND (asked.c).held_at IS NULL THEN
    asked.status := 409;
    asked.detail := format('no launch of the campaign %s is held', wanted);
  ELSIF asked.status IS NULL AND (asked.c).version <> given THEN
    asked.status := 412;
    asked.detail := version_stale(given, 'the campaign ' || wanted, (asked.c).version,
                                  'look at what is held by now');
  END IF;
  RETURN QUERY SELECT * FROM campaign_try_start(asked, CASE
    WHEN (asked.c).starts_at > now() THEN (asked.c).starts_at END, false, who);
END $$;
COMMENT ON FUNCTION campaign_approve(text, text, bigint) IS 'Launches what was held: CampaignLaunch';

-- Launches whose time has come, for the worker; how many there were. Where a rule
-- fails or is slow, it is quarantined and the campaign is a draft again.
CREATE OR REPLACE FUNCTION campaigns_due(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := '{"subject": "worker", "kind": "system", "admin": true}';
  c campaign;
  reason text;
  due bigint := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM campaign x
                  WHERE x.state = 'scheduled' AND x.starts_at <= moment) THEN
    RETURN 0;
  END IF;
  PERFORM write_lock();
  FOR c IN
    SELECT x.* FROM campaign x
     WHERE x.state = 'scheduled' AND x.starts_at <= moment
     ORDER BY x.starts_at, x.id
  LOOP
    due := due + 1;
    BEGIN
      reason := coalesce((campaign_rule_now(c)).quarantine,
                         rule_slow(c.id, campaign_services(c)));
      IF reason IS NULL THEN
        PERFORM campaign_start(c, NULL, true, who, moment);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      IF NOT rule_is_guilty(SQLSTATE) THEN
        RAISE;
      END IF;
      reason := 'failed: ' || SQLERRM;
    END;
    IF reason IS NOT NULL THEN
      UPDATE campaign x SET state = 'draft', starts_at = NULL WHERE x.id = c.id;
      PERFORM rule_quarantine(c.id, reason, who, moment);
      EXIT WHEN reason = rule_endless(); -- the timeout does not fire again
    END IF;
  END LOOP;
  RETURN due;
END $$;
COMMENT ON FUNCTION campaigns_due(timestamptz) IS 'Launches campaigns whose time has come; how many there were';
