-- SPDX-License-Identifier: Apache-2.0
-- Events out: who is told of what, and how telling them went.
BEGIN;

-- For hmac() and gen_random_bytes(): secrets never leave the database.
CREATE EXTENSION pgcrypto;

CREATE TABLE webhook (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  name          text        NOT NULL,
  url           text        NOT NULL,
  types         text[]      NOT NULL,
  teams         text[]      NOT NULL DEFAULT '{}',
  campaigns     text[]      NOT NULL DEFAULT '{}',
  ordered       boolean     NOT NULL DEFAULT false,
  format        text        NOT NULL DEFAULT 'cloudevents',
  state         text        NOT NULL DEFAULT 'active',
  reason        text,
  failing_since timestamptz,
  version       bigint      NOT NULL DEFAULT 1,
  created_by    text        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  changed_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT webhook_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_name_key UNIQUE (name),
  CONSTRAINT webhook_format CHECK (format IN ('cloudevents', 'slack')),
  CONSTRAINT webhook_state CHECK (state IN ('active', 'paused', 'disabled')),
  CONSTRAINT webhook_reason CHECK (state <> 'disabled' OR reason IS NOT NULL)
) WITH (fillfactor = 80);
COMMENT ON TABLE webhook IS 'Subscriptions: an address outside that is told of events';
COMMENT ON COLUMN webhook.id IS 'Identity, also outside';
COMMENT ON COLUMN webhook.name IS 'What it is for';
COMMENT ON COLUMN webhook.url IS 'Where events are sent';
COMMENT ON COLUMN webhook.types IS 'Globs of the types of events';
COMMENT ON COLUMN webhook.teams IS 'Only events of these teams; empty = all';
COMMENT ON COLUMN webhook.campaigns IS 'Only events of these campaigns and their items; empty = all events';
COMMENT ON COLUMN webhook.ordered IS 'An event waits until the ones before it of the same subject are through';
COMMENT ON COLUMN webhook.format IS 'What is sent: cloudevents, or slack, messages as its incoming webhooks take them';
COMMENT ON COLUMN webhook.state IS 'active; paused: events wait; disabled: none is kept for it';
COMMENT ON COLUMN webhook.reason IS 'Why it is not active';
COMMENT ON COLUMN webhook.failing_since IS 'First failure since the last success; NULL = the last one succeeded';
COMMENT ON COLUMN webhook.version IS 'Counts changes of what people set, and its being disabled';
COMMENT ON COLUMN webhook.created_by IS 'user:NAME or token:NAME#ID';
COMMENT ON COLUMN webhook.created_at IS 'When';
COMMENT ON COLUMN webhook.changed_at IS 'Last change by a person, or when it was disabled';

CREATE TABLE webhook_secret (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  webhook    bigint      NOT NULL,
  secret     bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  CONSTRAINT webhook_secret_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_secret_webhook_fkey FOREIGN KEY (webhook) REFERENCES webhook (id) ON DELETE CASCADE,
  CONSTRAINT webhook_secret_length CHECK (octet_length(secret) >= 24)
);
COMMENT ON TABLE webhook_secret IS 'What deliveries are signed with: one, or two while one takes the place of the other. No program can read them';
COMMENT ON COLUMN webhook_secret.id IS 'Identity inside the database';
COMMENT ON COLUMN webhook_secret.webhook IS 'The subscription';
COMMENT ON COLUMN webhook_secret.secret IS 'The key of the HMAC';
COMMENT ON COLUMN webhook_secret.created_at IS 'When';
COMMENT ON COLUMN webhook_secret.expires_at IS 'Until when it signs; NULL = it is the current one';
CREATE INDEX webhook_secret_webhook ON webhook_secret (webhook, id);
CREATE UNIQUE INDEX webhook_secret_current ON webhook_secret (webhook) WHERE expires_at IS NULL;

CREATE TABLE webhook_delivery (
  id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  webhook     bigint      NOT NULL,
  event       bigint      NOT NULL,
  message_id  text        NOT NULL,
  type        text        NOT NULL,
  kind        text        NOT NULL,
  subject     text        NOT NULL,
  sequence    bigint      NOT NULL,
  state       text        NOT NULL DEFAULT 'waiting',
  attempts    integer     NOT NULL DEFAULT 0,
  replays     integer     NOT NULL DEFAULT 0,
  next_at     timestamptz NOT NULL DEFAULT now(),
  first_at    timestamptz,
  last_at     timestamptz,
  lease_until timestamptz,
  fence       bigint,
  status      integer,
  error       text,
  answer      text,
  took_ms     integer,
  created_at  timestamptz NOT NULL DEFAULT now(),
  ended_at    timestamptz,
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_delivery_event_key UNIQUE (event, webhook),
  CONSTRAINT webhook_delivery_webhook_fkey FOREIGN KEY (webhook) REFERENCES webhook (id) ON DELETE CASCADE,
  CONSTRAINT webhook_delivery_event_fkey FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
  CONSTRAINT webhook_delivery_state CHECK (state IN ('waiting', 'sending', 'delivered', 'dead')),
  CONSTRAINT webhook_delivery_lease CHECK (state <> 'sending' OR lease_until IS NOT NULL AND fence IS NOT NULL),
  CONSTRAINT webhook_delivery_ended CHECK ((state IN ('delivered', 'dead')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON TABLE webhook_delivery IS 'One event for one subscription, with its last attempt; kept for 30 days';
COMMENT ON COLUMN webhook_delivery.id IS 'Identity, also outside';
COMMENT ON COLUMN webhook_delivery.webhook IS 'The subscription';
COMMENT ON COLUMN webhook_delivery.event IS 'The event';
COMMENT ON COLUMN webhook_delivery.message_id IS 'webhook-id, the same at every attempt';
COMMENT ON COLUMN webhook_delivery.type IS 'Of the event';
COMMENT ON COLUMN webhook_delivery.kind IS 'Of the event';
COMMENT ON COLUMN webhook_delivery.subject IS 'Of the event';
COMMENT ON COLUMN webhook_delivery.sequence IS 'Of the event, among those of its subject';
COMMENT ON COLUMN webhook_delivery.state IS 'waiting, sending, delivered; dead: it is not tried again';
COMMENT ON COLUMN webhook_delivery.attempts IS 'How many were begun since it was made or replayed';
COMMENT ON COLUMN webhook_delivery.replays IS 'How often it was asked for again';
COMMENT ON COLUMN webhook_delivery.next_at IS 'Not tried before';
COMMENT ON COLUMN webhook_delivery.first_at IS 'First attempt';
COMMENT ON COLUMN webhook_delivery.last_at IS 'Last attempt';
COMMENT ON COLUMN webhook_delivery.lease_until IS 'While sending: when another worker may take it';
COMMENT ON COLUMN webhook_delivery.fence IS 'Number of the claim: who has an older one writes nothing';
COMMENT ON COLUMN webhook_delivery.status IS 'HTTP status of the last attempt; NULL = there was no answer';
COMMENT ON COLUMN webhook_delivery.error IS 'Why the last attempt failed';
COMMENT ON COLUMN webhook_delivery.answer IS 'First KiB of the last answer';
COMMENT ON COLUMN webhook_delivery.took_ms IS 'Of the last attempt';
COMMENT ON COLUMN webhook_delivery.created_at IS 'When it was made';
COMMENT ON COLUMN webhook_delivery.ended_at IS 'When it was delivered or given up';
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook, next_at, event) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_lease ON webhook_delivery (webhook, lease_until) WHERE state = 'sending';
CREATE INDEX webhook_delivery_subject ON webhook_delivery (webhook, kind, subject, sequence) WHERE state IN ('waiting', 'sending');
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook, id);
CREATE INDEX webhook_delivery_dead ON webhook_delivery (webhook, id) WHERE state = 'dead';
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;

CREATE SEQUENCE webhook_fence;
COMMENT ON SEQUENCE webhook_fence IS 'Numbers of claims of deliveries';

SELECT schema_register(15, 'webhooks');
COMMIT;
