-- SPDX-License-Identifier: Apache-2.0
-- What a publish has to do with rules. Without a campaign that runs it is one
-- look into a small index. All of it is in PL/pgSQL, which keeps its plans: a function
-- in SQL that is not inlined is planned anew in each transaction, which took as long
-- as the rules.

-- Is there a campaign whose rules look at facts?
CREATE OR REPLACE FUNCTION rules_run() RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM campaign c WHERE c.state = 'running');
END $$;

-- Of how many services something has changed that rules have not looked at. It
-- sees what the statement has written that it is asked in.
CREATE OR REPLACE FUNCTION rules_services() RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT rules_run() THEN
    RETURN 0;
  END IF;
  RETURN (SELECT count(DISTINCT p.service) FROM fact_pending p);
END $$;

-- Are there any?
CREATE OR REPLACE FUNCTION rules_wait() RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN rules_services() > 0;
END $$;

-- What rules did, as members of the answer of a publish; the first `most` of the
-- changes.
CREATE OR REPLACE FUNCTION rules_members(changes jsonb, most integer)
RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF jsonb_array_length(changes) <= most THEN
    RETURN format('"todos":%s', changes);
  END IF;
  RETURN format('"todos":%s,"todosLeftOut":%s',
    (SELECT jsonb_agg(c.value ORDER BY c.place)
       FROM jsonb_array_elements(changes) WITH ORDINALITY AS c (value, place)
      WHERE c.place <= most),
    jsonb_array_length(changes) - most);
END $$;

CREATE OR REPLACE FUNCTION rules_follow(options text, principal text,
  most integer) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  RETURN rules_members(todo_follow(options, principal)::jsonb, most);
END $$;
COMMENT ON FUNCTION rules_follow(text, text, integer) IS 'Members of PublishResult';

-- The same when one of the rules has failed: it is found and put aside.
CREATE OR REPLACE FUNCTION rules_recover(principal text, most integer)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  done jsonb := todo_recover(principal);
BEGIN
  RETURN rules_members(done->'todos', most)
    || CASE WHEN (done->>'pending')::integer > 0
            THEN ',"todosPending":true' ELSE '' END;
END $$;
COMMENT ON FUNCTION rules_recover(text, integer) IS 'Members of PublishResult';
