-- SPDX-License-Identifier: Apache-2.0
-- job_timeout.sql: how long the statements of this connection may take from now
-- on.  $1 text such as 5s; NULL = as when it began
SELECT set_config('statement_timeout', coalesce($1, (
         SELECT s.reset_val FROM pg_settings s WHERE s.name = 'statement_timeout')),
       false) AS timeout;
