-- SPDX-License-Identifier: Apache-2.0
-- Carrying out what rules decide (todo_rule.sql), following facts that changed,
-- and finding the rule that fails.

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
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM events_append(
           array_agg('todo.' || todo_happened(t.state_before, t.state)
                     ORDER BY i.id),
           'todo', array_agg(i.id::text ORDER BY i.id),
           array_agg(s.team ORDER BY i.id), who->>'subject', moment,
           array_agg(jsonb_build_object('campaign', c.name,
             'serviceID', s.service_id, 'team', s.team, 'state', t.state,
             'stateBefore', t.state_before, 'cause', t.cause,
             'version', i.version, 'commit', t.publish->'commit',
             'source', i.source, 'externalID', i.external_id) ORDER BY i.id))
     FROM unnest(items) AS one (id)
     JOIN todo_item i ON i.id = one.id
     JOIN service s ON s.id = i.service
     LEFT JOIN campaign c ON c.id = i.campaign
    CROSS JOIN LATERAL (
       SELECT x.* FROM todo_transition x
        WHERE x.item = i.id ORDER BY x.id DESC LIMIT 1) AS t
   HAVING count(*) > 0;
END $$;
COMMENT ON FUNCTION todo_tell(bigint[], jsonb, timestamptz) IS 'Appends the event of the last transition of each item';

-- Items that wait for those of these that are settled, whoever settled them.
CREATE OR REPLACE FUNCTION todo_unblock(changed bigint[], who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  free bigint[];
BEGIN
  WITH opened AS (
    UPDATE todo_item i
       SET state = 'open', changed_at = moment, version = i.version + 1
      FROM todo_item first
     WHERE i.waits_for = ANY (changed) AND i.state = 'waiting'
       AND first.id = i.waits_for
       AND first.state NOT IN ('open', 'waiting', 'in_review')
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
COMMENT ON FUNCTION todo_unblock(bigint[], jsonb, timestamptz) IS 'Opens items that wait for those of these that are settled';

-- New items get their numbers first, so that what follows need not look for them.
CREATE OR REPLACE FUNCTION todo_write_items(changes todo_change[],
  moment timestamptz) RETURNS todo_change[]
LANGUAGE plpgsql AS $$
DECLARE
  numbered todo_change[] := ARRAY(
    SELECT ROW(c.campaign, c.service,
               coalesce(c.item, nextval('todo_item_id_seq')), c.state_before,
               c.state, c.cause, c.rule_version, c.facts, c.keys)::todo_change
      FROM unnest(changes) WITH ORDINALITY AS c
     ORDER BY c.ordinality);
BEGIN
  INSERT INTO todo_item (id, campaign, service, state, by_rule, opened_at,
         changed_at, done_at, team, due_key, level_key)
         OVERRIDING SYSTEM VALUE
  SELECT c.item, c.campaign, c.service, c.state, c.rule_version IS NOT NULL,
         moment, moment,
         CASE c.state WHEN 'done' THEN moment END,
         s.team, coalesce(a.due, 'infinity'), coalesce(a.level, 9)
    FROM unnest(numbered) AS c
    JOIN service s ON s.id = c.service
    JOIN campaign a ON a.id = c.campaign
   WHERE c.state_before IS NULL;
  UPDATE todo_item i
     SET state = c.state, changed_at = moment,
         -- What went with the target comes back with it, also without a rule.
         by_rule = c.rule_version IS NOT NULL OR c.state = 'cancelled',
         -- What belongs to the state before ends with it.
         reason = NULL, approver = NULL, until = NULL,
         snoozed_until = CASE WHEN c.state IN ('open', 'in_review')
                              THEN i.snoozed_until END,
         version = i.version + 1,
         done_at = CASE c.state WHEN 'done' THEN moment ELSE i.done_at END,
         -- What is in review has been asked all the time.
         opened_at = CASE WHEN c.state = 'open' AND i.state <> 'in_review'
                               AND coalesce(i.done_at + a.damping, '-infinity') < moment
                          THEN moment ELSE i.opened_at END,
         reopened = i.reopened + (c.state = 'open' AND i.state = 'done')::integer
    FROM unnest(numbered) AS c
    JOIN campaign a ON a.id = c.campaign
   WHERE i.id = c.item AND c.state_before IS NOT NULL;
  RETURN numbered;
END $$;

-- Keys of the facts that rules have read for these changes.
CREATE OR REPLACE FUNCTION todo_keys(changes todo_change[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(DISTINCT k.key), '{}')
    FROM (SELECT DISTINCT c.keys FROM unnest(changes) AS c) AS every,
         unnest(every.keys) AS k (key)
$$;

-- Facts that nobody said again say so themselves, where nothing else that the rule
-- reads has changed since, or since it last decided.
CREATE OR REPLACE FUNCTION todo_causes(changes todo_change[], since timestamptz)
RETURNS todo_change[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  services bigint[] := ARRAY(SELECT DISTINCT c.service FROM unnest(changes) AS c
                              WHERE c.cause = 'facts');
BEGIN
  IF services = '{}' OR NOT EXISTS (
       SELECT FROM fact f
        WHERE f.service = ANY (services) AND f.valid_to >= since
          AND f.expires_at <= f.valid_to) THEN
    RETURN changes;
  END IF;
  RETURN ARRAY(
    SELECT ROW(c.campaign, c.service, c.item, c.state_before, c.state,
               CASE WHEN c.cause = 'facts' AND (
                 SELECT bool_and(coalesce(f.expires_at <= f.valid_to, false))
                   FROM fact f
                  WHERE f.service = c.service
                    AND (f.valid_from >= known.since OR f.valid_to >= known.since)
                    AND (ARRAY[f.key, split_part(f.key, '.', 1) || '.*', '*']
                         && c.keys))
                 THEN 'facts_expired' ELSE c.cause END,
               c.rule_version, c.facts, c.keys)::todo_change
      FROM unnest(changes) WITH ORDINALITY AS c
     CROSS JOIN LATERAL (
        SELECT greatest(todo_causes.since, max(t.at)) AS since
          FROM todo_transition t
         WHERE t.item = c.item AND t.rule_version = c.rule_version) AS known
     ORDER BY c.ordinality);
END $$;

-- Carries a plan out; the facts before are those before `since`, or by which the
-- rule has decided later: facts may have had to wait. Answers what it did: array of
-- TodoChange, the first so many by campaign and service (NULL = all), without numbers
-- that are given out here, so that a dry run says the same.
CREATE OR REPLACE FUNCTION todo_apply(changes todo_change[], since timestamptz,
  o jsonb, who jsonb, moment timestamptz, at_most integer DEFAULT NULL)
RETURNS jsonb
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  numbered todo_change[];
  -- Of what changes in this transaction no rule has decided since.
  waited boolean := since < date_trunc('milliseconds', now());
  -- A launch is no publish.
  published jsonb := CASE WHEN o <> '{}' THEN jsonb_strip_nulls(
    jsonb_build_object('commit', o->'commit', 'runUrl', o->'runUrl')) END;
  told jsonb;
BEGIN
  IF cardinality(changes) = 0 THEN
    RETURN '[]';
  END IF;
  numbered := todo_write_items(todo_causes(changes, since), moment);
  WITH before AS MATERIALIZED (
    SELECT d.service, d.document
      FROM fact_documents(ARRAY(SELECT DISTINCT c.service
                                  FROM unnest(numbered) AS c
                                 WHERE c.cause LIKE 'facts%'), since,
                          todo_keys(numbered)) AS d
  ), full_change AS MATERIALIZED (
    SELECT c.*, CASE WHEN c.cause LIKE 'facts%' THEN coalesce(
             CASE WHEN waited THEN (
               SELECT CASE WHEN t.at >= since THEN t.facts END
                 FROM todo_transition t
                WHERE t.item = c.item AND t.rule_version = c.rule_version
                ORDER BY t.id DESC LIMIT 1) END,
             rule_proof(coalesce(b.document, '{}'), c.keys)) END AS facts_before
      FROM unnest(numbered) AS c
      LEFT JOIN before b ON b.service = c.service
  ), written AS (
    INSERT INTO todo_transition (item, at, state_before, state, actor_kind,
           actor, cause, rule_version, facts_before, facts, publish)
    SELECT f.item, moment, f.state_before, f.state,
           CASE WHEN f.rule_version IS NULL THEN 'system' ELSE 'rule' END,
           who->>'subject', f.cause, f.rule_version, f.facts_before, f.facts,
           published || jsonb_build_object('version', s.versions)
      FROM full_change f
      JOIN service s ON s.id = f.service
  )
  SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('campaign', shown.name,
           'serviceID', shown.service_id, 'team', shown.team,
           'happened', todo_happened(shown.state_before, shown.state),
           'stateBefore', shown.state_before, 'state', shown.state,
           'cause', shown.cause, 'ruleVersion', shown.rule_version))
           || jsonb_build_object('factsBefore', shown.facts_before,
                                 'facts', shown.facts)
           ORDER BY shown.name, shown.service_id)
    INTO told
    FROM (SELECT f.*, c.name, s.service_id, s.team
            FROM full_change f
            JOIN campaign c ON c.id = f.campaign
            JOIN service s ON s.id = f.service
           ORDER BY c.name, s.service_id
           LIMIT at_most) AS shown;
  PERFORM events_append(
           array_agg('todo.' || todo_happened(c.state_before, c.state)
                     ORDER BY c.item),
           'todo', array_agg(c.item::text ORDER BY c.item),
           array_agg(s.team ORDER BY c.item), who->>'subject', moment,
           array_agg(jsonb_build_object('campaign', a.name,
             'serviceID', s.service_id, 'team', s.team, 'state', c.state,
             'stateBefore', c.state_before, 'cause', c.cause,
             'version', i.version, 'commit', published->'commit',
             'source', i.source, 'externalID', i.external_id) ORDER BY c.item))
     FROM unnest(numbered) AS c
     JOIN todo_item i ON i.id = c.item
     JOIN service s ON s.id = c.service
     JOIN campaign a ON a.id = c.campaign;
  PERFORM todo_unblock(ARRAY(SELECT c.item FROM unnest(numbered) AS c
                              WHERE c.state_before IS NOT NULL), who, moment);
  RETURN told;
END $$;
COMMENT ON FUNCTION todo_apply(todo_change[], timestamptz, jsonb, jsonb, timestamptz, integer) IS 'Array of TodoChange';

-- Rules look at the facts that changed, in the transaction that changed them.
CREATE OR REPLACE FUNCTION todo_follow(options text, principal text)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  numbers bigint[];
  changed text[];
  since timestamptz;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
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

-- Errors that come from what a rule does with facts: data, what a path cannot do,
-- what goes too deep, a variable (42704). All others are nobody's fault, or ours.
CREATE OR REPLACE FUNCTION rule_is_guilty(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT left(state, 2) IN ('22', '0A', '54') OR state = '42704'
$$;
COMMENT ON FUNCTION rule_is_guilty(text) IS 'Is it the rule that failed, by SQLSTATE';

-- A rule that is not run any more, and why. Its items stay as they are.
CREATE OR REPLACE FUNCTION rule_quarantine(wanted bigint, reason text, who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c campaign;
BEGIN
  SELECT x.* INTO c FROM campaign x WHERE x.id = wanted;
  UPDATE campaign_rule r
     SET quarantine = reason, quarantined_at = moment
   WHERE r.campaign = wanted AND r.version = c.rule_version
     AND r.quarantine IS NULL;
  IF FOUND THEN
    UPDATE campaign x SET version = x.version + 1 WHERE x.id = wanted;
    PERFORM event_append('campaign.rule_quarantined', 'campaign', c.name, c.team,
      who->>'subject', moment, jsonb_build_object('ruleVersion', c.rule_version,
        'reason', reason));
    PERFORM audit_append(who, 'campaign.quarantine', c.name, 'done',
      jsonb_build_object('ruleVersion', c.rule_version, 'reason', reason));
  END IF;
END $$;
COMMENT ON FUNCTION rule_quarantine(bigint, text, jsonb, timestamptz) IS 'Stops the current rule of a campaign';

-- Of these services those that the rule of a campaign that runs decides about, as
-- todo_judge() has it of many campaigns at once.
CREATE OR REPLACE FUNCTION campaign_concerns(wanted bigint, numbers bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  asked todo_asked := (
    SELECT campaign_asked(c, NULL, c.permanent, NULL) FROM campaign c
     WHERE c.id = wanted);
BEGIN
  RETURN ARRAY(
    SELECT s.id
      FROM service s
      LEFT JOIN todo_item i ON i.campaign = wanted AND i.service = s.id
     WHERE s.id = ANY (numbers)
       AND s.tombstoned_at IS NULL
       AND s.facet @> asked.facet
       AND (asked.patterns = '{}' OR EXISTS (
             SELECT FROM search_entry e
              WHERE e.kind = 'service' AND e.key = s.service_id COLLATE "C"
                AND e.norm LIKE ALL (asked.patterns)))
       AND CASE WHEN i.id IS NULL THEN asked.opens
                ELSE i.state NOT IN ('not_applicable', 'exempt') END);
END $$;

-- Facts that todo_follow() could not follow are followed here, rule by rule, and
-- the rule that fails or is slow is quarantined. To be called with a statement
-- timeout, in a transaction that has nothing else to lose.
--
-- What is promised, whatever rules are stored:
-- - An error of one rule takes back what that rule did, and no more.
-- - A rule that is slow for some services is found at the latest when it has
--   spent 500 ms on 100 of them, twice; a rule that would never end, when the
--   statement timeout fires while it runs: it is quarantined, and all that was
--   pending stays so for the next call, which runs without it. Either way a call
--   leaves less for the next, so that calls until the answer says `pending` 0 come
--   to an end. The timeout should be some seconds.
-- - What is nobody's fault is nobody's end: a timeout while a lock is waited for, a
--   deadlock, a lost connection, a full disk or a cancel by hand come out as errors,
--   and nothing has happened.
--
-- Answers {"pending": rows left, "quarantined": names, "todos": array of TodoChange}.
CREATE OR REPLACE FUNCTION todo_recover(principal text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  moment timestamptz;
  numbers bigint[];
  changed text[];
  since timestamptz;
  one record;
  reason text;
  todos jsonb := '[]';
  stopped text[] := '{}';
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  SELECT array_agg(DISTINCT p.service), array_agg(DISTINCT p.key), min(p.since)
    INTO numbers, changed, since
    FROM fact_pending p;
  FOR one IN
    SELECT c.id, c.name FROM campaign c
     WHERE c.state = 'running' AND numbers IS NOT NULL
     ORDER BY c.id
  LOOP
    BEGIN
      reason := rule_slow(one.id, campaign_concerns(one.id, numbers));
      IF reason IS NULL THEN
        todos := todos || todo_apply(
          ARRAY(SELECT p FROM todo_plan(numbers, ARRAY[one.id], changed) AS p),
          since, '{}', who, moment);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      IF NOT rule_is_guilty(SQLSTATE) THEN
        RAISE;
      END IF;
      reason := 'failed: ' || SQLERRM;
    END;
    CONTINUE WHEN reason IS NULL;
    PERFORM rule_quarantine(one.id, reason, who, moment);
    stopped := stopped || one.name;
    IF reason = rule_endless() THEN
      -- The timeout does not fire again in this statement.
      RETURN json_build_object('pending', (SELECT count(*) FROM fact_pending),
        'quarantined', stopped, 'todos', todos);
    END IF;
    -- Whom the campaign is for, it asks all the same.
    todos := todos || todo_apply(
      ARRAY(SELECT p FROM todo_plan(numbers, ARRAY[one.id], changed) AS p),
      since, '{}', who, moment);
  END LOOP;
  DELETE FROM fact_pending;
  RETURN json_build_object('pending', 0, 'quarantined', stopped, 'todos', todos);
END $$;
COMMENT ON FUNCTION todo_recover(text) IS 'Follows pending facts rule by rule; a rule that fails or is slow is quarantined';

CREATE OR REPLACE FUNCTION rule_endless() RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT 'took longer than a statement may' $$;

-- Why a rule is too slow for these services; NULL = it is not. Only the rule is
-- timed: writing may wait for others. What is slow once may have been the machine,
-- and a statement timeout is the rule's fault if it has run for `enough` by then.
CREATE OR REPLACE FUNCTION rule_slow_for(numbers bigint[], rule jsonpath,
  keys text[], enough interval) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  documents jsonb[];
  begun timestamptz;
  took interval;
BEGIN
  FOR from_place IN 1 .. cardinality(numbers) BY 100 LOOP
    documents := ARRAY(SELECT d.document
      FROM fact_documents(numbers[from_place : from_place + 99], NULL, keys) AS d);
    FOR again IN 1 .. 2 LOOP
      begun := clock_timestamp();
      BEGIN
        PERFORM count(*) FILTER (WHERE jsonb_path_match(d, rule, '{}', true))
           FROM unnest(documents) AS d;
      EXCEPTION WHEN query_canceled THEN
        IF SQLERRM NOT LIKE '%statement timeout%'
           OR clock_timestamp() - begun < rule_slow_for.enough THEN
          RAISE;
        END IF;
        RETURN rule_endless();
      END;
      took := clock_timestamp() - begun;
      EXIT WHEN took < '500 ms';
    END LOOP;
    IF took >= '500 ms' THEN
      RETURN format('took %s ms for %s services',
        round(1000 * extract(epoch FROM took)), cardinality(documents));
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- The same of the current rule of a campaign that is to decide.
CREATE OR REPLACE FUNCTION rule_slow(wanted bigint, numbers bigint[])
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  rule jsonpath;
  keys text[];
BEGIN
  SELECT r.path, r.keys INTO rule, keys
    FROM campaign c
    JOIN campaign_rule r ON r.campaign = c.id AND r.version = c.rule_version
   WHERE c.id = wanted AND r.quarantine IS NULL;
  RETURN CASE WHEN rule IS NOT NULL
              THEN rule_slow_for(numbers, rule, keys, '100 ms') END;
END $$;
