-- SPDX-License-Identifier: Apache-2.0
-- Pieces of answers that several documents share; shapes: doc/openapi.yaml.

-- STABLE as to_char() is, or PostgreSQL could not put it in place and would parse
-- it anew in each statement.
CREATE OR REPLACE FUNCTION rfc3339(moment timestamptz) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
COMMENT ON FUNCTION rfc3339(timestamptz) IS 'A time as all answers write it';

-- A principal as answers show it: the number of a token stays inside.
CREATE OR REPLACE FUNCTION principal_shown(principal text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(principal, '#\d+$', '')
$$;

-- The same for whom C decides: problem_stale() of lib/http/precondition.c.
CREATE OR REPLACE FUNCTION version_stale(given bigint, what text, current bigint,
  why text DEFAULT 'somebody else has changed it') RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN given BETWEEN 1 AND current
    THEN format('version %s of %s is not the current one, which is %s: %s',
                given, what, current, why)
    ELSE format('there is no version %s of %s: the current one is %s',
                given, what, current) END
$$;
COMMENT ON FUNCTION version_stale(bigint, text, bigint, text) IS 'Why a change of this version is refused with 412';

CREATE OR REPLACE FUNCTION version_json(v service_version, is_current boolean)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'number', v.number,
    'current', is_current,
    'applied', v.valid_from IS NOT NULL,
    'receivedAt', rfc3339(v.received_at),
    'validFrom', rfc3339(v.valid_from),
    'validTo', rfc3339(v.valid_to),
    'sequence', v.sequence,
    'commit', v.commit,
    'commitTime', rfc3339(v.commit_time),
    'branch', v.branch,
    'runUrl', v.run_url,
    'publisher', v.publisher,
    'principal', principal_shown(v.principal),
    'changed', to_json(v.changed))
$$;
COMMENT ON FUNCTION version_json(service_version, boolean) IS 'Version';

CREATE OR REPLACE FUNCTION event_json(e event) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', e.id::text,
    'type', e.type,
    'time', rfc3339(e.time),
    'kind', e.kind,
    'subject', e.subject,
    'sequence', e.subject_seq,
    'actor', principal_shown(e.actor),
    'data', e.data)
$$;
COMMENT ON FUNCTION event_json(event) IS 'Event';

CREATE OR REPLACE FUNCTION failure_json(f publish_failure) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', f.id,
    'service', f.service_id,
    'repository', f.repository,
    'team', f.team,
    'publisher', f.publisher,
    'firstAt', rfc3339(f.first_at),
    'lastAt', rfc3339(f.last_at),
    'attempts', f.attempts,
    'principal', principal_shown(f.principal),
    'commit', f.commit,
    'runUrl', f.run_url,
    'faults', f.fault_count,
    'first', f.faults->0,
    'resolvedAt', rfc3339(f.resolved_at))
$$;
COMMENT ON FUNCTION failure_json(publish_failure) IS 'FailedPublish';
