-- SPDX-License-Identifier: Apache-2.0
-- throttle_clear.sql: a try to sign in succeeded: the account starts afresh,
-- and the address is not charged for it.  $1 text account, $2 text address
WITH account AS (
  DELETE FROM login_throttle
   WHERE key = 'account:' || encode(sha256(convert_to($1::text, 'UTF8')), 'hex')
)
UPDATE login_throttle
   SET failures = failures - 1
 WHERE key = 'address:' || $2::text
   AND failures > 0;
