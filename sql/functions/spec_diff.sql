-- SPDX-License-Identifier: Apache-2.0
-- The difference of two specs, field by field.

-- Every leaf of a spec: objects by dotted path, a text in a list as tags[x], any
-- other member of a list by its number.
CREATE OR REPLACE FUNCTION spec_leaves(spec jsonb)
RETURNS TABLE (path text, value jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH RECURSIVE node (path, value) AS (
    SELECT '', spec
    UNION ALL
    SELECT child.path, child.value
      FROM node
     CROSS JOIN LATERAL (
        SELECT CASE WHEN node.path = '' THEN pair.key
                    ELSE node.path || '.' || pair.key END, pair.value
          FROM jsonb_each(CASE jsonb_typeof(node.value)
                          WHEN 'object' THEN node.value ELSE '{}' END) AS pair
        UNION ALL
        SELECT node.path || '[' || CASE jsonb_typeof(member.value)
                 WHEN 'string' THEN member.value #>> '{}'
                 ELSE (member.number - 1)::text END || ']', member.value
          FROM jsonb_array_elements(CASE jsonb_typeof(node.value)
                 WHEN 'array' THEN node.value ELSE '[]' END)
               WITH ORDINALITY AS member (value, number)
     ) AS child (path, value)
  )
  SELECT DISTINCT node.path, node.value
    FROM node
   WHERE jsonb_typeof(node.value) NOT IN ('object', 'array')
      OR node.value IN ('{}', '[]') AND node.path <> ''
$$;

-- What both sides have drops out before the paths are paired: a list such as
-- ["1", {}] has two leaves of one path.
CREATE OR REPLACE FUNCTION spec_diff(before jsonb, after jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
  WITH lone AS (
    SELECT leaf.path, leaf.value, bool_or(leaf.came) AS came
      FROM (SELECT path, value, false AS came
              FROM spec_leaves(coalesce(before, '{}'))
             UNION ALL
            SELECT path, value, true
              FROM spec_leaves(coalesce(after, '{}'))) AS leaf
     GROUP BY leaf.path, leaf.value
    HAVING count(*) = 1
  )
  SELECT coalesce(jsonb_agg(
      CASE WHEN gone.path IS NULL THEN jsonb_build_object(
             'path', come.path, 'kind', 'added', 'after', come.value)
           WHEN come.path IS NULL THEN jsonb_build_object(
             'path', gone.path, 'kind', 'removed', 'before', gone.value)
           ELSE jsonb_build_object('path', come.path, 'kind', 'changed',
             'before', gone.value, 'after', come.value) END
      ORDER BY coalesce(come.path, gone.path) COLLATE "C", gone.value,
               come.value), '[]')
    FROM (SELECT path, value FROM lone WHERE NOT came) AS gone
    FULL JOIN (SELECT path, value FROM lone WHERE came) AS come
      ON come.path = gone.path);
END $$;
COMMENT ON FUNCTION spec_diff(jsonb, jsonb) IS 'Change[]; a missing side is an empty spec';

CREATE OR REPLACE FUNCTION changed_paths(changes jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(change->>'path'), '{}')
    FROM jsonb_array_elements(changes) AS change
$$;
