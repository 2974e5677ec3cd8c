-- SPDX-License-Identifier: Apache-2.0
-- throttle_clear.sql: a try to sign in succeeded: the account starts afresh,
-- and the address is not charged for it. Locked in the order of throttle_take.
-- $1 text account, $2 text address
WITH held AS MATERIALIZED (
  SELECT t.key
    FROM login_throttle t
   WHERE t.key IN ('account:' || encode(sha256(convert_to($1::text, 'UTF8')), 'hex'),
                   'address:' || $2::text)
   ORDER BY t.key
     FOR UPDATE
), account AS (
  DELETE FROM login_throttle t
   USING held h
   WHERE t.key = h.key AND starts_with(h.key, 'account:')
)
UPDATE login_throttle t
   SET failures = t.failures - 1
  FROM held h
 WHERE t.key = h.key AND starts_with(h.key, 'address:')
   AND t.failures > 0;
