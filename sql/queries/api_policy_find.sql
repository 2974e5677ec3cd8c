-- SPDX-License-Identifier: Apache-2.0
-- api_policy_find.sql: the policy of a repository.  $1 bigint repository
SELECT policy_json($1::bigint) AS document;
