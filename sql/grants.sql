-- SPDX-License-Identifier: Apache-2.0
-- Who may do what; laid down anew by every mdash-migrate, after the functions.
-- Whatever is not granted here is denied: neither role may change the schema.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM mdash_app, mdash_auth, PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO mdash_app, mdash_auth;

GRANT SELECT ON schema_migration, instance TO mdash_app, mdash_auth;
GRANT UPDATE (pruned_xid, pruned_id) ON instance TO mdash_app;

-- The catalogue and the logs. What is deleted there has expired or is derived:
-- services, their versions and the order of events stay.
GRANT SELECT, INSERT, UPDATE ON
  blob, team, service, service_seen, service_alias, service_version, service_grpc,
  publish_failure, publish_hold, search_entry,
  event_subject, event_reader, idempotency,
  proto_repository, proto_revision, proto_file, proto_span, proto_symbol,
  proto_reference, search_name,
  breaking_policy, breaking_policy_version, breaking_waiver,
  fact, fact_pending, campaign, campaign_rule, todo_item, todo_count,
  todo_transition, todo_day, todo_comment
  TO mdash_app;
GRANT DELETE ON
  search_entry, service_alias, service_grpc, publish_failure, publish_hold,
  idempotency, breaking_policy, fact_pending
  TO mdash_app;
GRANT SELECT, INSERT, DELETE ON event TO mdash_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON job, job_failure TO mdash_app;
GRANT SELECT, UPDATE ON schedule TO mdash_app;
GRANT USAGE ON SEQUENCE job_fence TO mdash_app;
-- Files and items get their numbers before they are written.
GRANT USAGE ON SEQUENCE proto_file_id_seq, todo_item_id_seq TO mdash_app;
GRANT SELECT ON team_member TO mdash_app;

-- People, sessions and tokens are for sign-in alone.
GRANT SELECT ON team, team_member TO mdash_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  app_user, app_user_team, session, login_throttle, api_token
  TO mdash_auth;

-- The audit log is read by all and written by its function alone.
GRANT SELECT ON audit TO mdash_app, mdash_auth;
REVOKE EXECUTE ON FUNCTION audit_append(jsonb, text, text, text, jsonb)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append(jsonb, text, text, text, jsonb)
  TO mdash_app, mdash_auth;

-- What has expired there, the worker deletes without reading it.
GRANT EXECUTE ON FUNCTION sweep_auth(bigint, bigint) TO mdash_app;
GRANT EXECUTE ON FUNCTION report_forget(bigint) TO mdash_app;

-- Webhooks. What they are signed with nobody reads: the database makes secrets
-- and signs with them, by functions that run with the owner's rights.
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook, webhook_delivery TO mdash_app;
GRANT SELECT (id, webhook, created_at, expires_at), DELETE
  ON webhook_secret TO mdash_app;
GRANT USAGE ON SEQUENCE webhook_fence TO mdash_app;
REVOKE EXECUTE ON FUNCTION webhook_secret_new(bigint, interval),
  webhook_signature(bigint, text, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhook_secret_new(bigint, interval),
  webhook_signature(bigint, text, bigint, text) TO mdash_app;
