-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/publish_fail.sql: keeps refused specs for their owners.
-- $1 [{serviceID, team, source, faults, faultCount}]  $2 options  $3 who
SELECT publish_fail($1::text, $2::text, $3::text);
