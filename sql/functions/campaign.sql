-- SPDX-License-Identifier: Apache-2.0
-- Campaigns: drafting, changing, ending. Launching is in campaign_launch.sql, what
-- they answer in campaign_view.sql.
--
-- Functions that change one answer a row: an HTTP status, and with 200 to 202 the
-- document; else a sentence and, of 422 and some 409, the pointer of what is wrong, of
-- 403, the team whose members may, if it is one. Who gets less than 200 to 202 rolls back.

-- Is it a token for some services only? A campaign chooses services by what they
-- are, so it may be for others tomorrow.
CREATE OR REPLACE FUNCTION campaign_bound(who jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_array_length(who->'services') > 0, false)
$$;

CREATE OR REPLACE FUNCTION campaign_may(who jsonb, team text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT NOT campaign_bound(who)
         AND ((who->>'admin')::boolean OR coalesce(who->'teams' ? team, false))
$$;
COMMENT ON FUNCTION campaign_may(jsonb, text) IS 'May who do what the members of a team may';

-- Facets of a CampaignTarget.
CREATE OR REPLACE FUNCTION target_facet(target jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(
    SELECT k.kind || ':' || (target->>k.kind)
      FROM unnest(ARRAY['team', 'corp', 'lifecycle', 'tier']) AS k (kind)
     WHERE target->>k.kind IS NOT NULL
     UNION ALL
    SELECT 'tag:' || t.tag
      FROM jsonb_array_elements_text(nullif(target->'tag', 'null'))
           WITH ORDINALITY AS t (tag, place))
$$;

-- A campaign with the members of a CampaignDraft or CampaignChange that are given.
CREATE OR REPLACE FUNCTION campaign_with(c campaign, d jsonb) RETURNS campaign
LANGUAGE plpgsql STABLE AS $$
BEGIN
  c.name := coalesce(d->>'name', c.name);
  c.title := coalesce(d->>'title', c.title);
  c.why := coalesce(d->>'why', c.why, '');
  c.how := coalesce(d->>'how', c.how, '');
  c.words := CASE WHEN d ? 'target' THEN btrim(coalesce(d #>> '{target,q}', ''))
                  ELSE coalesce(c.words, '') END;
  c.facet := CASE WHEN d ? 'target' THEN target_facet(d->'target')
                  ELSE coalesce(c.facet, '{}') END;
  c.team := coalesce(d->>'team', c.team);
  c.review_team := CASE WHEN d ? 'reviewTeam' THEN d->>'reviewTeam'
                        ELSE c.review_team END;
  c.level := CASE WHEN d ? 'level' THEN (d->>'level')::smallint ELSE c.level END;
  c.phase := CASE WHEN d ? 'phase' THEN d->>'phase' ELSE c.phase END;
  c.due := CASE WHEN d ? 'due' THEN (d->>'due')::date ELSE c.due END;
  c.permanent := coalesce((d->>'permanent')::boolean, c.permanent, false);
  c.team_limit := CASE WHEN d ? 'teamLimit' THEN (d->>'teamLimit')::integer
                       ELSE c.team_limit END;
  c.damping := coalesce(make_interval(hours => (d->>'dampingHours')::integer),
                        c.damping, '168 hours');
  c.rule_version := coalesce(c.rule_version, 0);
  c.version := coalesce(c.version, 1);
  c.state := coalesce(c.state, 'draft');
  RETURN c;
END $$;
COMMENT ON FUNCTION campaign_with(campaign, jsonb) IS 'A campaign as a draft or a change would have it';

-- Services that a campaign is for.
CREATE OR REPLACE FUNCTION campaign_services(c campaign) RETURNS bigint[]
LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(m.id), '{}')
    FROM service_match(c.words, c.facet, false, NULL) AS m
$$;

CREATE OR REPLACE FUNCTION campaign_rule_now(c campaign) RETURNS campaign_rule
LANGUAGE sql STABLE AS $$
  SELECT r FROM campaign_rule r
   WHERE r.campaign = c.id AND r.version = c.rule_version
$$;

-- Another version of the rule; NULL = people say what is done.
CREATE OR REPLACE FUNCTION campaign_set_rule(wanted bigint, rule text, who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  next integer := 0;
BEGIN
  IF rule IS NOT NULL THEN
    next := 1 + coalesce((SELECT max(r.version) FROM campaign_rule r
                           WHERE r.campaign = wanted), 0);
    INSERT INTO campaign_rule (campaign, version, predicate, keys, created_by,
           created_at)
    VALUES (wanted, next, rule, rule_keys(rule), who->>'subject', moment);
  END IF;
  UPDATE campaign c SET rule_version = next WHERE c.id = wanted;
END $$;

-- The event and the audit row of a change: the event names what differs, the audit
-- row says how.
CREATE OR REPLACE FUNCTION campaign_tell(c campaign, happened text, who jsonb,
  moment timestamptz, detail jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM event_append('campaign.' || happened, 'campaign', c.name, c.team,
    who->>'subject', moment, jsonb_build_object('title', c.title,
      'state', c.state, 'version', c.version, 'changed', CASE happened
        WHEN 'changed' THEN (SELECT jsonb_agg(k ORDER BY k)
                               FROM jsonb_object_keys(detail) AS k) END));
  PERFORM audit_append(who, 'campaign.' || happened, c.name, 'done', detail);
END $$;

CREATE OR REPLACE FUNCTION campaign_denied(who jsonb, team text,
  OUT status integer, OUT pointer text, OUT detail text, OUT body text)
LANGUAGE sql AS $$
  SELECT 403, CASE WHEN NOT campaign_bound(who) THEN team END,
         CASE WHEN campaign_bound(who)
           THEN 'this token is for some services only, and a campaign is not: it'
                ' takes one that is bound to no services, or an admin'
           ELSE format('this takes a member of the team %s or an admin', team) END,
         NULL
   WHERE NOT campaign_may(who, team)
$$;

-- 422 for what is no rule; no row = it is one.
CREATE OR REPLACE FUNCTION rule_refused(predicate text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE sql AS $$
  SELECT 422, '#/rule', fault.reason, NULL
    FROM rule_fault(predicate) AS fault (reason)
   WHERE predicate IS NOT NULL AND fault.reason IS NOT NULL
$$;

-- 422 for what only the catalogue can tell to be wrong; no row = nothing is. A team
-- is there that a spec has named, or that somebody is a member of. What a campaign
-- has already, `before`, is not asked about again.
CREATE OR REPLACE FUNCTION campaign_refused(before campaign, c campaign,
  predicate text, who jsonb)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE sql STABLE AS $$
  SELECT r.* FROM rule_refused(predicate) AS r
   UNION ALL
  SELECT 422, '#/' || n.member, format('there is no team %s', n.team), NULL
    FROM (VALUES ('team', c.team, before.team),
                 ('reviewTeam', c.review_team, before.review_team))
         AS n (member, team, was)
   WHERE n.team <> coalesce(n.was, '')
     AND NOT who->'teams' ? n.team
     AND NOT EXISTS (SELECT FROM team t WHERE t.name = n.team)
     AND NOT EXISTS (SELECT FROM team_member m WHERE m.team = n.team)
   LIMIT 1
$$;

-- Why `who` may not have a campaign as it would be, `c`; no row = may.
CREATE OR REPLACE FUNCTION campaign_barred(before campaign, c campaign,
  predicate text, who jsonb)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE sql AS $$
  SELECT * FROM campaign_denied(who, c.team) AS x WHERE x.status IS NOT NULL
   UNION ALL
  SELECT * FROM campaign_refused(before, c, predicate, who)
   LIMIT 1
$$;

-- A rule that parses and fails with what is stored, as a problem says it.
CREATE OR REPLACE FUNCTION rule_fails(reason text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT 'fails with the facts that there are: ' || reason
$$;

CREATE OR REPLACE FUNCTION campaign_create(draft text, principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  -- Far more than people of one team look after. One who drafts in a loop does not
  -- fill the list of campaigns that all others read.
  drafts_max CONSTANT integer := 200;
  d jsonb := draft;
  who jsonb := principal;
  moment timestamptz;
  c campaign;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  c := campaign_with(NULL, d);
  RETURN QUERY SELECT * FROM campaign_barred(NULL, c, d->>'rule', who);
  IF FOUND THEN
    RETURN;
  END IF;
  IF (SELECT count(*) FROM campaign x
       WHERE x.state = 'draft' AND x.team = c.team) >= drafts_max THEN
    RETURN QUERY SELECT 409, NULL::text, format('the team %s has %s drafts, which '
      'is the most: launch or cancel one of them first', c.team, drafts_max),
      NULL::text;
    RETURN;
  END IF;
  INSERT INTO campaign (name, title, why, how, words, facet, team, review_team,
         level, phase, due, permanent, team_limit, damping, created_by, created_at)
  VALUES (c.name, c.title, c.why, c.how, c.words, c.facet, c.team, c.review_team,
          c.level, c.phase, c.due, c.permanent, c.team_limit, c.damping,
          who->>'subject', moment)
  ON CONFLICT ON CONSTRAINT campaign_name_key DO NOTHING
  RETURNING id INTO c.id;
  IF c.id IS NULL THEN
    RETURN QUERY SELECT 409, '#/name',
      format('there is a campaign %s already', c.name), NULL::text;
    RETURN;
  END IF;
  PERFORM campaign_set_rule(c.id, d->>'rule', who, moment);
  SELECT x.* INTO c FROM campaign x WHERE x.id = c.id;
  PERFORM campaign_tell(c, 'created', who, moment, jsonb_build_object(
    'target', campaign_target(c), 'rule', d->>'rule'));
  RETURN QUERY SELECT 201, NULL::text, NULL::text, campaign_json(c)::text;
END $$;
COMMENT ON FUNCTION campaign_create(text, text) IS 'Drafts a campaign: Campaign';

-- A campaign for a change, when it is there and `who` may: else its refusal.
CREATE OR REPLACE FUNCTION campaign_for(wanted text, who jsonb, OUT c campaign,
  OUT status integer, OUT pointer text, OUT detail text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_lock();
  SELECT x.* INTO c FROM campaign x WHERE x.name = wanted COLLATE "C";
  IF NOT FOUND THEN
    status := 404;
    detail := format('there is no campaign %s', wanted);
  ELSIF NOT campaign_may(who, c.team) THEN
    SELECT x.status, x.pointer, x.detail INTO status, pointer, detail
      FROM campaign_denied(who, c.team) AS x;
  END IF;
END $$;

-- --- changing -------------------------------------------------------------------

-- Rules look at everything that a change of a running campaign may concern. Raises
-- MDLIM where it leads a team beyond the limit and `who` is no admin.
CREATE OR REPLACE FUNCTION campaign_judge_anew(before campaign, c campaign,
  rule_changed boolean, who jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  -- Whom it was for already, and was without an item, came after the launch.
  other_target boolean := (before.words, before.facet) IS DISTINCT FROM
                            (c.words, c.facet);
  wider boolean := other_target OR c.permanent;
  changes todo_change[];
  over text[];
BEGIN
  changes := ARRAY(
    SELECT j
      FROM todo_judge(ARRAY(
             SELECT unnest(campaign_services(c))
              UNION
             SELECT i.service FROM todo_item i WHERE i.campaign = c.id),
             ARRAY[campaign_asked(c, campaign_rule_now(c), wider, 'rule')]) AS j
     -- What was done before its service left the target may not be so any more.
     WHERE rule_changed OR other_target OR j.cause = 'target'
        OR before.review_team IS DISTINCT FROM c.review_team);
  -- Or a launch for few would be one for all.
  over := campaign_over_limit(c, changes);
  IF over <> '{}' AND NOT (who->>'admin')::boolean THEN
    RAISE EXCEPTION 'with this change more than % items would be open of the team%'
      ' %: it takes an admin', campaign_limit(c),
      CASE WHEN cardinality(over) > 1 THEN 's' ELSE '' END,
      array_to_string(over, ', ') USING ERRCODE = 'MDLIM';
  END IF;
  PERFORM todo_apply(changes, moment, '{}', who, moment, 1);
END $$;

-- What differs, for the audit log: texts that may be long by their length.
CREATE OR REPLACE FUNCTION campaign_difference(before campaign, after campaign)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(b.key, jsonb_build_object(
           'before', CASE WHEN b.key IN ('why', 'how')
             THEN to_jsonb(length(b.value #>> '{}')) ELSE b.value END,
           'after', CASE WHEN b.key IN ('why', 'how')
             THEN to_jsonb(length(a.value #>> '{}')) ELSE a.value END)), '{}')
    FROM jsonb_each(to_jsonb(before)) AS b
    JOIN jsonb_each(to_jsonb(after)) AS a ON a.key = b.key
   WHERE a.value <> b.value AND b.key <> 'version'
$$;

-- A change that has been looked at: the campaign as it is then. Raises where the
-- rule fails with the facts that there are.
CREATE OR REPLACE FUNCTION campaign_write(before campaign, c campaign, d jsonb,
  who jsonb, moment timestamptz) RETURNS campaign
LANGUAGE plpgsql AS $$
DECLARE
  rule campaign_rule;
  rule_changed boolean;
BEGIN
  UPDATE campaign x
     SET title = c.title, why = c.why, how = c.how, words = c.words,
         facet = c.facet, team = c.team, review_team = c.review_team,
         level = c.level, phase = c.phase, due = c.due, permanent = c.permanent,
         team_limit = c.team_limit, damping = c.damping, version = x.version + 1,
         starts_at = CASE x.state WHEN 'scheduled' THEN x.starts_at END,
         held_by = NULL, held_at = NULL, held_teams = NULL
   WHERE x.id = c.id;
  -- The same rule again lets one go on that was quarantined.
  rule := campaign_rule_now(before);
  rule_changed := d ? 'rule' AND (d->>'rule' IS DISTINCT FROM rule.predicate
                                  OR rule.quarantine IS NOT NULL);
  IF rule_changed THEN
    PERFORM campaign_set_rule(c.id, d->>'rule', who, moment);
  END IF;
  SELECT x.* INTO c FROM campaign x WHERE x.id = c.id;
  PERFORM campaign_tell(c, 'changed', who, moment,
    campaign_difference(before, c) || CASE WHEN rule_changed
      THEN jsonb_build_object('rule', jsonb_build_object(
             'before', rule.predicate, 'after', d->>'rule')) ELSE '{}' END);
  IF c.state = 'running' THEN
    PERFORM campaign_judge_anew(before, c, rule_changed, who, moment);
  END IF;
  RETURN c;
END $$;

CREATE OR REPLACE FUNCTION campaign_change(wanted text, given bigint,
  change text, principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  d jsonb := change;
  who jsonb := principal;
  moment timestamptz;
  asked record;
  before campaign;
  c campaign;
BEGIN
  SELECT * INTO asked FROM campaign_for(wanted, who);
  moment := date_trunc('milliseconds', clock_timestamp());
  before := asked.c;
  IF asked.status IS NULL AND before.version <> given THEN
    asked.status := 412;
    asked.detail := version_stale(given, 'the campaign ' || wanted, before.version);
  ELSIF asked.status IS NULL AND before.state IN ('finished', 'cancelled') THEN
    asked.status := 409;
    asked.detail := format('the campaign %s is %s', wanted, before.state);
  END IF;
  IF asked.status IS NOT NULL THEN
    RETURN QUERY SELECT asked.status, asked.pointer, asked.detail, NULL::text;
    RETURN;
  END IF;
  c := campaign_with(before, d);
  RETURN QUERY SELECT * FROM campaign_barred(before, c, d->>'rule', who);
  IF FOUND THEN
    RETURN;
  END IF;
  BEGIN
    c := campaign_write(before, c, d, who, moment);
    RETURN QUERY SELECT 200, NULL::text, NULL::text, campaign_page(c)::text;
  EXCEPTION
  WHEN SQLSTATE 'MDLIM' THEN
    RETURN QUERY SELECT 403, NULL::text, SQLERRM, NULL::text;
  WHEN OTHERS THEN
    IF NOT rule_is_guilty(SQLSTATE) THEN
      RAISE;
    END IF;
    RETURN QUERY SELECT 422, '#/rule', rule_fails(SQLERRM), NULL::text;
  END;
END $$;
COMMENT ON FUNCTION campaign_change(text, bigint, text, text) IS 'Changes a campaign: CampaignPage';

-- --- ending -----------------------------------------------------------------------

-- What is still to be done in a campaign that ends. People and facts that settled
-- something before stay right.
CREATE OR REPLACE FUNCTION campaign_cancel_items(wanted bigint, who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  items bigint[];
BEGIN
  WITH before AS MATERIALIZED (
    SELECT i.id, i.state FROM todo_item i
     WHERE i.campaign = wanted AND i.state IN ('open', 'waiting', 'in_review')
  ), cancelled AS (
    UPDATE todo_item i
       SET state = 'cancelled', by_rule = false, snoozed_until = NULL,
           changed_at = moment, version = i.version + 1
      FROM before b WHERE i.id = b.id
    RETURNING i.id, b.state
  ), told AS (
    INSERT INTO todo_transition (item, at, state_before, state, actor_kind,
           actor, cause)
    SELECT c.id, moment, c.state, 'cancelled', todo_actor_kind(who),
           who->>'subject', 'ended'
      FROM cancelled c
     ORDER BY c.id
    RETURNING item
  )
  SELECT array_agg(t.item ORDER BY t.item) INTO items FROM told t;
  IF items IS NOT NULL THEN
    PERFORM todo_tell(items, who, moment);
    PERFORM todo_unblock(items, who, moment);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION campaign_end(wanted text, ending text, principal text)
RETURNS TABLE (status integer, pointer text, detail text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  moment timestamptz;
  asked record;
  c campaign;
BEGIN
  SELECT * INTO asked FROM campaign_for(wanted, who);
  moment := date_trunc('milliseconds', clock_timestamp());
  c := asked.c;
  IF asked.status IS NULL AND (c.state IN ('finished', 'cancelled')
       OR ending = 'finished' AND c.state <> 'running') THEN
    asked.status := 409;
    asked.detail := format('the campaign %s is %s%s', wanted, c.state,
      CASE WHEN c.state IN ('draft', 'scheduled')
           THEN ': what does not run cannot be finished' ELSE '' END);
  END IF;
  IF asked.status IS NOT NULL THEN
    RETURN QUERY SELECT asked.status, asked.pointer, asked.detail, NULL::text;
    RETURN;
  END IF;
  UPDATE campaign x
     SET state = ending, ended_at = moment, starts_at = NULL, held_by = NULL,
         held_at = NULL, held_teams = NULL, version = x.version + 1
   WHERE x.id = c.id
  RETURNING x.* INTO c;
  PERFORM campaign_tell(c, ending, who, moment, '{}');
  PERFORM campaign_cancel_items(c.id, who, moment);
  RETURN QUERY SELECT 200, NULL::text, NULL::text, campaign_page(c)::text;
END $$;
COMMENT ON FUNCTION campaign_end(text, text, text) IS 'Finishes or cancels a campaign: CampaignPage';
