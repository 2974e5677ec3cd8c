-- SPDX-License-Identifier: Apache-2.0
-- Items that come from outside, many changes at once, and what time brings about.

-- What a request is answered: why not, or the document.
CREATE OR REPLACE FUNCTION todo_answer(refused jsonb, status integer, document json)
RETURNS TABLE (status integer, pointer text, code text, detail text, needs text,
               body text)
LANGUAGE sql STABLE AS $$
  SELECT coalesce((refused->>'status')::integer, todo_answer.status),
         refused->>'pointer', refused->>'code', refused->>'detail',
         refused->>'needs', CASE WHEN refused IS NULL THEN document::text END
$$;

CREATE OR REPLACE FUNCTION todo_patch(wanted bigint, given bigint, change jsonb,
  who jsonb)
RETURNS TABLE (status integer, pointer text, code text, detail text, needs text,
               body text)
LANGUAGE plpgsql AS $$
DECLARE
  refused jsonb := todo_item_change(wanted, given, change, who);
BEGIN
  RETURN QUERY SELECT * FROM todo_answer(refused, 200,
    CASE WHEN refused IS NULL THEN todo_json(wanted) END);
END $$;
COMMENT ON FUNCTION todo_patch(bigint, bigint, jsonb, jsonb) IS 'Changes an item, or says why not; body: Todo';

-- Each change by itself: one that fails leaves nothing and the others alone.
CREATE OR REPLACE FUNCTION todo_bulk(changes jsonb, who jsonb)
RETURNS TABLE (item bigint, status integer, pointer text, code text, detail text,
               needs text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  o jsonb;
BEGIN
  FOR o IN SELECT c.value FROM jsonb_array_elements(changes) AS c LOOP
    item := (o->>'id')::bigint;
    BEGIN
      SELECT p.* INTO status, pointer, code, detail, needs, body
        FROM todo_patch(item, (o->>'version')::bigint, o->'change', who) AS p;
    EXCEPTION WHEN OTHERS THEN
      RAISE LOG 'item %: % (%)', item, SQLERRM, SQLSTATE;
      status := 500;
      detail := 'the item could not be changed';
      pointer := NULL;
      code := NULL;
      needs := NULL;
      body := NULL;
    END;
    RETURN NEXT;
  END LOOP;
END $$;
COMMENT ON FUNCTION todo_bulk(jsonb, jsonb) IS 'Changes items of [{id, version, change}], in this order';

-- An item of a system outside. The second time it is there already.
CREATE OR REPLACE FUNCTION todo_create(o jsonb, who jsonb)
RETURNS TABLE (status integer, pointer text, code text, detail text, needs text,
               body text)
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  s record;
  made bigint;
  denied jsonb;
  refused jsonb;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  SELECT i.id INTO made
    FROM todo_item i
   WHERE i.source = o->>'source' AND i.external_id = o->>'externalID';
  IF FOUND THEN
    RETURN QUERY SELECT * FROM todo_answer(NULL, 200, todo_json(made));
    RETURN;
  END IF;
  SELECT x.id, x.team INTO s
    FROM service x
   WHERE x.service_id = o->>'serviceID' AND x.tombstoned_at IS NULL;
  IF NOT FOUND THEN
    refused := todo_refused(422, '#/serviceID', 'unknown',
                            'there is no such service', NULL);
  ELSE
    denied := coalesce(todo_service_denied(s.id, who),
                       todo_change_denied(s.team, who));
    refused := CASE WHEN denied IS NOT NULL THEN todo_refused(403, NULL, NULL,
      'an item is made by the team of its service', denied) END;
  END IF;
  IF refused IS NOT NULL THEN
    RETURN QUERY SELECT * FROM todo_answer(refused, NULL, NULL);
    RETURN;
  END IF;
  INSERT INTO todo_item (service, title, source, external_id, external_url, state,
         assignee, due, evidence, opened_at, changed_at)
  VALUES (s.id, o->>'title', o->>'source', o->>'externalID', o->>'externalUrl',
          'open', o->>'assignee', (o->>'due')::date, o->>'evidence', moment, moment)
  RETURNING id INTO made;
  INSERT INTO todo_transition (item, at, state, actor_kind, actor, cause)
  VALUES (made, moment, 'open', todo_actor_kind(who), who->>'subject', 'created');
  PERFORM todo_tell(ARRAY[made], who, moment);
  PERFORM audit_append(who, 'todo.create', made::text, 'done',
    jsonb_build_object('serviceID', o->'serviceID', 'source', o->'source',
                       'externalID', o->'externalID'));
  RETURN QUERY SELECT * FROM todo_answer(NULL, 201, todo_json(made));
END $$;
COMMENT ON FUNCTION todo_create(jsonb, jsonb) IS 'Makes an item of a TodoDraft, or finds it; body: Todo';

-- Everybody who may write may speak, but for a credential of another team.
CREATE OR REPLACE FUNCTION todo_comment_add(wanted bigint, words text, who jsonb)
RETURNS TABLE (status integer, pointer text, code text, detail text, needs text,
               body text)
LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  i todo_item;
  denied jsonb;
  refused jsonb;
  made bigint;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  SELECT x.* INTO i FROM todo_item x WHERE x.id = wanted;
  IF NOT FOUND THEN
    refused := todo_refused(404, NULL, NULL, format('there is no item %s', wanted),
                            NULL);
  ELSE
    SELECT coalesce(todo_service_denied(i.service, who),
             CASE todo_actor_kind(who) WHEN 'system'
             THEN todo_any_denied(i, c, who) END) INTO denied
      FROM (SELECT) AS one
      LEFT JOIN campaign c ON c.id = i.campaign;
  END IF;
  IF denied IS NOT NULL THEN
    refused := todo_refused(403, NULL, NULL,
                            'this credential is for other items', denied);
  ELSIF refused IS NULL THEN
    made := todo_say(wanted, words, who, moment);
  END IF;
  RETURN QUERY SELECT * FROM todo_answer(refused, 201,
    (SELECT todo_comment_json(m) FROM todo_comment m WHERE m.id = made));
END $$;
COMMENT ON FUNCTION todo_comment_add(bigint, text, jsonb) IS 'Says something about an item; body: TodoComment';

-- --- time -------------------------------------------------------------------------

-- Nobody in particular: the clock.
CREATE OR REPLACE FUNCTION todo_nobody() RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '{"kind": "system", "admin": true, "teams": [], "services": []}'::jsonb
$$;

-- Exemptions whose last day is over: the items are open again, and rules look at
-- them. Campaigns that have ended are left as they were. How many they are.
CREATE OR REPLACE FUNCTION exemptions_expire(moment timestamptz, at_most integer)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  numbers bigint[];
BEGIN
  PERFORM write_lock();
  numbers := ARRAY(
    SELECT i.id
      FROM todo_item i
      LEFT JOIN campaign c ON c.id = i.campaign
     WHERE i.state = 'exempt' AND i.until < moment::date
       AND (c.id IS NULL OR c.state = 'running')
     ORDER BY i.until, i.id
     LIMIT at_most);
  IF numbers = '{}' THEN
    RETURN 0;
  END IF;
  UPDATE todo_item i
     SET state = 'open', by_rule = false, reason = NULL, approver = NULL,
         until = NULL, opened_at = moment, changed_at = moment,
         version = i.version + 1
   WHERE i.id = ANY (numbers);
  INSERT INTO todo_transition (item, at, state_before, state, actor_kind, cause)
  SELECT n.id, moment, 'exempt', 'open', 'system', 'expired'
    FROM unnest(numbers) AS n (id);
  PERFORM todo_tell(numbers, todo_nobody(), moment);
  PERFORM todo_look_again(numbers, todo_nobody(), moment);
  RETURN cardinality(numbers);
END $$;
COMMENT ON FUNCTION exemptions_expire(timestamptz, integer) IS 'Opens items whose exemption is over; how many';

-- Items that are something to do again. How many they are.
CREATE OR REPLACE FUNCTION snoozes_end(moment timestamptz, at_most integer)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
  ended bigint := 0;
BEGIN
  PERFORM write_lock();
  FOR number IN
    UPDATE todo_item i
       SET snoozed_until = NULL, changed_at = moment, version = i.version + 1
     WHERE i.id IN (SELECT x.id FROM todo_item x
                     WHERE x.snoozed_until <= moment::date
                     ORDER BY x.snoozed_until, x.id
                     LIMIT at_most)
    RETURNING i.id
  LOOP
    PERFORM todo_note('todo.changed', number, todo_nobody(), moment,
                      '{"changed": ["snoozedUntil"]}');
    ended := ended + 1;
  END LOOP;
  RETURN ended;
END $$;
COMMENT ON FUNCTION snoozes_end(timestamptz, integer) IS 'Items whose snooze is over; how many';
