-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/hold_list.sql: deletions that wait for approval.
SELECT hold_json(h)::text AS document
  FROM publish_hold h
 ORDER BY h.publisher
 LIMIT 1000;
