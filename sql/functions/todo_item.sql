-- SPDX-License-Identifier: Apache-2.0
-- What people, and systems outside, do with items: who may, what follows.

-- Why something is refused, as a problem will say it.
CREATE OR REPLACE FUNCTION todo_refused(status integer, pointer text, code text,
  detail text, needs jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_build_object('status', status, 'pointer', pointer, 'code', code,
                            'detail', detail, 'needs', needs)
$$;

-- --- who may -----------------------------------------------------------------------

-- Is a principal of a team, or an admin: NULL = yes, else who would be.
CREATE OR REPLACE FUNCTION todo_denied(team text, who jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN (who->>'admin')::boolean OR who->'teams' ? coalesce(team, '') THEN NULL
    WHEN team IS NULL THEN jsonb_build_object('role', 'admin')
    ELSE jsonb_build_object('team', team) END
$$;

-- May it change items of services of a team: another system that is bound to no
-- team may, too.
CREATE OR REPLACE FUNCTION todo_change_denied(team text, who jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN who->>'kind' IN ('ci', 'system')
                   AND jsonb_array_length(who->'teams') = 0 THEN NULL
              ELSE todo_denied(team, who) END
$$;

-- May it have to do with a service: a token may be for some services only.
CREATE OR REPLACE FUNCTION todo_service_denied(number bigint, who jsonb)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT jsonb_build_object('role', 'admin')
   WHERE jsonb_array_length(who->'services') > 0
     AND NOT EXISTS (
         SELECT FROM service s, jsonb_array_elements_text(who->'services') AS glob
          WHERE s.id = number AND glob_match(glob, s.service_id))
$$;

-- May it do anything at all with an item: also who asks for it, and who reviews it.
CREATE OR REPLACE FUNCTION todo_any_denied(i todo_item, c campaign, who jsonb)
RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN todo_denied(c.team, who) IS NULL
                   OR c.review_team IS NOT NULL
                      AND todo_denied(c.review_team, who) IS NULL THEN NULL
              ELSE todo_change_denied(i.team, who) END
$$;

CREATE OR REPLACE FUNCTION todo_step_denied(i todo_item, c campaign, who jsonb,
  wanted text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN wanted = 'exempt' OR i.state = 'exempt'
         AND todo_change_denied(i.team, who) IS NOT NULL
      THEN todo_denied(c.team, who)
    WHEN i.state = 'in_review' AND c.review_team IS NOT NULL
      THEN todo_denied(c.review_team, who)
    ELSE todo_change_denied(i.team, who) END
$$;

-- Why an item cannot be brought to a state by hand; NULL = it can. What a rule
-- decides nobody else does, and campaigns alone cancel their items.
CREATE OR REPLACE FUNCTION todo_step_refused(i todo_item, c campaign, who jsonb,
  wanted text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  needs jsonb := todo_step_denied(i, c, who, wanted);
  ruled boolean := coalesce(c.rule_version > 0, false);
BEGIN
  IF needs IS NOT NULL THEN
    RETURN todo_refused(403, NULL, NULL, CASE
      WHEN wanted = 'exempt'
        THEN 'an exemption is granted by those who ask for it'
      WHEN i.state = 'in_review'
        THEN 'what is in review is settled by the team that reviews it'
      ELSE 'an item is changed by the team of its service' END, needs);
  ELSIF c.id IS NOT NULL AND c.state <> 'running' THEN
    RETURN todo_refused(409, '#/state', 'campaign-ended', format(
      'the campaign %s does not run any more: it is %s', c.name, c.state), NULL);
  ELSIF i.state = wanted THEN
    RETURN NULL;
  ELSIF c.id IS NOT NULL AND 'cancelled' IN (i.state, wanted) THEN
    RETURN todo_refused(409, '#/state', 'campaign-decides', format(
      'items of the campaign %s are cancelled with it, or while their services'
      ' are none of those that it is for', c.name), NULL);
  ELSIF ruled AND (i.state = 'done'
                   OR i.state <> 'in_review' AND wanted IN ('done', 'in_review')) THEN
    RETURN todo_refused(409, '#/state', 'rule-decides', format(
      'the rule of the campaign %s decides by facts whether this is done', c.name),
      NULL);
  ELSIF wanted = 'in_review' AND c.id IS NOT NULL AND c.review_team IS NULL THEN
    RETURN todo_refused(409, '#/state', 'no-review', format(
      'nobody reviews items of the campaign %s: say that it is done', c.name), NULL);
  ELSIF NOT (i.state IN ('open', 'waiting') OR wanted = 'open'
             OR i.state = 'in_review' AND wanted IN ('done', 'exempt', 'cancelled')) THEN
    RETURN todo_refused(409, '#/state', 'transition', format(
      'an item that is %s has to be opened before it can be %s',
      replace(i.state, '_', ' '), replace(wanted, '_', ' ')), NULL);
  END IF;
  RETURN NULL;
END $$;

-- States that a principal may bring an item to.
CREATE OR REPLACE FUNCTION todo_may(i todo_item, c campaign, who jsonb)
RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(s.state ORDER BY s.place), '{}')
    FROM unnest(ARRAY['open', 'waiting', 'in_review', 'done', 'not_applicable',
                      'exempt', 'cancelled']) WITH ORDINALITY AS s (state, place)
   WHERE s.state <> i.state AND todo_step_refused(i, c, who, s.state) IS NULL
$$;

-- --- what follows ------------------------------------------------------------------

-- An event about an item that is no change of its state.
CREATE OR REPLACE FUNCTION todo_note(type text, wanted bigint, who jsonb,
  moment timestamptz, more jsonb) RETURNS void
LANGUAGE sql AS $$
  SELECT event_append(todo_note.type, 'todo', i.id::text, i.team, who->>'subject',
           moment, jsonb_build_object('campaign', c.name, 'serviceID', s.service_id,
             'team', i.team, 'state', i.state, 'version', i.version,
             'source', i.source, 'externalID', i.external_id) || more)
    FROM todo_item i
    JOIN service s ON s.id = i.service
    LEFT JOIN campaign c ON c.id = i.campaign
   WHERE i.id = wanted
$$;

CREATE OR REPLACE FUNCTION todo_say(wanted bigint, words text, who jsonb,
  moment timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  made bigint;
BEGIN
  INSERT INTO todo_comment (item, author, text, created_at)
  VALUES (wanted, who->>'subject', words, moment)
  RETURNING id INTO made;
  UPDATE todo_item i SET comments = i.comments + 1 WHERE i.id = wanted;
  PERFORM todo_note('todo.commented', wanted, who, moment,
                    jsonb_build_object('comment', made));
  PERFORM audit_append(who, 'todo.comment', wanted::text, 'done',
                       jsonb_build_object('comment', made));
  RETURN made;
END $$;

-- Rules look at items that are open again, targets also where there is no rule. Who opens
-- an item is not to blame for the rule: one that fails or is slow is quarantined,
-- and the item stays open. After the statement timeout, which does not fire again,
-- no other rule is run in this transaction: facts that wait make the worker look.
CREATE OR REPLACE FUNCTION todo_look_again(items bigint[], who jsonb,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  one record;
  reason text;
BEGIN
  FOR one IN
    SELECT c.id, array_agg(DISTINCT i.service) AS numbers
      FROM todo_item i
      JOIN campaign c ON c.id = i.campaign
     WHERE i.id = ANY (items) AND c.state = 'running'
     GROUP BY c.id
     ORDER BY c.id
  LOOP
    IF current_setting('mdash.rules_late', true) = 'yes' THEN
      INSERT INTO fact_pending (service, key, since)
      SELECT n.service, 'service.target', moment
        FROM unnest(one.numbers) AS n (service);
      CONTINUE;
    END IF;
    BEGIN
      reason := rule_slow(one.id, one.numbers);
      IF reason IS NULL THEN
        PERFORM todo_apply(
          ARRAY(SELECT p FROM todo_plan(one.numbers, ARRAY[one.id], NULL) AS p
                 WHERE p.item = ANY (items)), moment, '{}', who, moment);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      IF NOT rule_is_guilty(SQLSTATE) THEN
        RAISE;
      END IF;
      reason := 'failed: ' || SQLERRM;
    END;
    IF reason IS NOT NULL THEN
      PERFORM rule_quarantine(one.id, reason, who, moment);
    END IF;
    IF reason = rule_endless() THEN
      PERFORM set_config('mdash.rules_late', 'yes', true);
    END IF;
  END LOOP;
END $$;

-- --- a change ----------------------------------------------------------------------

-- Why an item cannot wait for another one; NULL = it can.
CREATE OR REPLACE FUNCTION todo_wait_refused(i todo_item, other bigint)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  first todo_item;
BEGIN
  IF other IS NULL THEN
    RETURN todo_refused(422, '#/waitsFor', 'required',
                        'is required of an item that waits', NULL);
  END IF;
  SELECT x.* INTO first FROM todo_item x WHERE x.id = other;
  IF NOT FOUND THEN
    RETURN todo_refused(422, '#/waitsFor', 'unknown', 'there is no such item', NULL);
  ELSIF first.service = i.service THEN
    RETURN todo_refused(422, '#/waitsFor', 'same-service',
                        'must be an item of another service', NULL);
  ELSIF first.state NOT IN ('open', 'waiting', 'in_review') THEN
    RETURN todo_refused(422, '#/waitsFor', 'settled', format(
      'is %s: there is nothing to wait for', replace(first.state, '_', ' ')), NULL);
  ELSIF EXISTS (
      WITH RECURSIVE chain AS (
        SELECT first.id AS id
         UNION
        SELECT x.waits_for
          FROM chain n
          JOIN todo_item x ON x.id = n.id AND x.state = 'waiting'
      )
      SELECT FROM chain n WHERE n.id = i.id) THEN
    RETURN todo_refused(422, '#/waitsFor', 'circle',
                        'waits for this item, be it by way of others', NULL);
  END IF;
  RETURN NULL;
END $$;

-- A day within a year from now.
CREATE OR REPLACE FUNCTION todo_day_refused(pointer text, day date, today date)
RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN day < today
      THEN todo_refused(422, pointer, 'range', 'must not be over', NULL)
    WHEN day > today + 366
      THEN todo_refused(422, pointer, 'range', 'must be at most 366 days ahead', NULL)
    END
$$;

-- Takes over what a change says of the state it leads to, which `n` has: reason,
-- until, waitsFor. What is of another state ends with it.
CREATE OR REPLACE FUNCTION todo_state_members(i todo_item, INOUT n todo_item,
  change jsonb, who jsonb, today date, OUT refused jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  same boolean := n.state = i.state;
BEGIN
  n.reason := CASE WHEN change ? 'reason' THEN change->>'reason'
                   WHEN same THEN i.reason END;
  n.until := CASE WHEN change ? 'until' THEN (change->>'until')::date
                  WHEN same THEN i.until END;
  n.waits_for := CASE WHEN change ? 'waitsFor' THEN (change->>'waitsFor')::bigint
                      WHEN same THEN i.waits_for END;
  refused := CASE
    WHEN n.state IN ('not_applicable', 'exempt') AND n.reason IS NULL
      THEN todo_refused(422, '#/reason', 'required',
             'is required of an item that is ' || replace(n.state, '_', ' '), NULL)
    WHEN n.state NOT IN ('not_applicable', 'exempt') AND change->>'reason' IS NOT NULL
      THEN todo_refused(422, '#/reason', 'state',
             'is of items that are not applicable or exempt', NULL)
    WHEN n.state = 'exempt' AND n.until IS NULL
      THEN todo_refused(422, '#/until', 'required',
             'is required of an item that is exempt', NULL)
    WHEN n.state <> 'exempt' AND change->>'until' IS NOT NULL
      THEN todo_refused(422, '#/until', 'state', 'is of items that are exempt', NULL)
    WHEN n.until IS DISTINCT FROM i.until
         AND todo_day_refused('#/until', n.until, today) IS NOT NULL
      THEN todo_day_refused('#/until', n.until, today)
    WHEN n.state <> 'waiting' AND change->>'waitsFor' IS NOT NULL
      THEN todo_refused(422, '#/waitsFor', 'state', 'is of items that wait', NULL)
    WHEN n.state = 'waiting' AND (NOT same OR change ? 'waitsFor')
      THEN todo_wait_refused(i, n.waits_for) END;
  n.approver := CASE WHEN n.state <> 'exempt' THEN NULL
    WHEN same AND (n.reason, n.until) = (i.reason, i.until) THEN i.approver
    ELSE who->>'subject' END;
END $$;

-- Takes over the other members.
CREATE OR REPLACE FUNCTION todo_members(i todo_item, c campaign,
  INOUT n todo_item, change jsonb, who jsonb, today date, OUT refused jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  to_do boolean := n.state IN ('open', 'waiting', 'in_review');
BEGIN
  IF change ? 'assignee' THEN n.assignee := change->>'assignee'; END IF;
  IF change ? 'evidence' THEN n.evidence := change->>'evidence'; END IF;
  IF change ? 'externalUrl' THEN n.external_url := change->>'externalUrl'; END IF;
  IF change ? 'due' THEN n.due := (change->>'due')::date; END IF;
  IF change ? 'title' THEN n.title := change->>'title'; END IF;
  n.snoozed_until := CASE WHEN NOT to_do THEN NULL
    WHEN change ? 'snoozedUntil' THEN (change->>'snoozedUntil')::date
    ELSE i.snoozed_until END;
  refused := CASE
    WHEN c.id IS NOT NULL AND change ? 'title'
      THEN todo_refused(422, '#/title', 'campaign', 'is that of the campaign', NULL)
    WHEN c.id IS NOT NULL AND n.due IS DISTINCT FROM i.due
         AND todo_denied(c.team, who) IS NOT NULL
      THEN todo_refused(403, NULL, NULL,
             'until when an item is due is said by those who ask for it',
             todo_denied(c.team, who))
    WHEN NOT to_do AND change->>'snoozedUntil' IS NOT NULL
      THEN todo_refused(422, '#/snoozedUntil', 'state',
             'is of items that are open, waiting or in review', NULL)
    WHEN n.snoozed_until IS DISTINCT FROM i.snoozed_until
      THEN todo_day_refused('#/snoozedUntil', n.snoozed_until, today + 1) END;
END $$;

-- Names of the members that differ.
CREATE OR REPLACE FUNCTION todo_changed(i todo_item, n todo_item) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(m.name ORDER BY m.name), '{}')
    FROM (VALUES ('state', i.state, n.state),
                 ('title', i.title, n.title),
                 ('assignee', i.assignee, n.assignee),
                 ('snoozedUntil', i.snoozed_until::text, n.snoozed_until::text),
                 ('due', i.due::text, n.due::text),
                 ('reason', i.reason, n.reason),
                 ('approver', i.approver, n.approver),
                 ('until', i.until::text, n.until::text),
                 ('evidence', i.evidence, n.evidence),
                 ('waitsFor', i.waits_for::text, n.waits_for::text),
                 ('externalUrl', i.external_url, n.external_url))
         AS m (name, before, after)
   WHERE m.before IS DISTINCT FROM m.after
$$;

-- What becomes of the state beside it: since when, how often, by whom.
CREATE OR REPLACE FUNCTION todo_stepped(i todo_item, n todo_item, c campaign,
  moment timestamptz) RETURNS todo_item
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  n.changed_at := moment;
  n.version := i.version + 1;
  IF n.state = i.state THEN
    RETURN n;
  END IF;
  -- What a rule brought into review it may still take back.
  n.by_rule := i.by_rule AND i.state = 'in_review' AND n.state = 'done'
               AND coalesce(c.rule_version > 0, false);
  IF n.state = 'done' THEN
    n.done_at := moment;
  ELSIF n.state = 'open' AND i.state = 'done' THEN
    n.reopened := i.reopened + 1;
  END IF;
  IF n.state = 'open' AND i.state IN ('done', 'not_applicable', 'exempt', 'cancelled')
     AND coalesce(i.done_at + c.damping, '-infinity') < moment THEN
    n.opened_at := moment;
  END IF;
  RETURN n;
END $$;

CREATE OR REPLACE FUNCTION todo_write(n todo_item) RETURNS void
LANGUAGE sql AS $$
  UPDATE todo_item i
     SET state = n.state, by_rule = n.by_rule, title = n.title,
         assignee = n.assignee, snoozed_until = n.snoozed_until, due = n.due,
         reason = n.reason, approver = n.approver, until = n.until,
         evidence = n.evidence, waits_for = n.waits_for,
         external_url = n.external_url, opened_at = n.opened_at,
         changed_at = n.changed_at, done_at = n.done_at, reopened = n.reopened,
         version = n.version
   WHERE i.id = n.id
$$;

-- Who it was, for the transition: a system outside is nobody in person.
CREATE OR REPLACE FUNCTION todo_actor_kind(who jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN who->>'kind' IN ('session', 'personal') THEN 'person'
              ELSE 'system' END
$$;

-- Transition, events, audit, and what the other items and the rules make of it.
CREATE OR REPLACE FUNCTION todo_after_change(i todo_item, n todo_item,
  change jsonb, who jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  changed text[] := todo_changed(i, n);
BEGIN
  IF n.state <> i.state THEN
    INSERT INTO todo_transition (item, at, state_before, state, actor_kind, actor,
           cause)
    VALUES (n.id, moment, i.state, n.state, todo_actor_kind(who), who->>'subject',
            coalesce(n.reason, change->>'comment', ''));
    PERFORM todo_tell(ARRAY[n.id], who, moment);
  ELSE
    PERFORM todo_note('todo.changed', n.id, who, moment,
                      jsonb_build_object('changed', to_jsonb(changed)));
  END IF;
  PERFORM audit_append(who, 'todo.change', n.id::text, 'changed',
    jsonb_build_object('version', n.version, 'changed', to_jsonb(changed),
      'before', i.state, 'after', n.state, 'reason', n.reason, 'until', n.until));
  PERFORM todo_unblock(ARRAY[n.id], who, moment);
  IF n.state = 'open' AND i.state NOT IN ('open', 'in_review') THEN
    PERFORM todo_look_again(ARRAY[n.id], who, moment);
  END IF;
END $$;

-- Changes an item of which the caller has seen the version `given`; NULL = done,
-- else why not, and then nothing is changed.
CREATE OR REPLACE FUNCTION todo_item_change(wanted bigint, given bigint,
  change jsonb, who jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  today date;
  i todo_item;
  n todo_item;
  c campaign;
  made record;
  refused jsonb;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  today := moment::date;
  SELECT x.* INTO i FROM todo_item x WHERE x.id = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RETURN todo_refused(404, NULL, NULL, format('there is no item %s', wanted), NULL);
  END IF;
  SELECT x.* INTO c FROM campaign x WHERE x.id = i.campaign;
  refused := coalesce(todo_service_denied(i.service, who),
                      todo_any_denied(i, c, who));
  IF refused IS NOT NULL THEN
    RETURN todo_refused(403, NULL, NULL,
                        'an item is changed by the team of its service', refused);
  ELSIF i.version <> given THEN
    RETURN todo_refused(412, NULL, NULL,
                        version_stale(given, 'item ' || wanted, i.version), NULL);
  END IF;
  n := i;
  n.state := coalesce(change->>'state', i.state);
  IF n.state <> i.state OR change ?| ARRAY['reason', 'until', 'waitsFor'] THEN
    refused := todo_step_refused(i, c, who, n.state);
  ELSIF change ?| ARRAY['assignee', 'snoozedUntil', 'evidence', 'externalUrl', 'title'] THEN
    refused := todo_refused(403, NULL, NULL,
      'an item is changed by the team of its service', todo_change_denied(i.team, who));
    refused := CASE WHEN refused->'needs' <> 'null' THEN refused END;
  END IF;
  -- What somebody says is done may have to be looked at.
  IF n.state = 'done' AND i.state NOT IN ('done', 'in_review')
     AND c.review_team IS NOT NULL AND todo_denied(c.review_team, who) IS NOT NULL THEN
    n.state := 'in_review';
  END IF;
  IF refused IS NULL THEN
    SELECT m.* INTO made FROM todo_state_members(i, n, change, who, today) AS m;
    refused := made.refused;
  END IF;
  IF refused IS NULL THEN
    SELECT m.* INTO made FROM todo_members(i, c, made.n, change, who, today) AS m;
    refused := made.refused;
    n := made.n;
  END IF;
  IF refused IS NOT NULL THEN
    RETURN refused;
  END IF;
  IF n IS DISTINCT FROM i THEN
    n := todo_stepped(i, n, c, moment);
    PERFORM todo_write(n);
    PERFORM todo_after_change(i, n, change, who, moment);
  END IF;
  IF change ? 'comment' THEN
    PERFORM todo_say(i.id, change->>'comment', who, moment);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION todo_item_change(bigint, bigint, jsonb, jsonb) IS 'NULL, or why it is refused';
