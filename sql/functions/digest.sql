-- SPDX-License-Identifier: Apache-2.0
-- The digest of a team: what there is to do, what has come and what is done, as
-- one message a day and not one for each item.

-- A text as Slack's mrkdwn shows it, not longer than a line.
CREATE OR REPLACE FUNCTION slack_text(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(
           CASE WHEN length(given) > 120 THEN left(given, 119) || '…' ELSE given END,
           '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;

-- A list of items with its heading: a block of a message, the first ten of them
-- and no more than Slack takes, which are 3,000 characters.
CREATE OR REPLACE FUNCTION digest_block(heading text, items jsonb, origin text)
RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  WITH line AS (
    SELECT i.place, format(e'\n• %s: <%s/services/%s/todos|%s>%s',
             slack_text(i.value->>'title'), origin, i.value->>'service',
             i.value->>'service', ', due ' || (i.value->>'due')) AS line
      FROM jsonb_array_elements(items) WITH ORDINALITY AS i (value, place)
     WHERE i.place <= 10
  ), shown AS (
    SELECT l.line, l.place
      FROM (SELECT n.*, sum(length(n.line)) OVER (ORDER BY n.place) AS size
              FROM line n) AS l
     WHERE l.size <= 2900
  )
  SELECT jsonb_build_object('type', 'section', 'text', jsonb_build_object(
           'type', 'mrkdwn',
           'text', format('*%s*', heading)
             || coalesce(string_agg(s.line, '' ORDER BY s.place), '')
             || CASE WHEN count(*) < jsonb_array_length(items)
                  THEN format(e'\nand %s more', jsonb_array_length(items) - count(*))
                  ELSE '' END))
    FROM shown s
  HAVING jsonb_array_length(items) > 0
$$;

-- What a team is told: {text, blocks} as Slack takes it, and the four figures.
-- NULL when nothing is late and nothing has happened, however much is open.
-- Snoozed items are not told of. Days are those of UTC, and the message says so.
CREATE OR REPLACE FUNCTION team_digest(wanted text, since timestamptz,
  till timestamptz, origin text) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  day date := (till AT TIME ZONE 'UTC')::date;
  overdue jsonb;
  opened jsonb;
  closed jsonb;
  open_ones bigint;
  figures text;
BEGIN
  WITH item AS (
    SELECT i.id, i.state IN ('open', 'waiting', 'in_review')
             AND coalesce(i.snoozed_until <= day, true) AS open,
           i.state = 'done' AS done, coalesce(i.due, c.due) AS due,
           jsonb_build_object('title', coalesce(i.title, c.title),
             'service', s.service_id, 'due', coalesce(i.due, c.due)) AS shown,
           n.state AS became, n.state_before AS was
      FROM service s
      JOIN todo_item i ON i.service = s.id
      LEFT JOIN campaign c ON c.id = i.campaign
      LEFT JOIN LATERAL (
           SELECT t.state, t.state_before FROM todo_transition t
            WHERE t.item = i.id AND t.at > since AND t.at <= till
              AND t.state IN ('open', 'done')
            ORDER BY t.id DESC
            LIMIT 1) AS n ON true
     WHERE s.team = wanted AND s.tombstoned_at IS NULL
  )
  SELECT count(*) FILTER (WHERE i.open),
         coalesce(jsonb_agg(i.shown ORDER BY i.due, i.id)
           FILTER (WHERE i.open AND i.due < day), '[]'),
         coalesce(jsonb_agg(i.shown ORDER BY i.due, i.id)
           FILTER (WHERE i.open AND i.became = 'open'
                     AND coalesce(i.was, 'none') NOT IN ('waiting', 'in_review')), '[]'),
         coalesce(jsonb_agg(i.shown ORDER BY i.id)
           FILTER (WHERE i.done AND i.became = 'done'), '[]')
    INTO open_ones, overdue, opened, closed
    FROM item i;
  IF overdue = '[]' AND opened = '[]' AND closed = '[]' THEN
    RETURN NULL;
  END IF;
  figures := format('%s open, %s overdue, %s new, %s done', open_ones,
    jsonb_array_length(overdue), jsonb_array_length(opened),
    jsonb_array_length(closed));
  RETURN jsonb_build_object(
    'text', format('To do for %s: %s', slack_text(wanted), figures),
    'blocks', (
      SELECT jsonb_agg(b.block ORDER BY b.place)
        FROM (VALUES
          (1, jsonb_build_object('type', 'section', 'text', jsonb_build_object(
                'type', 'mrkdwn', 'text', format('*%s*: %s', slack_text(wanted),
                  figures)))),
          (2, digest_block('Overdue', overdue, origin)),
          (3, digest_block('New', opened, origin)),
          (4, digest_block('Done', closed, origin)),
          (5, jsonb_build_object('type', 'context', 'elements', jsonb_build_array(
                jsonb_build_object('type', 'mrkdwn', 'text', format('%s to %s UTC',
                  to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
                  to_char(till AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')))))))
          AS b (place, block)
       WHERE b.block IS NOT NULL),
    'open', open_ones, 'overdue', jsonb_array_length(overdue),
    'opened', jsonb_array_length(opened), 'closed', jsonb_array_length(closed),
    'since', rfc3339(since), 'until', rfc3339(till));
END $$;
COMMENT ON FUNCTION team_digest(text, timestamptz, timestamptz, text) IS 'Data of the event team.digest';

-- One part for each team that there may be something to tell, since the last
-- digest and at most for a week. The payload may say how long all of it takes at
-- most.
CREATE OR REPLACE FUNCTION job_digest(id bigint, fence bigint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz;
  since timestamptz;
BEGIN
  -- Writers take their time, in milliseconds, when they have the lock: what happened
  -- until the one before this is there for the parts to see, and what comes is of
  -- the next digest.
  PERFORM write_lock();
  until := date_trunc('milliseconds', clock_timestamp()) - interval '1 ms';
  since := greatest(until - interval '7 days', coalesce(
    (SELECT coalesce((SELECT (p.payload->>'until')::timestamptz FROM job p
                       WHERE p.parent = j.id LIMIT 1), j.created_at)
       FROM job j
      WHERE j.parent IS NULL AND j.id < job_digest.id AND j.kind = 'digest'
        AND j.state IN ('waiting', 'done')
      ORDER BY j.id DESC LIMIT 1), until - interval '1 day'));
  RETURN job_fan_out(id, fence, 'digest-team', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('team', t.team, 'target', t.team,
             'since', since, 'until', until) ORDER BY t.team), '[]')
      FROM (SELECT DISTINCT s.team
              FROM todo_item i
              JOIN service s ON s.id = i.service
             WHERE s.team IS NOT NULL AND s.tombstoned_at IS NULL
               AND (i.state IN ('open', 'waiting', 'in_review')
                    OR i.changed_at > since)) AS t),
    (SELECT coalesce(j.payload->>'longestSeconds', '600')::integer
              * interval '1 second' FROM job j WHERE j.id = job_digest.id));
END $$;

-- Tells one team, by an event: whoever is subscribed gets it as any other. The
-- job ends in the same statement, so that nobody is told twice. Was there anything
-- to tell?
CREATE OR REPLACE FUNCTION job_digest_team(id bigint, fence bigint, origin text)
RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  p jsonb := (SELECT j.payload FROM job j WHERE j.id = job_digest_team.id);
  digest jsonb := team_digest(p->>'team', (p->>'since')::timestamptz,
                              (p->>'until')::timestamptz, origin);
  told boolean := digest IS NOT NULL;
BEGIN
  PERFORM write_lock();
  IF NOT job_mine(id, fence) THEN
    RETURN NULL;
  END IF;
  IF told THEN
    PERFORM event_append('team.digest', 'team', p->>'team', p->>'team', NULL,
                         date_trunc('milliseconds', clock_timestamp()), digest);
  END IF;
  PERFORM job_end(jsonb_build_array(jsonb_build_object('id', id,
            'fence', fence, 'outcome', 'done',
            'result', jsonb_build_object('told', told))));
  RETURN told;
END $$;
