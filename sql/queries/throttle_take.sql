-- SPDX-License-Identifier: Apache-2.0
-- throttle_take.sql: counts a try to sign in; how many seconds to wait when
-- there were too many. A try that has to wait is not counted, so that waiting
-- helps. Keys in order: two tries at a time cannot block each other. A digest of
-- the account: what was typed there may well be a password.
-- $1 text account, $2 text address, $3 bigint tries a minute
WITH taken AS (
  INSERT INTO login_throttle AS t (key, failures, since)
  SELECT key, 1, now()
    FROM unnest(ARRAY['account:' || encode(sha256(convert_to($1::text, 'UTF8')), 'hex'),
                      'address:' || $2::text]) AS key
   ORDER BY key
      ON CONFLICT (key) DO UPDATE
     SET failures = CASE WHEN t.since < now() - interval '1 minute' THEN 1
                         ELSE least(t.failures, $3::bigint) + 1 END,
         since = CASE WHEN t.since < now() - interval '1 minute' THEN now()
                      ELSE t.since END
  RETURNING failures, since
)
SELECT coalesce(max(greatest(1, ceil(extract(epoch
         FROM since + interval '1 minute' - now()))))
           FILTER (WHERE failures > $3::bigint), 0)::bigint AS wait_s
  FROM taken;
