-- SPDX-License-Identifier: Apache-2.0
-- dependency_pairs.sql: all pairs of live services of which one needs the other, by
-- number, sorted.
SELECT DISTINCT n.source, n.target
  FROM dependency_needs() AS n
 WHERE n.target IS NOT NULL
 ORDER BY n.source, n.target;
