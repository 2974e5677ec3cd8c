-- SPDX-License-Identifier: Apache-2.0
-- Webhooks: subscriptions and their secrets. Whoever takes several locks takes
-- the writers' first, then the webhook, then its deliveries.

-- --- secrets ------------------------------------------------------------------

-- A new current secret, as its holder is told once; the one before goes on for a
-- while, an older one ends. Runs with the owner's rights, as does the signing:
-- a program can have things signed and never read the key.
CREATE OR REPLACE FUNCTION webhook_secret_new(wanted bigint, overlap interval)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  made bytea := gen_random_bytes(32);
BEGIN
  DELETE FROM webhook_secret s
   WHERE s.webhook = wanted AND s.expires_at IS NOT NULL;
  UPDATE webhook_secret s
     SET expires_at = now() + overlap
   WHERE s.webhook = wanted AND s.expires_at IS NULL;
  INSERT INTO webhook_secret (webhook, secret) VALUES (wanted, made);
  RETURN 'whsec_' || encode(made, 'base64');
END $$;
COMMENT ON FUNCTION webhook_secret_new(bigint, interval) IS 'A new secret of a webhook';

-- https://www.standardwebhooks.com: "v1,signature", one for each live secret, the
-- newest first.
CREATE OR REPLACE FUNCTION webhook_signature(wanted bigint, message_id text,
  moment bigint, body text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT string_agg('v1,' || encode(hmac(convert_to(
           message_id || '.' || moment || '.' || body, 'UTF8'), s.secret,
           'sha256'), 'base64'), ' ' ORDER BY s.id DESC)
    FROM webhook_secret s
   WHERE s.webhook = wanted
     AND (s.expires_at IS NULL OR s.expires_at > to_timestamp(moment))
$$;
COMMENT ON FUNCTION webhook_signature(bigint, text, bigint, text) IS 'The header webhook-signature';

-- --- documents ----------------------------------------------------------------

CREATE OR REPLACE FUNCTION webhook_json(w webhook) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', w.id,
    'name', w.name,
    'url', w.url,
    'types', to_json(w.types),
    'teams', to_json(w.teams),
    'campaigns', to_json(w.campaigns),
    'ordered', w.ordered,
    'format', w.format,
    'state', w.state,
    'reason', w.reason,
    'failingSince', rfc3339(w.failing_since),
    'version', w.version,
    'createdBy', principal_shown(w.created_by),
    'createdAt', rfc3339(w.created_at),
    'changedAt', rfc3339(w.changed_at),
    'secretAt', (SELECT rfc3339(s.created_at) FROM webhook_secret s
                  WHERE s.webhook = w.id AND s.expires_at IS NULL),
    'oldSecretUntil', (SELECT rfc3339(max(s.expires_at)) FROM webhook_secret s
                        WHERE s.webhook = w.id AND s.expires_at > now()),
    'waiting', (SELECT count(*)
                  FROM (SELECT FROM webhook_delivery d
                         WHERE d.webhook = w.id AND d.state = 'waiting'
                         LIMIT 10000) AS few),
    'dead', (SELECT count(*)
               FROM (SELECT FROM webhook_delivery d
                      WHERE d.webhook = w.id AND d.state = 'dead'
                      LIMIT 10000) AS few))
$$;
COMMENT ON FUNCTION webhook_json(webhook) IS 'Webhook';

-- What the audit log says of it: a path may be a secret of the receiver.
CREATE OR REPLACE FUNCTION webhook_audited(w webhook) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('name', w.name,
    'origin', substring(w.url FROM '^[a-z]+://[^/?#]+'), 'types', w.types,
    'teams', w.teams, 'campaigns', w.campaigns, 'ordered', w.ordered,
    'format', w.format, 'state', w.state)
$$;

CREATE OR REPLACE FUNCTION webhook_texts(list jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(list))
$$;

-- --- changes ------------------------------------------------------------------

-- {webhook, secret}; NULL: there are `most` of them. A name is given once.
CREATE OR REPLACE FUNCTION webhook_create(draft jsonb, most integer, who jsonb)
RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
  made webhook;
  told text;
BEGIN
  PERFORM write_lock();
  IF (SELECT count(*) FROM webhook) >= most THEN
    RETURN NULL;
  END IF;
  INSERT INTO webhook (name, url, types, teams, campaigns, ordered, format,
                       state, created_by)
  VALUES (draft->>'name', draft->>'url', webhook_texts(draft->'types'),
          webhook_texts(draft->'teams'), webhook_texts(draft->'campaigns'),
          (draft->>'ordered')::boolean, draft->>'format', draft->>'state',
          who->>'subject')
  RETURNING * INTO made;
  told := webhook_secret_new(made.id, '0');
  PERFORM audit_append(who, 'webhook.create', made.id::text, 'done',
                       webhook_audited(made));
  RETURN json_build_object('webhook', webhook_json(made), 'secret', told);
END $$;

-- What waits for a webhook that is gone is given up; a test is not.
CREATE OR REPLACE FUNCTION webhook_give_up(wanted bigint, why text) RETURNS void
LANGUAGE sql AS $$
  UPDATE webhook_delivery d
     SET state = 'dead', error = why, ended_at = now()
   WHERE d.webhook = wanted AND d.state = 'waiting' AND d.type <> 'webhook.test'
$$;

-- A webhook for a change. `stale`: it has another version than `given`, which its
-- author has seen; NULL = any will do.
CREATE OR REPLACE FUNCTION webhook_for(wanted bigint, given bigint, OUT w webhook,
  OUT stale boolean)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_lock();
  SELECT x.* INTO w FROM webhook x WHERE x.id = wanted FOR NO KEY UPDATE;
  stale := given IS NOT NULL AND given <> w.version;
END $$;

-- Functions that change one answer no row where there is no such webhook, and no
-- document where it is stale.

-- Members of `draft` that are there.
CREATE OR REPLACE FUNCTION webhook_change(wanted bigint, given bigint, draft jsonb,
  who jsonb) RETURNS TABLE (version bigint, document json)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked record;
  old webhook;
  new webhook;
BEGIN
  SELECT * INTO asked FROM webhook_for(wanted, given);
  old := asked.w;
  IF old.id IS NULL OR asked.stale THEN
    RETURN QUERY SELECT old.version, NULL::json WHERE old.id IS NOT NULL;
    RETURN;
  END IF;
  UPDATE webhook w
     SET name = coalesce(draft->>'name', w.name),
         url = coalesce(draft->>'url', w.url),
         types = CASE WHEN draft ? 'types'
                      THEN webhook_texts(draft->'types') ELSE w.types END,
         teams = CASE WHEN draft ? 'teams'
                      THEN webhook_texts(draft->'teams') ELSE w.teams END,
         campaigns = CASE WHEN draft ? 'campaigns'
                          THEN webhook_texts(draft->'campaigns')
                          ELSE w.campaigns END,
         ordered = coalesce((draft->>'ordered')::boolean, w.ordered),
         format = coalesce(draft->>'format', w.format),
         state = coalesce(draft->>'state', w.state),
         reason = CASE WHEN draft ? 'state' THEN NULL ELSE w.reason END,
         -- Who mends it gives it five days again.
         failing_since = CASE WHEN draft ? 'state' OR draft ? 'url' THEN NULL
                              ELSE w.failing_since END,
         version = w.version + 1,
         -- Not before what it waited for: webhook_hopeless().
         changed_at = clock_timestamp()
   WHERE w.id = wanted
  RETURNING * INTO new;
  -- Of the hour that one may hold up others the pause is no part.
  IF old.state = 'paused' AND new.state = 'active' THEN
    UPDATE webhook_delivery d
       SET first_at = now()
     WHERE d.webhook = wanted AND d.state = 'waiting' AND d.first_at IS NOT NULL;
  END IF;
  PERFORM audit_append(who, 'webhook.change', wanted::text, 'done',
    jsonb_build_object('before', webhook_audited(old),
                       'after', webhook_audited(new),
                       'url', CASE WHEN old.url <> new.url THEN 'changed' END));
  RETURN QUERY SELECT new.version, webhook_json(new);
END $$;

CREATE OR REPLACE FUNCTION webhook_delete(wanted bigint, given bigint, who jsonb)
RETURNS TABLE (version bigint, document json)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked record;
  w webhook;
BEGIN
  SELECT * INTO asked FROM webhook_for(wanted, given);
  w := asked.w;
  IF w.id IS NULL OR asked.stale THEN
    RETURN QUERY SELECT w.version, NULL::json WHERE w.id IS NOT NULL;
    RETURN;
  END IF;
  DELETE FROM webhook x WHERE x.id = wanted;
  PERFORM audit_append(who, 'webhook.delete', wanted::text, 'done',
                       webhook_audited(w));
  RETURN QUERY SELECT w.version, to_json(wanted);
END $$;

-- {webhook, secret}: the old secret signs too for `overlap_s` more.
CREATE OR REPLACE FUNCTION webhook_rotate(wanted bigint, given bigint,
  overlap_s bigint, who jsonb) RETURNS TABLE (version bigint, document json)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked record;
  w webhook;
  told text;
BEGIN
  SELECT * INTO asked FROM webhook_for(wanted, given);
  w := asked.w;
  IF w.id IS NULL OR asked.stale THEN
    RETURN QUERY SELECT w.version, NULL::json WHERE w.id IS NOT NULL;
    RETURN;
  END IF;
  told := webhook_secret_new(wanted, make_interval(secs => overlap_s));
  PERFORM audit_append(who, 'webhook.rotate', wanted::text, 'done',
                       jsonb_build_object('overlapSeconds', overlap_s));
  RETURN QUERY SELECT w.version,
    json_build_object('webhook', webhook_json(w), 'secret', told);
END $$;

-- By the worker, not by a person. What waited is given up: it is in the log, from
-- where it can be replayed.
CREATE OR REPLACE FUNCTION webhook_disable(wanted bigint, why text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  w webhook;
BEGIN
  PERFORM write_lock();
  UPDATE webhook x
     SET state = 'disabled', reason = why, version = x.version + 1,
         changed_at = now()
   WHERE x.id = wanted AND x.state <> 'disabled'
  RETURNING * INTO w;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  PERFORM webhook_give_up(wanted, 'the webhook was disabled: ' || why);
  PERFORM event_append('webhook.disabled', 'webhook', wanted::text, NULL, NULL,
    now(), jsonb_build_object('name', w.name, 'reason', why));
  PERFORM audit_append('{"subject": "worker", "kind": "system"}',
    'webhook.disable', wanted::text, 'done',
    jsonb_build_object('name', w.name, 'reason', why));
END $$;
COMMENT ON FUNCTION webhook_disable(bigint, text) IS 'Nothing more is sent there; told by an event';
