-- SPDX-License-Identifier: Apache-2.0
-- What breaks a proto repository for its owners, and what they let pass.

-- What holds where no stored prefix fits.
CREATE OR REPLACE FUNCTION policy_default(repository bigint)
RETURNS breaking_policy
LANGUAGE sql IMMUTABLE AS $$
  SELECT (repository, '', ARRAY['FILE'], ARRAY[]::text[], false)::breaking_policy
$$;

-- Of all packages: so one item has the empty prefix.
CREATE OR REPLACE FUNCTION policy_items(wanted bigint)
RETURNS SETOF breaking_policy
LANGUAGE sql STABLE AS $$
  SELECT p.* FROM breaking_policy p WHERE p.repository = wanted
   UNION ALL
  SELECT d.*
    FROM policy_default(wanted) AS d
   WHERE NOT EXISTS (SELECT FROM breaking_policy p
                      WHERE p.repository = wanted AND p.prefix = '')
$$;

CREATE OR REPLACE FUNCTION policy_item_json(p breaking_policy) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object('prefix', p.prefix, 'use', to_json(p.use),
           'except', to_json(p.excepted), 'ignoreUnstable', p.ignore_unstable)
$$;
COMMENT ON FUNCTION policy_item_json(breaking_policy) IS 'ApiPolicyItem';

-- As it is stored; NULL = nothing is.
CREATE OR REPLACE FUNCTION policy_stored(wanted bigint) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_agg(policy_item_json(p) ORDER BY p.prefix)
    FROM breaking_policy p
   WHERE p.repository = wanted
$$;
COMMENT ON FUNCTION policy_stored(bigint) IS 'Array of ApiPolicyItem';

CREATE OR REPLACE FUNCTION policy_json(wanted bigint) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'version', coalesce(v.version, 0),
    'changedBy', principal_shown(v.changed_by),
    'changedAt', rfc3339(v.changed_at),
    'items', coalesce(policy_stored(wanted),
                      json_build_array(policy_item_json(policy_default(wanted)))))
    FROM (SELECT) AS one
    LEFT JOIN breaking_policy_version v ON v.repository = wanted
$$;
COMMENT ON FUNCTION policy_json(bigint) IS 'ApiPolicy';

-- Replaces the policy whose version is `given`. False: somebody else has changed
-- it. Whoever comes second waits for the first at the row of the version.
CREATE OR REPLACE FUNCTION policy_replace(wanted bigint, given integer,
  items jsonb, who jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  before jsonb;
BEGIN
  IF given = 0 THEN
    INSERT INTO breaking_policy_version (repository, version, changed_by)
    VALUES (wanted, 1, who->>'subject')
    ON CONFLICT ON CONSTRAINT breaking_policy_version_pkey DO NOTHING;
  ELSE
    UPDATE breaking_policy_version v
       SET version = v.version + 1, changed_by = who->>'subject',
           changed_at = now()
     WHERE v.repository = wanted AND v.version = given;
  END IF;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  before := policy_stored(wanted)::jsonb;
  DELETE FROM breaking_policy p WHERE p.repository = wanted;
  INSERT INTO breaking_policy (repository, prefix, use, excepted, ignore_unstable)
  SELECT wanted, i->>'prefix',
         ARRAY(SELECT jsonb_array_elements_text(i->'use')),
         ARRAY(SELECT jsonb_array_elements_text(i->'except')),
         (i->>'ignoreUnstable')::boolean
    FROM jsonb_array_elements(items) AS i;
  PERFORM audit_append(who, 'api.policy',
    (SELECT r.name FROM proto_repository r WHERE r.id = wanted), 'changed',
    jsonb_build_object('version', given + 1, 'before', coalesce(before, '[]'),
                       'after', items));
  RETURN true;
END $$;

-- --- waivers --------------------------------------------------------------------

CREATE OR REPLACE FUNCTION waiver_state(w breaking_waiver) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN w.ended_at IS NOT NULL THEN 'ended'
              WHEN w.until <= now() THEN 'expired'
              ELSE 'active' END
$$;

CREATE OR REPLACE FUNCTION waiver_json(w breaking_waiver) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', w.id,
    'rule', w.rule,
    'subject', w.subject,
    'reason', w.reason,
    'until', rfc3339(w.until),
    'grantedBy', principal_shown(w.granted_by),
    'grantedAt', rfc3339(w.granted_at),
    'endedBy', principal_shown(w.ended_by),
    'endedAt', rfc3339(w.ended_at),
    'state', waiver_state(w))
$$;
COMMENT ON FUNCTION waiver_json(breaking_waiver) IS 'ApiWaiver';

-- NULL: `most` of them are in force.
CREATE OR REPLACE FUNCTION waiver_grant(wanted bigint, rule text, subject text,
  reason text, until timestamptz, most integer, who jsonb) RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
  made breaking_waiver;
BEGIN
  -- One after the other, or together they would be too many.
  PERFORM write_lock();
  IF (SELECT count(*) FROM breaking_waiver w
       WHERE w.repository = wanted AND w.ended_at IS NULL
         AND w.until > now()) >= most THEN
    RETURN NULL;
  END IF;
  INSERT INTO breaking_waiver (repository, rule, subject, reason, until, granted_by)
  VALUES (wanted, waiver_grant.rule, waiver_grant.subject, waiver_grant.reason,
          waiver_grant.until, who->>'subject')
  RETURNING * INTO made;
  PERFORM audit_append(who, 'api.waiver',
    (SELECT r.name FROM proto_repository r WHERE r.id = wanted), 'granted',
    waiver_json(made)::jsonb);
  RETURN waiver_json(made);
END $$;

-- No row: there is no such waiver. Ending what is over changes nothing.
CREATE OR REPLACE FUNCTION waiver_end(wanted bigint, number bigint, who jsonb)
RETURNS SETOF bigint
LANGUAGE plpgsql AS $$
DECLARE
  ended breaking_waiver;
BEGIN
  UPDATE breaking_waiver w
     SET ended_by = who->>'subject', ended_at = now()
   WHERE w.repository = wanted AND w.id = number AND w.ended_at IS NULL
     AND w.until > now()
  RETURNING * INTO ended;
  IF FOUND THEN
    PERFORM audit_append(who, 'api.waiver',
      (SELECT r.name FROM proto_repository r WHERE r.id = wanted), 'ended',
      waiver_json(ended)::jsonb);
  END IF;
  RETURN QUERY SELECT w.id FROM breaking_waiver w
                WHERE w.repository = wanted AND w.id = number;
END $$;
