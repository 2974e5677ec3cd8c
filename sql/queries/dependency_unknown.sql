-- SPDX-License-Identifier: Apache-2.0
-- dependency_unknown.sql: what services need and no live service is or provides, the
-- most wanted first: a DependencyUnknown with 20 of those who name it, and on
-- each row how many there are in all.  $1 integer limit
SELECT json_build_object(
         'id', u.target_key,
         'rpcs', coalesce(to_json(u.rpcs), '[]'),
         'rpcCount', u.rpc_count,
         'namedBy', to_json(u.sources[1:20]),
         'namedByCount', cardinality(u.sources))::text AS unknown_json,
       u.total
  FROM (SELECT n.target_key,
               (array_agg(DISTINCT n.rpc)
                 FILTER (WHERE n.rpc IS NOT NULL))[1:100] AS rpcs,
               count(DISTINCT n.rpc) AS rpc_count,
               array_agg(DISTINCT s.service_id) AS sources,
               count(*) OVER () AS total
          FROM dependency_needs() AS n
          JOIN service s ON s.id = n.source
         WHERE n.target IS NULL
         GROUP BY n.target_key) AS u
 ORDER BY cardinality(u.sources) DESC, u.target_key
 LIMIT $1::integer;
