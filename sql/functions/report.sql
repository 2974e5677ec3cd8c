-- SPDX-License-Identifier: Apache-2.0
-- Reports of CI: taken as bytes, read by the worker, kept as facts. What waits
-- to be read is a blob and a job; blobs are shared by all who need their bytes.

-- Whoever adds a job of a report shares this lock, and who removes bytes has it
-- alone: else it would remove what has just been taken again.
CREATE OR REPLACE FUNCTION report_lock_key() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT hashtextextended('mdash report', 0)
$$;

-- Keeps the bytes and adds the job that reads them. A report of the same service
-- and format that still waits gives way: the newest is the one that counts.
CREATE OR REPLACE FUNCTION report_take(wanted text, format text, content bytea,
  seconds bigint, options text, principal text)
RETURNS TABLE (status integer, detail text, extra text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  hash text := encode(sha256(content), 'hex');
  job_key text := wanted || '/' || format;
  asked record;
  number bigint;
BEGIN
  SELECT * INTO asked FROM facts_service(wanted, who);
  IF asked.status IS NOT NULL THEN
    RETURN QUERY SELECT asked.status, asked.detail, asked.extra, NULL::text;
    RETURN;
  END IF;

  PERFORM pg_advisory_xact_lock_shared(report_lock_key());
  -- Of two that come together the second knows of the first.
  PERFORM pg_advisory_xact_lock(hashtextextended('mdash report ' || job_key, 0));
  INSERT INTO blob (sha256, bytes) VALUES (decode(hash, 'hex'), content)
  ON CONFLICT ON CONSTRAINT blob_pkey DO NOTHING;
  -- As job_add() does it, but one that gives way leaves its bytes to the one that
  -- comes: also one that is ready again only now, since it failed.
  INSERT INTO job AS j (kind, key, run_at, payload)
  VALUES ('report', job_key, clock_timestamp(), jsonb_build_object(
    'service', wanted, 'format', format, 'sha256', hash,
    'bytes', length(content), 'older', '[]'::jsonb,
    'receivedAt', rfc3339(clock_timestamp()), 'seconds', seconds,
    'options', jsonb_strip_nulls(options::jsonb),
    'who', jsonb_build_object('subject', who->'subject', 'kind', who->'kind',
                              'requestId', who->'requestId')))
      ON CONFLICT (kind, key) WHERE state = 'ready' DO UPDATE
     SET payload = jsonb_set(excluded.payload, '{older}',
           coalesce(j.payload->'older', '[]') || (j.payload->'sha256')),
         run_at = least(j.run_at, excluded.run_at)
  RETURNING j.id INTO number;
  RETURN QUERY SELECT 200, NULL::text, NULL::text,
    json_build_object('job', number, 'url', '/api/v1/jobs/' || number)::text;
END $$;
COMMENT ON FUNCTION report_take(text, text, bytea, bigint, text, text) IS 'ReportAccepted';

-- What a report said, as facts of its family, unless the job is no longer the
-- caller's. `outcome` is written, lost, gone (the service), or superseded: a
-- newer report was read before.
CREATE OR REPLACE FUNCTION report_write(id bigint, fence bigint, family text,
  facts jsonb) RETURNS TABLE (outcome text, follow boolean)
LANGUAGE plpgsql AS $$
DECLARE
  p jsonb;
  s bigint;
  moment timestamptz;
BEGIN
  PERFORM write_lock();
  IF NOT job_mine(id, fence) THEN
    RETURN QUERY SELECT 'lost', false;
    RETURN;
  END IF;
  SELECT j.payload INTO p FROM job j WHERE j.id = report_write.id;
  SELECT v.id INTO s FROM service v
   WHERE v.service_id = p->>'service' AND v.tombstoned_at IS NULL;
  IF s IS NULL THEN
    RETURN QUERY SELECT 'gone', false;
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM fact f
              WHERE f.service = s AND f.key = family || '.reportedAt'
                AND f.valid_to IS NULL
                AND f.value #>> '{}' > p->>'receivedAt') THEN
    RETURN QUERY SELECT 'superseded', false;
    RETURN;
  END IF;
  moment := date_trunc('milliseconds', clock_timestamp());
  PERFORM facts_write(
    array_agg(s), array_agg(family || '.' || g.key), array_agg(g.value),
    ARRAY[s], family, p->'who'->>'subject', p->'options'->>'commit',
    (p->>'receivedAt')::timestamptz
      + (p->>'seconds')::bigint * interval '1 second', moment)
     FROM (SELECT f.key, f.value FROM jsonb_each(facts) AS f
            WHERE f.key ~ '^[a-z][A-Za-z]{0,30}$' AND f.key <> 'reportedAt'
            UNION ALL
           SELECT 'reportedAt', p->'receivedAt') AS g;
  PERFORM audit_append(p->'who', 'report.read', p->>'service', 'done',
    jsonb_build_object('format', p->'format', 'job', report_write.id,
                       'commit', p->'options'->'commit'));
  RETURN QUERY SELECT 'written', rules_wait();
END $$;
COMMENT ON FUNCTION report_write(bigint, bigint, text, jsonb) IS 'Facts of a report, and whether rules have to look at them';

-- Removes the bytes of a report that was read, and of those that gave way to it,
-- but for what is needed by others. Runs with the owner's rights: else nobody
-- removes a blob.
CREATE OR REPLACE FUNCTION report_forget(id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(report_lock_key());
  WITH mine AS (
    SELECT decode(h.hash, 'hex') AS sha256
      FROM job j
     CROSS JOIN LATERAL jsonb_array_elements_text(
             coalesce(j.payload->'older', '[]') || (j.payload->'sha256')) AS h (hash)
     WHERE j.id = report_forget.id AND j.kind = 'report'
  ), others AS (
    SELECT decode(h.hash, 'hex') AS sha256
      FROM job j
     CROSS JOIN LATERAL jsonb_array_elements_text(
             coalesce(j.payload->'older', '[]') || (j.payload->'sha256')) AS h (hash)
     WHERE j.kind = 'report' AND j.state IN ('ready', 'running')
       AND j.id <> report_forget.id
  )
  DELETE FROM blob b
   USING (SELECT DISTINCT m.sha256 FROM mine m
          EXCEPT SELECT o.sha256 FROM others o) AS free
   WHERE b.sha256 = free.sha256
     AND NOT EXISTS (SELECT FROM service_version v WHERE v.source_sha256 = b.sha256)
     AND NOT EXISTS (SELECT FROM publish_failure f WHERE f.source_sha256 = b.sha256)
     AND NOT EXISTS (SELECT FROM proto_file p WHERE p.sha256 = b.sha256);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
COMMENT ON FUNCTION report_forget(bigint) IS 'How many blobs went';
REVOKE ALL ON FUNCTION report_forget(bigint) FROM PUBLIC;
