-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/publish_fail_set.sql: keeps what was wrong with a descriptor set.
-- $1 repository  $2 [Fault]  $3 number of faults  $4 options  $5 who
SELECT publish_fail_set($1::text, $2::text, $3::integer, $4::text, $5::text);
