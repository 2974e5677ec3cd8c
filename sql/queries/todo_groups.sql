-- SPDX-License-Identifier: Apache-2.0
-- todo_groups.sql: how many items there are in each group.  $1 text filters (JSON)
SELECT todo_groups($1::jsonb) AS document;
