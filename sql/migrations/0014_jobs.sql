-- SPDX-License-Identifier: Apache-2.0
-- Work that the worker does in the background, and when it is due.
BEGIN;

CREATE TABLE schedule (
  name      text        COLLATE "C" NOT NULL,
  kind      text        COLLATE "C" NOT NULL,
  payload   jsonb       NOT NULL DEFAULT '{}',
  every_s   integer     NOT NULL,
  next_slot timestamptz NOT NULL,
  last_slot timestamptz,
  paused_at timestamptz,
  CONSTRAINT schedule_pkey PRIMARY KEY (name),
  CONSTRAINT schedule_name_form CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT schedule_every CHECK (every_s > 0)
);
COMMENT ON TABLE schedule IS 'What is done again and again; a job is made for each slot, one for all that were missed';
COMMENT ON COLUMN schedule.name IS 'Identity, also outside';
COMMENT ON COLUMN schedule.kind IS 'Kind of its jobs';
COMMENT ON COLUMN schedule.payload IS 'Payload of its jobs';
COMMENT ON COLUMN schedule.every_s IS 'Seconds from slot to slot';
COMMENT ON COLUMN schedule.next_slot IS 'When it is due';
COMMENT ON COLUMN schedule.last_slot IS 'The last slot that a job was made for';
COMMENT ON COLUMN schedule.paused_at IS 'Since when it makes no jobs; NULL = it does';

CREATE TABLE job (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind          text        COLLATE "C" NOT NULL,
  key           text        COLLATE "C",
  payload       jsonb       NOT NULL DEFAULT '{}',
  target        text        COLLATE "C" GENERATED ALWAYS AS (payload->>'target') STORED,
  priority      smallint    NOT NULL DEFAULT 0,
  state         text        NOT NULL DEFAULT 'ready',
  run_at        timestamptz NOT NULL DEFAULT now(),
  attempts      integer     NOT NULL DEFAULT 0,
  attempts_max  integer     NOT NULL DEFAULT 10,
  lease_until   timestamptz,
  fence         bigint      NOT NULL DEFAULT 0,
  runner        text,
  parent        bigint,
  children      integer     NOT NULL DEFAULT 0,
  children_open integer     NOT NULL DEFAULT 0,
  deadline      timestamptz,
  schedule      text        COLLATE "C",
  slot          timestamptz,
  result        jsonb,
  error         text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  started_at    timestamptz,
  ended_at      timestamptz,
  CONSTRAINT job_pkey PRIMARY KEY (id),
  CONSTRAINT job_slot_key UNIQUE (schedule, slot),
  CONSTRAINT job_parent_fkey FOREIGN KEY (parent) REFERENCES job (id) ON DELETE CASCADE,
  CONSTRAINT job_kind_form CHECK (kind ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT job_state CHECK (state IN ('ready', 'running', 'waiting', 'done', 'dead', 'cancelled')),
  CONSTRAINT job_lease CHECK ((state = 'running') = (lease_until IS NOT NULL)),
  CONSTRAINT job_waiting CHECK (state <> 'waiting' OR deadline IS NOT NULL),
  CONSTRAINT job_ended CHECK ((state IN ('done', 'dead', 'cancelled')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
COMMENT ON TABLE job IS 'What has to be done in the background, is being done, and was done in the last days';
COMMENT ON COLUMN job.id IS 'Identity, also outside';
COMMENT ON COLUMN job.kind IS 'What is to be done: a row of the table in workers/worker/jobs.c';
COMMENT ON COLUMN job.key IS 'While one is ready no second of this kind and key is added, and never two run at once; NULL = any number';
COMMENT ON COLUMN job.payload IS 'What the kind has to know';
COMMENT ON COLUMN job.target IS 'What it talks to, if anything: of one target only some jobs run at once';
COMMENT ON COLUMN job.priority IS 'Higher is claimed first';
COMMENT ON COLUMN job.state IS 'ready; running; waiting for its children; done; dead: tried in vain; cancelled';
COMMENT ON COLUMN job.run_at IS 'Not before';
COMMENT ON COLUMN job.attempts IS 'How often it was claimed';
COMMENT ON COLUMN job.attempts_max IS 'How often it may fail before it is dead';
COMMENT ON COLUMN job.lease_until IS 'Until when it belongs to its runner, by the clock of the database';
COMMENT ON COLUMN job.fence IS 'Number of the last claim: who has another one writes nothing any more';
COMMENT ON COLUMN job.runner IS 'Process that claimed it last';
COMMENT ON COLUMN job.parent IS 'The run that it is a part of';
COMMENT ON COLUMN job.children IS 'Parts of a run';
COMMENT ON COLUMN job.children_open IS 'Of these, how many are not ended';
COMMENT ON COLUMN job.deadline IS 'When a run is closed, whatever is open';
COMMENT ON COLUMN job.schedule IS 'The schedule that made it';
COMMENT ON COLUMN job.slot IS 'For which of its times';
COMMENT ON COLUMN job.result IS 'What came of it';
COMMENT ON COLUMN job.error IS 'Why the last attempt failed';
COMMENT ON COLUMN job.created_at IS 'When it was added';
COMMENT ON COLUMN job.started_at IS 'When it was claimed last';
COMMENT ON COLUMN job.ended_at IS 'When it was done, dead or cancelled';
CREATE UNIQUE INDEX job_ready_key ON job (kind, key) WHERE state = 'ready';
CREATE INDEX job_ready ON job (kind, priority DESC, run_at, id) WHERE state = 'ready';
CREATE INDEX job_running ON job (kind, key) WHERE state = 'running';
CREATE INDEX job_waiting ON job (deadline) WHERE state = 'waiting';
CREATE INDEX job_parent ON job (parent, id) WHERE parent IS NOT NULL;
CREATE INDEX job_dead ON job (id) WHERE state = 'dead';
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX job_top ON job (id) WHERE parent IS NULL;

CREATE TABLE job_failure (
  job     bigint      NOT NULL,
  attempt integer     NOT NULL,
  fence   bigint      NOT NULL,
  at      timestamptz NOT NULL,
  runner  text,
  error   text        NOT NULL,
  CONSTRAINT job_failure_pkey PRIMARY KEY (job, fence),
  CONSTRAINT job_failure_job_fkey FOREIGN KEY (job) REFERENCES job (id) ON DELETE CASCADE
);
COMMENT ON TABLE job_failure IS 'Attempts that came to nothing';
COMMENT ON COLUMN job_failure.job IS 'The job';
COMMENT ON COLUMN job_failure.attempt IS '1, 2, 3 …; again from 1 after somebody had it tried anew';
COMMENT ON COLUMN job_failure.fence IS 'Number of its claim';
COMMENT ON COLUMN job_failure.at IS 'When';
COMMENT ON COLUMN job_failure.runner IS 'Process that tried';
COMMENT ON COLUMN job_failure.error IS 'Why';

CREATE SEQUENCE job_fence;

-- The digest is due when the day begins in Tokyo's offices, at 09:00.
INSERT INTO schedule (name, kind, every_s, next_slot) VALUES
  ('expire', 'expire', 60, date_trunc('minute', now())),
  ('campaigns', 'campaigns', 60, date_trunc('minute', now())),
  ('rules', 'rules', 60, date_trunc('minute', now())),
  ('digest', 'digest', 86400, date_trunc('day', now(), 'UTC') + interval '1 day');

SELECT schema_register(14, 'jobs');
COMMIT;
