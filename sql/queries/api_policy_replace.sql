-- SPDX-License-Identifier: Apache-2.0
-- api_policy_replace.sql: another policy; replaced is false when somebody else
-- has changed it.  $1 bigint repository, $2 int its version, $3 text array of
-- ApiPolicyItem, $4 text who (JSON)
SELECT policy_replace($1::bigint, $2::integer, $3::jsonb, $4::jsonb) AS replaced;
