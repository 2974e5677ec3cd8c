-- SPDX-License-Identifier: Apache-2.0
-- api_waiver_grant.sql: a new waiver; NULL when too many are in force.
-- $1 bigint repository, $2 text rule or NULL = every rule, $3 text subject,
-- $4 text reason, $5 text until, $6 int at most in force, $7 text who (JSON)
SELECT waiver_grant($1::bigint, $2::text, $3::text, $4::text, $5::timestamptz,
                    $6::integer, $7::jsonb) AS document;
