-- SPDX-License-Identifier: Apache-2.0
-- schedule_pause.sql: the schedule that rests or goes on, or why not.
-- $1 text schedule, $2 bool paused, $3 text principal
SELECT status, detail, body
  FROM schedule_pause($1, $2::boolean, $3);
