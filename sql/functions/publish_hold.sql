-- SPDX-License-Identifier: Apache-2.0
-- Deletions that wait for an admin: carrying them out, or dropping them.

CREATE OR REPLACE FUNCTION hold_json(h publish_hold) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'publisher', h.publisher,
    'heldAt', rfc3339(h.held_at),
    'principal', principal_shown(h.principal),
    'commit', h.commit,
    'runUrl', h.run_url,
    'of', h.of_count,
    'missing', to_json(h.missing))
$$;
COMMENT ON FUNCTION hold_json(publish_hold) IS 'HeldPublish';

CREATE OR REPLACE FUNCTION hold_end(publisher text, event_type text, who jsonb,
  OUT hold publish_hold, OUT moment timestamptz)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  DELETE FROM publish_hold h WHERE h.publisher = hold_end.publisher
  RETURNING h.* INTO hold;
  IF hold.publisher IS NOT NULL THEN
    PERFORM event_append(event_type, 'publisher', hold.publisher, NULL,
      who->>'subject', moment, jsonb_build_object('missing', hold.missing,
        'commit', hold.commit, 'runUrl', hold.run_url,
        'publisher', hold.publisher));
    PERFORM audit_append(who, event_type, hold.publisher, 'done',
                         jsonb_build_object('missing', hold.missing));
  END IF;
END $$;

-- Services that have another publisher since they were held stay; those that
-- were published are no longer among the missing.
CREATE OR REPLACE FUNCTION hold_approve(publisher text, principal text)
RETURNS TABLE (status integer, detail text, extra text, body text, commit text,
               run_url text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  ended record;
  hold publish_hold;
  gone service[];
  o jsonb;
BEGIN
  SELECT * INTO ended FROM hold_end(publisher, 'publish.approved', who);
  hold := ended.hold;
  IF hold.publisher IS NULL THEN
    RETURN QUERY SELECT 404, format('nothing of the publisher %s is held',
      hold_approve.publisher), NULL::text, NULL::text, NULL::text, NULL::text;
    RETURN;
  END IF;
  PERFORM publish_lock(hold.missing, NULL);
  gone := ARRAY(
    SELECT s
      FROM service s
     WHERE s.service_id = ANY (hold.missing)
       AND s.publisher = hold.publisher
       AND s.tombstoned_at IS NULL
     ORDER BY s.service_id);
  o := jsonb_build_object('set', true, 'publisher', hold.publisher,
    'sequence', hold.sequence, 'commit', hold.commit,
    'commitTime', hold.commit_time, 'runUrl', hold.run_url);
  PERFORM tombstone(ARRAY(SELECT g.id FROM unnest(gone) AS g), o, ended.moment);
  PERFORM publish_follow('{}', gone, '{}', o, who, ended.moment);
  RETURN QUERY SELECT 200, NULL::text, NULL::text,
    publish_result('{}', gone, '{}', o, '[]'), hold.commit, hold.run_url;
END $$;

CREATE OR REPLACE FUNCTION hold_reject(publisher text, principal text)
RETURNS TABLE (status integer, detail text, extra text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  ended record;
BEGIN
  SELECT * INTO ended
    FROM hold_end(publisher, 'publish.rejected', principal::jsonb);
  RETURN QUERY SELECT
    CASE WHEN (ended.hold).publisher IS NULL THEN 404 ELSE 204 END,
    format('nothing of the publisher %s is held', hold_reject.publisher),
    NULL::text, NULL::text;
END $$;
