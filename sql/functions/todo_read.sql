-- SPDX-License-Identifier: Apache-2.0
-- Items as answers show them.

CREATE OR REPLACE FUNCTION todo_render(i todo_item, service text, gone boolean,
  campaign text, title text, phase text) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', i.id,
    'campaign', campaign,
    'title', coalesce(i.title, title),
    'serviceID', service,
    'serviceGone', gone,
    'team', i.team,
    'state', i.state,
    'byRule', i.by_rule,
    'assignee', i.assignee,
    'snoozedUntil', i.snoozed_until,
    'due', nullif(i.due_key, 'infinity'),
    'overdue', i.due_key < current_date
               AND i.state IN ('open', 'waiting', 'in_review'),
    'level', nullif(i.level_key, 9),
    'phase', phase,
    'reason', i.reason,
    'approver', principal_shown(i.approver),
    'until', i.until,
    'evidence', i.evidence,
    'waitsFor', CASE i.state WHEN 'waiting' THEN i.waits_for END,
    'source', i.source,
    'externalID', i.external_id,
    'externalUrl', i.external_url,
    'openedAt', rfc3339(i.opened_at),
    'changedAt', rfc3339(i.changed_at),
    'doneAt', rfc3339(i.done_at),
    'reopened', i.reopened,
    'comments', i.comments,
    'version', i.version)
$$;
COMMENT ON FUNCTION todo_render(todo_item, text, boolean, text, text, text) IS 'Todo';

CREATE OR REPLACE FUNCTION todo_json(wanted bigint) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT todo_render(i, s.service_id, s.tombstoned_at IS NOT NULL, c.name, c.title,
                     c.phase)
    FROM todo_item i
    JOIN service s ON s.id = i.service
    LEFT JOIN campaign c ON c.id = i.campaign
   WHERE i.id = wanted
$$;
COMMENT ON FUNCTION todo_json(bigint) IS 'Todo';

CREATE OR REPLACE FUNCTION todo_comment_json(m todo_comment) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', m.id,
    'author', principal_shown(m.author),
    'text', m.text,
    'createdAt', rfc3339(m.created_at))
$$;
COMMENT ON FUNCTION todo_comment_json(todo_comment) IS 'TodoComment';

-- --- lists -------------------------------------------------------------------------

-- What the filters of a list mean, as one condition on todo_item i, whose values
-- are those of $1: a plan that is made for what is asked reads only that. `o` has
-- campaign service team assignee source externalID (texts), due (a word), snoozed
-- (true).
CREATE OR REPLACE FUNCTION todo_condition(o jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT concat_ws(' AND ', 'true',
    CASE WHEN o ? 'campaign' THEN
      'i.campaign = (SELECT c.id FROM campaign c WHERE c.name = $1->>''campaign'')' END,
    CASE WHEN o ? 'service' THEN
      'i.service = (SELECT s.id FROM service s WHERE s.service_id = $1->>''service'')' END,
    CASE WHEN o->>'team' = '-' THEN 'i.team IS NULL'
         WHEN o ? 'team' THEN 'i.team = $1->>''team''' END,
    CASE WHEN o ? 'assignee' THEN 'i.assignee = $1->>''assignee''' END,
    CASE WHEN o ? 'source' THEN 'i.source = $1->>''source''' END,
    CASE WHEN o ? 'externalID' THEN 'i.external_id = $1->>''externalID''' END,
    CASE o->>'due'
      WHEN 'overdue' THEN 'i.due_key < current_date'
      WHEN 'week' THEN 'i.due_key >= current_date AND i.due_key < current_date + 7'
      WHEN 'later' THEN 'i.due_key >= current_date + 7' END,
    CASE WHEN NOT o ?| ARRAY['snoozed', 'externalID', 'since'] THEN
      '(i.snoozed_until IS NULL OR i.snoozed_until <= current_date)' END)
$$;

-- Where items are looked for: what is mine lies in two indexes, so it is two scans,
-- and none of what is others'.
CREATE OR REPLACE FUNCTION todo_source(o jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN NOT o ? 'mine' THEN 'todo_item' ELSE
    '(SELECT x.* FROM todo_item x'
    '  WHERE x.team = ANY (ARRAY(SELECT jsonb_array_elements_text($1#>''{mine,teams}'')))'
    '  UNION ALL'
    ' SELECT x.* FROM todo_item x'
    '  WHERE x.assignee = $1#>>''{mine,subject}'''
    '    AND NOT coalesce($1#>''{mine,teams}'' ? x.team, false))' END
$$;

CREATE OR REPLACE FUNCTION todo_states(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE word
    WHEN 'todo' THEN ARRAY['open', 'waiting', 'in_review']
    WHEN 'all' THEN ARRAY['open', 'waiting', 'in_review', 'done', 'not_applicable',
                          'exempt', 'cancelled']
    ELSE ARRAY[word] END
$$;

-- A page of items. Each state by itself, in the order of an index, then together.
CREATE OR REPLACE FUNCTION todo_list(o jsonb, after_due date, after_level smallint,
  after_id bigint, how_many integer)
RETURNS TABLE (document text, due_key date, level_key smallint, id bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY EXECUTE format($q$
    WITH page AS MATERIALIZED (
      SELECT p.*
        FROM unnest(todo_states($1->>'state')) AS t (state)
       CROSS JOIN LATERAL (
          SELECT i.*
            FROM %s AS i
           WHERE i.state = t.state AND %s
             AND (i.due_key, i.level_key, i.id) > ($2, $3, $4)
           ORDER BY i.due_key, i.level_key, i.id
           LIMIT $5) AS p
       ORDER BY p.due_key, p.level_key, p.id
       LIMIT $5
    )
    SELECT todo_render(p, s.service_id, s.tombstoned_at IS NOT NULL, c.name, c.title,
                       c.phase)::text, p.due_key, p.level_key, p.id
      FROM page p
      JOIN service s ON s.id = p.service
      LEFT JOIN campaign c ON c.id = p.campaign
     ORDER BY p.due_key, p.level_key, p.id $q$, todo_source(o), todo_condition(o))
    USING o, after_due, after_level, after_id, how_many;
END $$;
COMMENT ON FUNCTION todo_list(jsonb, date, smallint, bigint, integer) IS 'Items that filters choose, by due date, level and id';

-- How many there are, over all pages: the groups of TodoList.
CREATE OR REPLACE FUNCTION todo_groups(o jsonb) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
  made json;
BEGIN
  EXECUTE format($q$
    SELECT json_build_object(
             'overdue', count(*) FILTER (WHERE i.due_key < current_date
                                               AND i.state <> 'done'),
             'week', count(*) FILTER (WHERE i.due_key >= current_date
                                            AND i.due_key < current_date + 7
                                            AND i.state <> 'done'),
             'later', count(*) FILTER (WHERE i.due_key >= current_date + 7
                                             AND i.state <> 'done'),
             'done', count(*) FILTER (WHERE i.state = 'done'))
      FROM %s AS i
     WHERE (i.state IN ('open', 'waiting', 'in_review')
            OR i.state = 'done' AND i.done_at > now() - interval '28 days')
       AND %s $q$, todo_source(o), todo_condition(o - 'due'))
    INTO made USING o;
  RETURN made;
END $$;

-- Items that changed after a cursor, in the order of the transactions that did it
-- and without those of transactions that may still be running (event_after()).
-- `seen` rows at most are looked at, whatever the filters leave of them: there is
-- always a row, whose `next` is where to go on, and `more` tells whether at once.
CREATE OR REPLACE FUNCTION todo_after(o jsonb, after_xid xid8, after_id bigint,
  how_many integer, seen integer)
RETURNS TABLE (document text, next text, more boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY EXECUTE format($q$
    WITH looked AS MATERIALIZED (
      SELECT x.*
        FROM todo_item x
       WHERE (x.xid, x.id) > ($2, $3)
         AND x.xid < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY x.xid, x.id
       LIMIT $5
    ), page AS MATERIALIZED (
      SELECT i.*
        FROM looked i
       WHERE i.state = ANY (todo_states($1->>'state')) AND %s
         AND (NOT $1 ? 'mine' OR i.assignee = $1#>>'{mine,subject}'
              OR coalesce($1#>'{mine,teams}' ? i.team, false))
       ORDER BY i.xid, i.id
       LIMIT $4
    ), last AS (
      (SELECT p.xid, p.id FROM page p
        WHERE (SELECT count(*) FROM page) = $4
        ORDER BY p.xid DESC, p.id DESC LIMIT 1)
       UNION ALL
      (SELECT l.xid, l.id FROM looked l ORDER BY l.xid DESC, l.id DESC LIMIT 1)
       UNION ALL
      SELECT $2, $3
       LIMIT 1
    )
    SELECT CASE WHEN p.id IS NOT NULL
                THEN todo_render(p, s.service_id, s.tombstoned_at IS NOT NULL, c.name,
                                 c.title, c.phase)::text END,
           l.xid || '.' || l.id,
           (SELECT count(*) FROM page) = $4 OR (SELECT count(*) FROM looked) = $5
      FROM last l
      LEFT JOIN page p ON true
      LEFT JOIN service s ON s.id = p.service
      LEFT JOIN campaign c ON c.id = p.campaign
     ORDER BY p.xid, p.id $q$, todo_condition(o))
    USING o, after_xid, after_id, how_many, seen;
END $$;
COMMENT ON FUNCTION todo_after(jsonb, xid8, bigint, integer, integer) IS 'Items that changed after a cursor, none missing';

-- --- one item ----------------------------------------------------------------------

-- The facts that a rule reads, also those that are not known; of a family or of
-- everything those that there are.
CREATE OR REPLACE FUNCTION todo_facts_json(wanted bigint, keys text[]) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_agg(json_build_object(
           'key', k.key, 'known', k.id IS NOT NULL, 'value', k.value,
           'source', principal_shown(k.source), 'commit', k.commit,
           'since', rfc3339(k.valid_from), 'expiresAt', rfc3339(k.expires_at))
           ORDER BY k.key), '[]')
    FROM (SELECT coalesce(f.key, r.key) AS key, f.id, f.value, f.source, f.commit,
                 f.valid_from, f.expires_at
            FROM unnest(keys) AS r (key)
            LEFT JOIN fact f
              ON f.service = wanted AND f.valid_to IS NULL
             AND CASE WHEN r.key = '*' THEN true
                      WHEN r.key LIKE '%.*'
                        THEN starts_with(f.key, split_part(r.key, '.', 1) || '.')
                      ELSE f.key = r.key COLLATE "C" END
           WHERE f.id IS NOT NULL OR r.key NOT LIKE '%*'
           LIMIT 1000) AS k
$$;
COMMENT ON FUNCTION todo_facts_json(bigint, text[]) IS 'Array of Fact';

CREATE OR REPLACE FUNCTION todo_transition_json(t todo_transition) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'at', rfc3339(t.at),
    'stateBefore', t.state_before,
    'state', t.state,
    'actorKind', t.actor_kind,
    'actor', principal_shown(t.actor),
    'cause', t.cause,
    'ruleVersion', t.rule_version,
    'factsBefore', t.facts_before,
    'facts', t.facts,
    'publish', t.publish)
$$;
COMMENT ON FUNCTION todo_transition_json(todo_transition) IS 'TodoTransition';

-- At most `most` transitions and comments. No row: there is no such item.
CREATE OR REPLACE FUNCTION todo_page(wanted bigint, who jsonb, most integer)
RETURNS TABLE (version integer, document text)
LANGUAGE sql STABLE AS $$
  SELECT i.version, json_build_object(
    'todo', todo_render(i, s.service_id, s.tombstoned_at IS NOT NULL, c.name, c.title,
                        c.phase),
    'why', coalesce(c.why, ''),
    'how', coalesce(c.how, ''),
    'rule', CASE WHEN r.campaign IS NOT NULL THEN json_build_object(
      'version', r.version, 'predicate', r.predicate, 'keys', to_json(r.keys),
      'createdBy', principal_shown(r.created_by),
      'createdAt', rfc3339(r.created_at),
      'quarantine', CASE WHEN r.quarantine IS NOT NULL THEN json_build_object(
        'reason', r.quarantine, 'since', rfc3339(r.quarantined_at)) END) END,
    'facts', todo_facts_json(i.service, r.keys),
    'transitions', (SELECT coalesce(json_agg(todo_transition_json(t)
                                             ORDER BY t.id DESC), '[]')
                      FROM (SELECT x.* FROM todo_transition x
                             WHERE x.item = i.id
                             ORDER BY x.id DESC LIMIT most) AS t),
    'transitionsLeftOut', (SELECT greatest(count(*) - most, 0)
                             FROM todo_transition x WHERE x.item = i.id),
    'comments', (SELECT coalesce(json_agg(todo_comment_json(m) ORDER BY m.id), '[]')
                   FROM (SELECT x.* FROM todo_comment x
                          WHERE x.item = i.id
                          ORDER BY x.id DESC LIMIT most) AS m),
    'may', to_json(CASE WHEN todo_service_denied(i.service, who) IS NULL
                        THEN todo_may(i, c, who) ELSE '{}' END),
    'reviewTeam', c.review_team,
    'campaignTeam', c.team)::text
    FROM todo_item i
    JOIN service s ON s.id = i.service
    LEFT JOIN campaign c ON c.id = i.campaign
    LEFT JOIN campaign_rule r ON r.campaign = c.id AND r.version = c.rule_version
   WHERE i.id = wanted
$$;
COMMENT ON FUNCTION todo_page(bigint, jsonb, integer) IS 'TodoPage';
