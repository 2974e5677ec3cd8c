-- SPDX-License-Identifier: Apache-2.0
-- event_now.sql: the cursor before which nothing more will come.
SELECT i.timeline,
       pg_snapshot_xmin(pg_current_snapshot())::text || '.0' AS next
  FROM instance i;
