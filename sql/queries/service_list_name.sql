-- SPDX-License-Identifier: Apache-2.0
-- service_list_name.sql: live services by name.  $1 text id to go on after,
-- $2 int at most
-- The inner limit is the largest page and one more: a plan for any $2 is then as
-- cheap as one for this page, and kept.
SELECT list_json, key, service_id
  FROM (
        SELECT list_json, '' AS key, service_id
          FROM service
         WHERE tombstoned_at IS NULL
           AND service_id > $1
         ORDER BY service_id
         LIMIT 201
       ) AS page
 ORDER BY service_id
 LIMIT $2::integer;
