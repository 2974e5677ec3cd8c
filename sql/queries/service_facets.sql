-- SPDX-License-Identifier: Apache-2.0
-- service_facets.sql: how many services each choice would show: a choice among
-- teams replaces the team that is chosen, while a tag is one tag more. At most
-- 1,000 values of a kind, the most frequent.  $1 text words or NULL, $2 text[]
-- tags chosen, as facets, $3 bool tombstoned ones, $4 timestamptz or NULL,
-- $5 text[] other facets chosen, one of a kind
WITH hit AS MATERIALIZED (
  SELECT m.facet,
         CASE WHEN $5::text[] = '{}' THEN '{}'
              ELSE ARRAY(SELECT split_part(chosen, ':', 1)
                           FROM unnest($5::text[]) AS chosen
                          WHERE chosen <> ALL (m.facet)) END AS lacks
    FROM service_match($1, $2::text[], $3::boolean, $4::timestamptz) AS m
), counted AS (
  SELECT split_part(f.facet, ':', 1) AS kind,
         substr(f.facet, strpos(f.facet, ':') + 1) AS value, f.count,
         row_number() OVER (PARTITION BY split_part(f.facet, ':', 1)
                            ORDER BY f.count DESC, f.facet) AS place
    FROM (SELECT one.facet, count(*) AS count
            FROM hit h
           CROSS JOIN LATERAL unnest(h.facet) AS one (facet)
           WHERE h.lacks = '{}'
              OR cardinality(h.lacks) = 1
                 AND starts_with(one.facet, h.lacks[1] || ':')
           GROUP BY one.facet) AS f
)
SELECT 'total' AS kind, '' AS value, count(*) AS count, 0 AS place
  FROM hit
 WHERE hit.lacks = '{}'
 UNION ALL
SELECT kind, value, count, place
  FROM counted
 WHERE place <= 1000
 ORDER BY kind, place;
