-- SPDX-License-Identifier: Apache-2.0
-- schedule_list.sql: all schedules.
SELECT schedule_json(s)::text AS document
  FROM schedule s
 ORDER BY s.name
 LIMIT 1000;
