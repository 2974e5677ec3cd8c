-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/publish.sql: publishes specs, one or a full set.
-- $1 text[] ids  $2 text[] canonical specs  $3 text[] sources  $4 options
-- $5 who  $6 warnings
SELECT status, detail, extra, body, rules_services() AS follow
  FROM publish_services($1::text[], $2::text[], $3::text[], $4::text, $5::text,
                        $6::text);
