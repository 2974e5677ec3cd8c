-- SPDX-License-Identifier: Apache-2.0
-- The difference of two specs, field by field.

-- The members of an object by their keys, those of a list by their texts, other
-- members of a list by their numbers. What is no container has none.
CREATE OR REPLACE FUNCTION spec_members(node jsonb)
RETURNS TABLE (tag text, value jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '.' || pair.key, pair.value
    FROM jsonb_each(CASE jsonb_typeof(node)
                    WHEN 'object' THEN node ELSE '{}' END) AS pair
  UNION ALL
  SELECT DISTINCT CASE jsonb_typeof(member.value)
           WHEN 'string' THEN '"' || (member.value #>> '{}')
           ELSE '#' || member.number - 1 END, member.value
    FROM jsonb_array_elements(CASE jsonb_typeof(node)
           WHEN 'array' THEN node ELSE '[]' END)
         WITH ORDINALITY AS member (value, number)
$$;

-- The path of a member: of an object a.b, of a list a[x].
CREATE OR REPLACE FUNCTION spec_path(path text, tag text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN left(tag, 1) <> '.' THEN path || '[' || name || ']'
              WHEN path = '' THEN name
              ELSE path || '.' || name END
    FROM (SELECT CASE WHEN length(tag) > 201 THEN substr(tag, 2, 200) || '…'
                      ELSE substr(tag, 2) END) AS short (name)
$$;

-- A value that is told as a whole; NULL for one that is looked into.
CREATE OR REPLACE FUNCTION spec_leaf(value jsonb, deepest boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN deepest OR value IN ('{}', '[]')
                OR jsonb_typeof(value) NOT IN ('object', 'array') THEN value END
$$;

-- Looks only into what differs, ten levels deep; when very much does, one level.
-- A path repeats the names above it: the paths of all values of a spec that fits
-- the limits could be gigabytes.
CREATE OR REPLACE FUNCTION spec_diff(before jsonb, after jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  bottom integer := 10;
  most bigint := 10000;
  looked bigint;
  changes jsonb;
BEGIN
  LOOP
    WITH RECURSIVE node (path, depth, gone, come) AS (
      SELECT '', 0, coalesce(before, '{}'), coalesce(after, '{}')
       UNION ALL
      SELECT spec_path(n.path, m.tag), n.depth + 1, m.gone, m.come
        FROM node n
       CROSS JOIN LATERAL (
          SELECT coalesce(o.tag, w.tag), o.value, w.value
            FROM spec_members(n.gone) AS o
            FULL JOIN spec_members(n.come) AS w ON w.tag = o.tag
           WHERE o.value IS DISTINCT FROM w.value) AS m (tag, gone, come)
       WHERE n.depth < bottom
    ), leaf AS (
      SELECT s.path, s.depth,
             spec_leaf(s.gone, s.depth = bottom) AS gone,
             spec_leaf(s.come, s.depth = bottom) AS come
        FROM (SELECT n.path, n.depth, n.gone, n.come
                FROM node n
               LIMIT most + 1) AS s
    )
    SELECT count(*), coalesce(jsonb_agg(
        CASE WHEN l.gone IS NULL THEN jsonb_build_object(
               'path', l.path, 'kind', 'added', 'after', l.come)
             WHEN l.come IS NULL THEN jsonb_build_object(
               'path', l.path, 'kind', 'removed', 'before', l.gone)
             ELSE jsonb_build_object('path', l.path, 'kind', 'changed',
               'before', l.gone, 'after', l.come) END
        ORDER BY l.path COLLATE "C", l.gone, l.come)
        FILTER (WHERE l.depth > 0 AND coalesce(l.gone, l.come) IS NOT NULL), '[]')
      INTO looked, changes
      FROM leaf l;
    EXIT WHEN looked <= most OR bottom = 1;
    bottom := 1;
    most := 1000000;
  END LOOP;
  RETURN changes;
END $$;
COMMENT ON FUNCTION spec_diff(jsonb, jsonb) IS 'Change[]; a missing side is an empty spec';

-- Events and versions name this many paths at most; then there is an ellipsis.
CREATE OR REPLACE FUNCTION changed_paths(changes jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(path ORDER BY place), '{}')
    FROM (SELECT CASE WHEN place > 200 THEN '…'
                      ELSE left(change->>'path', 500) END AS path, place
            FROM jsonb_array_elements(changes) WITH ORDINALITY
                 AS c (change, place)
           WHERE place <= 201) AS named
$$;
