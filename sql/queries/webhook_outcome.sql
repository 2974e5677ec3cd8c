-- SPDX-License-Identifier: Apache-2.0
-- webhook_outcome.sql: how an attempt ended; the state since, NULL when the
-- delivery is no longer ours.  $1 bigint id, $2 bigint fence, $3 bigint status
-- or 0, $4 text fault or NULL, $5 text answer or NULL, $6 bigint ms it took,
-- $7 bigint seconds to wait or -1
SELECT webhook_outcome($1::bigint, $2::bigint, nullif($3::bigint, 0)::integer,
                       $4::text, $5::text, $6::bigint::integer,
                       nullif($7::bigint, -1)) AS state;
