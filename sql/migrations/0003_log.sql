-- SPDX-License-Identifier: Apache-2.0
-- The event log, the audit log, idempotency keys.
BEGIN;

CREATE TABLE event (
  id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
  type        text        NOT NULL,
  kind        text        NOT NULL,
  subject     text        NOT NULL,
  subject_seq bigint      NOT NULL,
  team        text,
  actor       text,
  time        timestamptz NOT NULL DEFAULT now(),
  data        jsonb       NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (id),
  CONSTRAINT event_subject_key UNIQUE (kind, subject, subject_seq)
);
COMMENT ON TABLE event IS 'What happened, append only; readers stop at the oldest transaction still running, so that none is missed';
COMMENT ON COLUMN event.id IS 'Second part of the cursor';
COMMENT ON COLUMN event.xid IS 'Transaction that wrote it: first part of the cursor';
COMMENT ON COLUMN event.type IS 'e.g. service.updated';
COMMENT ON COLUMN event.kind IS 'What the subject is: service, publisher';
COMMENT ON COLUMN event.subject IS 'Its key';
COMMENT ON COLUMN event.subject_seq IS '1, 2, 3 … per subject, without gaps';
COMMENT ON COLUMN event.team IS 'Team concerned, for feeds';
COMMENT ON COLUMN event.actor IS 'Who did it: user:NAME or token:NAME#ID';
COMMENT ON COLUMN event.time IS 'When';
COMMENT ON COLUMN event.data IS 'Thin payload: EventData';
CREATE INDEX event_activity ON event (kind, subject, id);
CREATE INDEX event_cursor ON event (xid, id);
CREATE INDEX event_team ON event (team, id);
CREATE INDEX event_time ON event (time);

CREATE TABLE event_subject (
  kind     text   NOT NULL,
  subject  text   NOT NULL,
  last_seq bigint NOT NULL,
  CONSTRAINT event_subject_pkey PRIMARY KEY (kind, subject)
) WITH (fillfactor = 70);
COMMENT ON TABLE event_subject IS 'Last sequence number of each subject; outlives the events themselves';
COMMENT ON COLUMN event_subject.kind IS 'As in event';
COMMENT ON COLUMN event_subject.subject IS 'As in event';
COMMENT ON COLUMN event_subject.last_seq IS 'Last number given out';

CREATE TABLE event_reader (
  name text   NOT NULL,
  xid  xid8   NOT NULL,
  id   bigint NOT NULL,
  CONSTRAINT event_reader_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE event_reader IS 'How far our own readers have come';
COMMENT ON COLUMN event_reader.name IS 'e.g. stream';
COMMENT ON COLUMN event_reader.xid IS 'Cursor of the last event read';
COMMENT ON COLUMN event_reader.id IS 'Cursor of the last event read';

CREATE TABLE audit (
  id         bigint      NOT NULL,
  time       timestamptz NOT NULL,
  request_id text,
  subject    text        NOT NULL,
  kind       text        NOT NULL,
  address    text,
  action     text        NOT NULL,
  object     text        NOT NULL,
  outcome    text        NOT NULL,
  detail     jsonb       NOT NULL,
  hash       bytea       NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE audit IS 'Who changed what, append only, each row hashed with the one before';
COMMENT ON COLUMN audit.id IS '1, 2, 3 … without gaps';
COMMENT ON COLUMN audit.time IS 'When';
COMMENT ON COLUMN audit.request_id IS 'Request id';
COMMENT ON COLUMN audit.subject IS 'user:NAME or token:NAME#ID';
COMMENT ON COLUMN audit.kind IS 'session, personal, ci, system, operator';
COMMENT ON COLUMN audit.address IS 'Client address';
COMMENT ON COLUMN audit.action IS 'e.g. service.publish, token.create';
COMMENT ON COLUMN audit.object IS 'What it was done to';
COMMENT ON COLUMN audit.outcome IS 'done or denied';
COMMENT ON COLUMN audit.detail IS 'Hashes before and after, counts; no secrets';
COMMENT ON COLUMN audit.hash IS 'SHA-256 of the previous hash and this row';

CREATE TABLE idempotency (
  principal   text        NOT NULL,
  key         text        NOT NULL,
  fingerprint bytea       NOT NULL,
  status      smallint    NOT NULL,
  body        text        NOT NULL,
  expires_at  timestamptz NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (principal, key)
);
COMMENT ON TABLE idempotency IS 'Answers given under an idempotency key, written with the change they answer';
COMMENT ON COLUMN idempotency.principal IS 'Whose key';
COMMENT ON COLUMN idempotency.key IS 'Idempotency-Key, CloudEvents source and id, Pub/Sub subscription and message id';
COMMENT ON COLUMN idempotency.fingerprint IS 'SHA-256 of method, route, query and body';
COMMENT ON COLUMN idempotency.status IS 'HTTP status of the answer';
COMMENT ON COLUMN idempotency.body IS 'The answer';
COMMENT ON COLUMN idempotency.expires_at IS 'When it is forgotten';
CREATE INDEX idempotency_expires ON idempotency (expires_at);

SELECT schema_register(3, 'log');
COMMIT;
