-- SPDX-License-Identifier: Apache-2.0
-- report_forget.sql: removes the bytes that a job has read.  $1 bigint job
SELECT report_forget($1::bigint) AS gone;
