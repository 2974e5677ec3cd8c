-- SPDX-License-Identifier: Apache-2.0
-- Facts, the campaigns that ask for something, and their items.
BEGIN;

CREATE TABLE fact (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  service    bigint      NOT NULL,
  key        text        COLLATE "C" NOT NULL,
  value      jsonb       NOT NULL,
  source     text        NOT NULL,
  commit     text,
  valid_from timestamptz NOT NULL,
  valid_to   timestamptz,
  expires_at timestamptz,
  CONSTRAINT fact_pkey PRIMARY KEY (id),
  CONSTRAINT fact_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE,
  CONSTRAINT fact_key_form CHECK (key ~ '^[a-z][A-Za-z0-9]{0,30}\.[^.]{1,100}$'),
  CONSTRAINT fact_valid CHECK (valid_from <= valid_to)
);
COMMENT ON TABLE fact IS 'What is known of services, as it is and as it was: what rules read';
COMMENT ON COLUMN fact.id IS 'Identity inside the database';
COMMENT ON COLUMN fact.service IS 'The service';
COMMENT ON COLUMN fact.key IS 'family.name: spec.tier, api.deprecatedCalls, junit.failures';
COMMENT ON COLUMN fact.value IS 'Any JSON value';
COMMENT ON COLUMN fact.source IS 'What said so: spec, api, or the principal that reported it';
COMMENT ON COLUMN fact.commit IS 'The commit that it came with';
COMMENT ON COLUMN fact.valid_from IS 'Since when it has this value';
COMMENT ON COLUMN fact.valid_to IS 'Until when; NULL = still';
COMMENT ON COLUMN fact.expires_at IS 'When it stops being known unless it is reported again; NULL = never';
CREATE UNIQUE INDEX fact_current ON fact (service, key) WHERE valid_to IS NULL;
CREATE INDEX fact_key ON fact (key, service) WHERE valid_to IS NULL;
CREATE INDEX fact_history ON fact (service, valid_from);
CREATE INDEX fact_expiring ON fact (expires_at) WHERE valid_to IS NULL AND expires_at IS NOT NULL;

CREATE TABLE fact_pending (
  id      bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  service bigint NOT NULL,
  key     text   COLLATE "C" NOT NULL,
  since   timestamptz NOT NULL,
  CONSTRAINT fact_pending_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE fact_pending IS 'Facts that changed and that rules have not looked at; empty between transactions but for rules that took too long';
COMMENT ON COLUMN fact_pending.id IS 'Identity inside the database';
COMMENT ON COLUMN fact_pending.service IS 'The service; no foreign key, since rows are gone when the publish ends, which would wait for the check';
COMMENT ON COLUMN fact_pending.key IS 'Key of the fact; service.target = what campaigns choose services by';
COMMENT ON COLUMN fact_pending.since IS 'When it changed';

CREATE TABLE campaign (
  id           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  name         text        COLLATE "C" NOT NULL,
  title        text        NOT NULL,
  why          text        NOT NULL DEFAULT '',
  how          text        NOT NULL DEFAULT '',
  words        text        NOT NULL DEFAULT '',
  facet        text[]      NOT NULL DEFAULT '{}',
  team         text,
  review_team  text,
  level        smallint,
  phase        text,
  due          date,
  state        text        NOT NULL DEFAULT 'draft',
  starts_at    timestamptz,
  permanent    boolean     NOT NULL DEFAULT false,
  team_limit   integer,
  damping      interval    NOT NULL DEFAULT '7 days',
  rule_version integer     NOT NULL DEFAULT 0,
  version      integer     NOT NULL DEFAULT 1,
  created_by   text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  launched_at  timestamptz,
  ended_at     timestamptz,
  held_by      text,
  held_at      timestamptz,
  held_teams   text[],
  CONSTRAINT campaign_pkey PRIMARY KEY (id),
  CONSTRAINT campaign_name_key UNIQUE (name),
  CONSTRAINT campaign_name_form CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT campaign_state CHECK (state IN ('draft', 'scheduled', 'running', 'finished', 'cancelled')),
  CONSTRAINT campaign_scheduled CHECK (state <> 'scheduled' OR starts_at IS NOT NULL),
  CONSTRAINT campaign_held CHECK (held_at IS NULL OR state = 'draft' AND held_teams IS NOT NULL)
);
COMMENT ON TABLE campaign IS 'What somebody asks of services';
COMMENT ON COLUMN campaign.id IS 'Identity inside the database';
COMMENT ON COLUMN campaign.name IS 'Identity outside';
COMMENT ON COLUMN campaign.title IS 'What is asked';
COMMENT ON COLUMN campaign.why IS 'Why, in Markdown';
COMMENT ON COLUMN campaign.how IS 'How it is done, in Markdown';
COMMENT ON COLUMN campaign.words IS 'Words that its services have, as in the list of services';
COMMENT ON COLUMN campaign.facet IS 'Facets that its services have: team:x corp:x tag:x lifecycle:x tier:n';
COMMENT ON COLUMN campaign.team IS 'Who asks';
COMMENT ON COLUMN campaign.review_team IS 'Who looks at what is done before it counts; NULL = nobody';
COMMENT ON COLUMN campaign.level IS 'How much it matters, 1 is most; NULL = not said';
COMMENT ON COLUMN campaign.phase IS 'When in the life of a service it matters, e.g. design';
COMMENT ON COLUMN campaign.due IS 'Until when';
COMMENT ON COLUMN campaign.state IS 'draft, scheduled, running, finished, cancelled';
COMMENT ON COLUMN campaign.starts_at IS 'When it is launched by itself';
COMMENT ON COLUMN campaign.permanent IS 'A standard: services that come later get the item too';
COMMENT ON COLUMN campaign.team_limit IS 'Open items of a team over all campaigns that hold a launch for approval; NULL = none';
COMMENT ON COLUMN campaign.damping IS 'How long after it was done an item goes on where it was, and is not asked anew';
COMMENT ON COLUMN campaign.rule_version IS 'The current rule; 0 = items are closed by people';
COMMENT ON COLUMN campaign.version IS 'Counts changes, for If-Match';
COMMENT ON COLUMN campaign.created_by IS 'user:NAME or token:NAME#ID';
COMMENT ON COLUMN campaign.created_at IS 'When';
COMMENT ON COLUMN campaign.launched_at IS 'Since when it runs';
COMMENT ON COLUMN campaign.ended_at IS 'When it was finished or cancelled';
COMMENT ON COLUMN campaign.held_by IS 'Whose launch waits for an admin: user:NAME or token:NAME#ID; NULL = its time had come';
COMMENT ON COLUMN campaign.held_at IS 'Since when a launch waits for an admin; NULL = none does';
COMMENT ON COLUMN campaign.held_teams IS 'Teams that would be over the limit';
CREATE INDEX campaign_state ON campaign (state, id);

CREATE TABLE campaign_rule (
  campaign      bigint      NOT NULL,
  version       integer     NOT NULL,
  predicate     text        NOT NULL,
  keys          text[]      COLLATE "C" NOT NULL,
  created_by    text        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  quarantine    text,
  quarantined_at timestamptz,
  path        jsonpath GENERATED ALWAYS AS (predicate::jsonpath) STORED,
  CONSTRAINT campaign_rule_pkey PRIMARY KEY (campaign, version),
  CONSTRAINT campaign_rule_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign (id) ON DELETE CASCADE
);
COMMENT ON TABLE campaign_rule IS 'When an item is done: predicates over facts, every version that there was';
COMMENT ON COLUMN campaign_rule.campaign IS 'The campaign';
COMMENT ON COLUMN campaign_rule.version IS '1, 2, 3 …';
COMMENT ON COLUMN campaign_rule.predicate IS 'SQL/JSON path that is true of the facts of a service whose item is done';
COMMENT ON COLUMN campaign_rule.keys IS 'Keys of the facts that it reads; family.* and * where it may read more';
COMMENT ON COLUMN campaign_rule.created_by IS 'Who wrote it';
COMMENT ON COLUMN campaign_rule.created_at IS 'When';
COMMENT ON COLUMN campaign_rule.quarantine IS 'Why it is not run any more; NULL = it is';
COMMENT ON COLUMN campaign_rule.quarantined_at IS 'Since when';
COMMENT ON COLUMN campaign_rule.path IS 'The predicate, parsed';

CREATE TABLE todo_item (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  campaign      bigint,
  service       bigint      NOT NULL,
  title         text,
  source        text,
  external_id   text,
  external_url  text,
  state         text        NOT NULL,
  by_rule       boolean     NOT NULL DEFAULT false,
  assignee      text,
  snoozed_until date,
  due           date,
  reason        text,
  approver      text,
  until         date,
  evidence      text,
  waits_for     bigint,
  opened_at     timestamptz NOT NULL,
  changed_at    timestamptz NOT NULL,
  done_at       timestamptz,
  reopened      integer     NOT NULL DEFAULT 0,
  comments      integer     NOT NULL DEFAULT 0,
  version       integer     NOT NULL DEFAULT 1,
  team          text,
  due_key       date        NOT NULL,
  level_key     smallint    NOT NULL,
  xid           xid8        NOT NULL,
  CONSTRAINT todo_item_pkey PRIMARY KEY (id),
  CONSTRAINT todo_item_campaign_key UNIQUE (campaign, service),
  CONSTRAINT todo_item_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign (id) ON DELETE CASCADE,
  CONSTRAINT todo_item_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE,
  CONSTRAINT todo_item_waits_fkey FOREIGN KEY (waits_for) REFERENCES todo_item (id) ON DELETE SET NULL,
  CONSTRAINT todo_item_state CHECK (state IN ('open', 'waiting', 'in_review', 'done', 'not_applicable', 'exempt', 'cancelled')),
  CONSTRAINT todo_item_origin CHECK ((campaign IS NULL) = (title IS NOT NULL)),
  CONSTRAINT todo_item_external CHECK ((source IS NULL) = (external_id IS NULL)),
  CONSTRAINT todo_item_reason CHECK (state NOT IN ('not_applicable', 'exempt') OR reason IS NOT NULL),
  CONSTRAINT todo_item_exempt CHECK (state <> 'exempt' OR approver IS NOT NULL AND until IS NOT NULL),
  CONSTRAINT todo_item_waiting CHECK (state <> 'waiting' OR waits_for IS NOT NULL)
) WITH (fillfactor = 80);
COMMENT ON TABLE todo_item IS 'What is asked of one service: by a campaign, or by a system outside';
COMMENT ON COLUMN todo_item.id IS 'Identity, also outside';
COMMENT ON COLUMN todo_item.campaign IS 'The campaign; NULL = it came from outside';
COMMENT ON COLUMN todo_item.service IS 'The service';
COMMENT ON COLUMN todo_item.title IS 'Of what came from outside; else that of the campaign';
COMMENT ON COLUMN todo_item.source IS 'The system outside that has it too';
COMMENT ON COLUMN todo_item.external_id IS 'Its key there';
COMMENT ON COLUMN todo_item.external_url IS 'Where it is seen there';
COMMENT ON COLUMN todo_item.state IS 'open, waiting, in_review, done, not_applicable, exempt, cancelled';
COMMENT ON COLUMN todo_item.by_rule IS 'The rule brought it to this state, and may take it back';
COMMENT ON COLUMN todo_item.assignee IS 'Who does it: user:NAME';
COMMENT ON COLUMN todo_item.snoozed_until IS 'Not shown as something to do before';
COMMENT ON COLUMN todo_item.due IS 'Until when; NULL = as the campaign says';
COMMENT ON COLUMN todo_item.reason IS 'Of not_applicable and exempt';
COMMENT ON COLUMN todo_item.approver IS 'Who granted the exemption';
COMMENT ON COLUMN todo_item.until IS 'Last day of the exemption';
COMMENT ON COLUMN todo_item.evidence IS 'Address of what shows that it is done';
COMMENT ON COLUMN todo_item.waits_for IS 'The item that has to be done first';
COMMENT ON COLUMN todo_item.opened_at IS 'Since when it is asked, this time';
COMMENT ON COLUMN todo_item.changed_at IS 'Last change';
COMMENT ON COLUMN todo_item.done_at IS 'When it was last done';
COMMENT ON COLUMN todo_item.reopened IS 'How often it was done and then no longer';
COMMENT ON COLUMN todo_item.comments IS 'How many there are';
COMMENT ON COLUMN todo_item.version IS 'Counts changes, for If-Match';
COMMENT ON COLUMN todo_item.team IS 'That of the service; this and what follows is filled in by triggers';
COMMENT ON COLUMN todo_item.due_key IS 'What lists sort by: due, or as the campaign says, or infinity';
COMMENT ON COLUMN todo_item.level_key IS 'Level of the campaign, or 9';
COMMENT ON COLUMN todo_item.xid IS 'Transaction that last changed what is shown of it: with the id the cursor of changes';
CREATE UNIQUE INDEX todo_item_external_key ON todo_item (source, external_id)
 WHERE source IS NOT NULL;
CREATE INDEX todo_item_state ON todo_item (state, due_key, level_key, id);
CREATE INDEX todo_item_team ON todo_item (team, state, due_key, level_key, id);
CREATE INDEX todo_item_campaign ON todo_item (campaign, state, due_key, level_key, id);
CREATE INDEX todo_item_change ON todo_item (xid, id);
CREATE INDEX todo_item_snoozed ON todo_item (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX todo_item_service ON todo_item (service, state);
CREATE INDEX todo_item_outside ON todo_item (team)
 WHERE campaign IS NULL AND state IN ('open', 'waiting', 'in_review');
CREATE INDEX todo_item_waits ON todo_item (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX todo_item_assignee ON todo_item (assignee) WHERE assignee IS NOT NULL;
CREATE INDEX todo_item_exempt ON todo_item (until) WHERE state = 'exempt';

-- By triggers, since items are written in many places and a reader of changes
-- must not miss one of them. Who makes many at once may say the keys.
CREATE FUNCTION todo_item_keys() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.xid := pg_current_xact_id();
  IF TG_OP = 'INSERT' AND NEW.due_key IS NULL
     OR TG_OP = 'UPDATE' AND NEW.due IS DISTINCT FROM OLD.due THEN
    SELECT s.team, coalesce(NEW.due, c.due, 'infinity'), coalesce(c.level, 9)
      INTO NEW.team, NEW.due_key, NEW.level_key
      FROM service s
      LEFT JOIN campaign c ON c.id = NEW.campaign
     WHERE s.id = NEW.service;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER todo_item_keys BEFORE INSERT OR UPDATE ON todo_item
  FOR EACH ROW EXECUTE FUNCTION todo_item_keys();

CREATE FUNCTION todo_item_of_service() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE todo_item i SET team = NEW.team WHERE i.service = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER todo_item_of_service AFTER UPDATE OF team ON service
  FOR EACH ROW WHEN (NEW.team IS DISTINCT FROM OLD.team)
  EXECUTE FUNCTION todo_item_of_service();

CREATE FUNCTION todo_item_of_campaign() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE todo_item i
     SET due_key = coalesce(i.due, NEW.due, 'infinity'),
         level_key = coalesce(NEW.level, 9)
   WHERE i.campaign = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER todo_item_of_campaign AFTER UPDATE OF title, due, level, phase ON campaign
  FOR EACH ROW WHEN ((NEW.title, NEW.due, NEW.level, NEW.phase)
                     IS DISTINCT FROM (OLD.title, OLD.due, OLD.level, OLD.phase))
  EXECUTE FUNCTION todo_item_of_campaign();

CREATE TABLE todo_count (
  campaign bigint NOT NULL,
  state    text   NOT NULL,
  due_key  date   NOT NULL,
  team     text   NOT NULL,
  items    bigint NOT NULL,
  CONSTRAINT todo_count_pkey PRIMARY KEY (campaign, state, due_key, team),
  CONSTRAINT todo_count_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign (id) ON DELETE CASCADE
) WITH (fillfactor = 50);
COMMENT ON TABLE todo_count IS 'How many items campaigns have, kept by triggers: lists and pages of campaigns need not count them';
COMMENT ON COLUMN todo_count.campaign IS 'The campaign';
COMMENT ON COLUMN todo_count.state IS 'State of the items';
COMMENT ON COLUMN todo_count.due_key IS 'Until when they are due, or infinity';
COMMENT ON COLUMN todo_count.team IS 'Team of the items; empty = none';
COMMENT ON COLUMN todo_count.items IS 'How many there are; 0 = there were some';

-- Once for each statement. Who writes items holds write_lock(), so nobody waits
-- for a row of these.
CREATE FUNCTION todo_count_added() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO todo_count AS n (campaign, state, due_key, team, items)
  SELECT a.campaign, a.state, a.due_key, coalesce(a.team, ''), count(*)
    FROM added a
   WHERE a.campaign IS NOT NULL
   GROUP BY 1, 2, 3, 4
  ON CONFLICT ON CONSTRAINT todo_count_pkey
  DO UPDATE SET items = n.items + EXCLUDED.items;
  RETURN NULL;
END $$;
CREATE FUNCTION todo_count_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO todo_count AS n (campaign, state, due_key, team, items)
  SELECT d.campaign, d.state, d.due_key, coalesce(d.team, ''), sum(d.items)
    FROM (SELECT a.campaign, a.state, a.due_key, a.team, 1 AS items FROM added a
           UNION ALL
          SELECT g.campaign, g.state, g.due_key, g.team, -1 FROM gone g) AS d
   WHERE d.campaign IS NOT NULL
   GROUP BY 1, 2, 3, 4
  HAVING sum(d.items) <> 0
  ON CONFLICT ON CONSTRAINT todo_count_pkey
  DO UPDATE SET items = n.items + EXCLUDED.items;
  RETURN NULL;
END $$;
-- Also when their campaign goes, which takes the counts along.
CREATE FUNCTION todo_count_gone() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE todo_count n
     SET items = n.items - d.items
    FROM (SELECT g.campaign, g.state, g.due_key, coalesce(g.team, '') AS team,
                 count(*) AS items
            FROM gone g GROUP BY 1, 2, 3, 4) AS d
   WHERE n.campaign = d.campaign AND n.state = d.state AND n.due_key = d.due_key
     AND n.team = d.team;
  RETURN NULL;
END $$;
CREATE TRIGGER todo_count_added AFTER INSERT ON todo_item
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION todo_count_added();
CREATE TRIGGER todo_count_changed AFTER UPDATE ON todo_item
  REFERENCING OLD TABLE AS gone NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION todo_count_changed();
CREATE TRIGGER todo_count_gone AFTER DELETE ON todo_item
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION todo_count_gone();

CREATE TABLE todo_transition (
  id           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  item         bigint      NOT NULL,
  at           timestamptz NOT NULL,
  state_before text,
  state        text        NOT NULL,
  actor_kind   text        NOT NULL,
  actor        text,
  cause        text        NOT NULL,
  rule_version integer,
  facts_before jsonb,
  facts        jsonb,
  publish      jsonb,
  CONSTRAINT todo_transition_pkey PRIMARY KEY (id),
  CONSTRAINT todo_transition_item_fkey FOREIGN KEY (item) REFERENCES todo_item (id) ON DELETE CASCADE,
  CONSTRAINT todo_transition_actor CHECK (actor_kind IN ('rule', 'person', 'system'))
);
COMMENT ON TABLE todo_transition IS 'How items came to their states, with the proof';
COMMENT ON COLUMN todo_transition.id IS 'Identity inside the database';
COMMENT ON COLUMN todo_transition.item IS 'The item';
COMMENT ON COLUMN todo_transition.at IS 'When';
COMMENT ON COLUMN todo_transition.state_before IS 'The state before; NULL = it was made';
COMMENT ON COLUMN todo_transition.state IS 'The state since';
COMMENT ON COLUMN todo_transition.actor_kind IS 'rule, person, system';
COMMENT ON COLUMN todo_transition.actor IS 'user:NAME or token:NAME#ID: who did it, or whose publish it was';
COMMENT ON COLUMN todo_transition.cause IS 'launched, facts, target, rule, expired, unblocked, gone, or what a person says';
COMMENT ON COLUMN todo_transition.rule_version IS 'Version of the rule';
COMMENT ON COLUMN todo_transition.facts_before IS 'What the rule reads, as it was';
COMMENT ON COLUMN todo_transition.facts IS 'What the rule reads, as it is since';
COMMENT ON COLUMN todo_transition.publish IS 'Version, commit and run that brought it';
CREATE INDEX todo_transition_item ON todo_transition (item, id);

CREATE TABLE todo_day (
  campaign bigint NOT NULL,
  day      date   NOT NULL,
  total    bigint NOT NULL,
  settled  bigint NOT NULL,
  gained   bigint NOT NULL,
  CONSTRAINT todo_day_pkey PRIMARY KEY (campaign, day),
  CONSTRAINT todo_day_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign (id) ON DELETE CASCADE
) WITH (fillfactor = 50);
COMMENT ON TABLE todo_day IS 'What transitions changed on each day, kept by triggers: the page of a campaign need not read them';
COMMENT ON COLUMN todo_day.campaign IS 'The campaign';
COMMENT ON COLUMN todo_day.day IS 'The day, in UTC';
COMMENT ON COLUMN todo_day.total IS 'By how many items there were more, without cancelled ones';
COMMENT ON COLUMN todo_day.settled IS 'By how many more were settled: done, not applicable or exempt';
COMMENT ON COLUMN todo_day.gained IS 'Of these, by how many without those that were settled when they were made';

-- Does an item in this state count, and is it settled? NULL = before it was made.
CREATE FUNCTION todo_counts(state text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(state <> 'cancelled', false)::integer
$$;
CREATE FUNCTION todo_settled(state text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(state IN ('done', 'not_applicable', 'exempt'), false)::integer
$$;
CREATE FUNCTION todo_day_added() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO todo_day AS d (campaign, day, total, settled, gained)
  SELECT t.campaign, t.day, sum(t.total), sum(t.settled),
         sum(CASE WHEN t.made THEN 0 ELSE t.settled END)
    FROM (SELECT (SELECT i.campaign FROM todo_item i WHERE i.id = a.item) AS campaign,
                 (a.at AT TIME ZONE 'UTC')::date AS day,
                 a.state_before IS NULL AS made,
                 todo_counts(a.state) - todo_counts(a.state_before) AS total,
                 todo_settled(a.state) - todo_settled(a.state_before) AS settled
            FROM added a) AS t
   WHERE t.campaign IS NOT NULL
   GROUP BY 1, 2
  ON CONFLICT ON CONSTRAINT todo_day_pkey
  DO UPDATE SET total = d.total + EXCLUDED.total,
                settled = d.settled + EXCLUDED.settled,
                gained = d.gained + EXCLUDED.gained;
  RETURN NULL;
END $$;
CREATE TRIGGER todo_day_added AFTER INSERT ON todo_transition
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION todo_day_added();

-- Nothing of ours deletes items; where somebody does, their steps go with them.
CREATE FUNCTION todo_day_gone() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE todo_day d
     SET total = d.total - g.total, settled = d.settled - g.settled,
         gained = d.gained - g.gained
    FROM (SELECT (t.at AT TIME ZONE 'UTC')::date AS day,
                 sum(todo_counts(t.state) - todo_counts(t.state_before)) AS total,
                 sum(todo_settled(t.state) - todo_settled(t.state_before)) AS settled,
                 sum(CASE WHEN t.state_before IS NULL THEN 0 ELSE
                   todo_settled(t.state) - todo_settled(t.state_before) END) AS gained
            FROM todo_transition t
           WHERE t.item = OLD.id
           GROUP BY 1) AS g
   WHERE d.campaign = OLD.campaign AND d.day = g.day;
  RETURN OLD;
END $$;
CREATE TRIGGER todo_day_gone BEFORE DELETE ON todo_item
  FOR EACH ROW EXECUTE FUNCTION todo_day_gone();

CREATE TABLE todo_comment (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  item       bigint      NOT NULL,
  author     text        NOT NULL,
  text       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT todo_comment_pkey PRIMARY KEY (id),
  CONSTRAINT todo_comment_item_fkey FOREIGN KEY (item) REFERENCES todo_item (id) ON DELETE CASCADE
);
COMMENT ON TABLE todo_comment IS 'What people say about items';
COMMENT ON COLUMN todo_comment.id IS 'Identity, also outside';
COMMENT ON COLUMN todo_comment.item IS 'The item';
COMMENT ON COLUMN todo_comment.author IS 'user:NAME or token:NAME#ID';
COMMENT ON COLUMN todo_comment.text IS 'Markdown';
COMMENT ON COLUMN todo_comment.created_at IS 'When';
CREATE INDEX todo_comment_item ON todo_comment (item, id);

CREATE TYPE todo_change AS (
  campaign     bigint,
  service      bigint,
  item         bigint,
  state_before text,
  state        text,
  cause        text,
  rule_version integer,
  facts        jsonb,
  keys         text[]
);
COMMENT ON TYPE todo_change IS 'What a rule brings about: an item that opens, closes or goes';

CREATE TYPE todo_asked AS (
  campaign     bigint,
  facet        text[],
  patterns     text[],
  opens        boolean,
  cause        text,
  reviewed     boolean,
  rule_version integer,
  predicate    jsonpath,
  keys         text[]
);
COMMENT ON TYPE todo_asked IS 'A campaign as rules look at it: one that runs, that would run, or that would be another';

-- Its result has the commit that was held, too.
DROP FUNCTION IF EXISTS hold_approve(text, text);

-- What the versions of specs have said so far, one row for as long as it was so.
INSERT INTO fact (service, key, value, source, commit, valid_from, valid_to)
SELECT one.service, 'spec.' || one.key, one.value, 'spec',
       (array_agg(one.commit ORDER BY one.number))[1], min(one.valid_from),
       CASE WHEN bool_and(one.valid_to IS NOT NULL)
            THEN greatest(max(one.valid_to), min(one.valid_from)) END
  FROM (SELECT m.*, count(*) FILTER (WHERE m.begins)
               OVER (PARTITION BY m.service, m.key ORDER BY m.number) AS island
          FROM (SELECT v.service, v.number, v.commit, v.valid_from, v.valid_to,
                       p.key, p.value,
                       (lag(p.value) OVER before, lag(v.valid_to) OVER before)
                         IS DISTINCT FROM (p.value, v.valid_from) AS begins
                  FROM service_version v
                 CROSS JOIN LATERAL jsonb_each(v.spec) AS p
                 WHERE v.valid_from IS NOT NULL AND p.key ~ '^[^.]{1,100}$'
                WINDOW before AS (PARTITION BY v.service, p.key
                                  ORDER BY v.number)) AS m) AS one
 GROUP BY one.service, one.key, one.island, one.value;

SELECT schema_register(13, 'todos');
COMMIT;
