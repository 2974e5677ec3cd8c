-- SPDX-License-Identifier: Apache-2.0
-- job_tick.sql: how many schedules were due and runs over.
SELECT job_tick() AS happened;
