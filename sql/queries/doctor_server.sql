-- SPDX-License-Identifier: Apache-2.0
-- doctor_server.sql: the server and database that this connection reaches.
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::bigint AS number,
       current_user::text AS role,
       d.datname::text AS database,
       pg_database_size(d.oid) AS bytes,
       pg_encoding_to_char(d.encoding)::text AS encoding,
       d.datcollate AS locale,
       pg_is_in_recovery() AS standby,
       (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS clock_us,
       current_setting('max_connections')::bigint AS connections,
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connected
  FROM pg_database d
 WHERE d.datname = current_database();
