-- SPDX-License-Identifier: Apache-2.0
-- People, sessions, tokens. Only the auth handler's role can read these.
BEGIN;

CREATE TABLE app_user (
  name                 text        NOT NULL,
  display_name         text        NOT NULL,
  role                 text        NOT NULL,
  password_hash        text        NOT NULL,
  must_change_password boolean     NOT NULL DEFAULT false,
  created_at           timestamptz NOT NULL DEFAULT now(),
  disabled_at          timestamptz,
  CONSTRAINT app_user_pkey PRIMARY KEY (name),
  CONSTRAINT app_user_name CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  CONSTRAINT app_user_role CHECK (role IN ('viewer', 'admin'))
);
COMMENT ON TABLE app_user IS 'Local accounts';
COMMENT ON COLUMN app_user.name IS 'Sign-in name';
COMMENT ON COLUMN app_user.display_name IS 'As shown';
COMMENT ON COLUMN app_user.role IS 'viewer or admin; owning teams come from app_user_team';
COMMENT ON COLUMN app_user.password_hash IS 'crypt(5) text, yescrypt';
COMMENT ON COLUMN app_user.must_change_password IS 'The password was made by somebody else';
COMMENT ON COLUMN app_user.created_at IS 'Made';
COMMENT ON COLUMN app_user.disabled_at IS 'Set = may not sign in';

CREATE TABLE app_user_team (
  user_name text NOT NULL,
  team      text NOT NULL,
  CONSTRAINT app_user_team_pkey PRIMARY KEY (user_name, team),
  CONSTRAINT app_user_team_user_fkey FOREIGN KEY (user_name) REFERENCES app_user (name) ON DELETE CASCADE
);
COMMENT ON TABLE app_user_team IS 'Who belongs to which team; the team need not have a service yet';
COMMENT ON COLUMN app_user_team.user_name IS 'The account';
COMMENT ON COLUMN app_user_team.team IS 'teamName';
CREATE INDEX app_user_team_team ON app_user_team (team);

-- The one thing about people that the other handlers may read.
CREATE VIEW team_member AS
SELECT t.team, u.name, u.display_name
  FROM app_user_team t
  JOIN app_user u ON u.name = t.user_name
 WHERE u.disabled_at IS NULL;
COMMENT ON VIEW team_member IS 'People of each team, without what only sign-in may know';
COMMENT ON COLUMN team_member.team IS 'teamName';
COMMENT ON COLUMN team_member.name IS 'Sign-in name';
COMMENT ON COLUMN team_member.display_name IS 'As shown';

CREATE TABLE session (
  secret_sha256 bytea       NOT NULL,
  user_name     text        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  seen_at       timestamptz NOT NULL DEFAULT now(),
  address       text,
  CONSTRAINT session_pkey PRIMARY KEY (secret_sha256),
  CONSTRAINT session_user_fkey FOREIGN KEY (user_name) REFERENCES app_user (name) ON DELETE CASCADE
) WITH (fillfactor = 70);
COMMENT ON TABLE session IS 'Signed-in browsers; 12 h idle and 7 d in all';
COMMENT ON COLUMN session.secret_sha256 IS 'SHA-256 of the cookie value';
COMMENT ON COLUMN session.user_name IS 'The account';
COMMENT ON COLUMN session.created_at IS 'Signed in';
COMMENT ON COLUMN session.seen_at IS 'Last used, written once a minute at most';
COMMENT ON COLUMN session.address IS 'Address at sign-in';
CREATE INDEX session_user_name ON session (user_name);
CREATE INDEX session_created ON session (created_at);

CREATE TABLE login_throttle (
  key      text        NOT NULL,
  failures integer     NOT NULL,
  since    timestamptz NOT NULL,
  CONSTRAINT login_throttle_pkey PRIMARY KEY (key)
);
COMMENT ON TABLE login_throttle IS 'Failed sign-ins of the running minute, per account and per address';
COMMENT ON COLUMN login_throttle.key IS 'account:SHA-256 of the name, or address:ADDRESS';
COMMENT ON COLUMN login_throttle.failures IS 'How many';
COMMENT ON COLUMN login_throttle.since IS 'Start of the window';

CREATE TABLE api_token (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind          text        NOT NULL,
  name          text        NOT NULL,
  hint          text        NOT NULL,
  secret_sha256 bytea       NOT NULL,
  owner         text,
  team          text,
  scopes        text[]      NOT NULL,
  services      text[]      NOT NULL,
  created_by    text        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  used_at       timestamptz,
  used_from     text,
  rotated_from  bigint,
  CONSTRAINT api_token_pkey PRIMARY KEY (id),
  CONSTRAINT api_token_secret_key UNIQUE (secret_sha256),
  CONSTRAINT api_token_owner_fkey FOREIGN KEY (owner) REFERENCES app_user (name) ON DELETE CASCADE,
  CONSTRAINT api_token_rotated_fkey FOREIGN KEY (rotated_from) REFERENCES api_token (id),
  CONSTRAINT api_token_kind CHECK (kind IN ('personal', 'ci', 'system')),
  CONSTRAINT api_token_owned CHECK ((kind = 'personal') = (owner IS NOT NULL))
);
COMMENT ON TABLE api_token IS 'API tokens: mdp_ personal, mdc_ ci, mds_ system';
COMMENT ON COLUMN api_token.id IS 'Identity, also outside';
COMMENT ON COLUMN api_token.kind IS 'personal, ci, system';
COMMENT ON COLUMN api_token.name IS 'What it is for';
COMMENT ON COLUMN api_token.hint IS 'First characters, to recognise it by';
COMMENT ON COLUMN api_token.secret_sha256 IS 'SHA-256 of the secret';
COMMENT ON COLUMN api_token.owner IS 'Whose personal token';
COMMENT ON COLUMN api_token.team IS 'Team a ci token is bound to; NULL = not bound';
COMMENT ON COLUMN api_token.scopes IS 'What it may do';
COMMENT ON COLUMN api_token.services IS 'Globs of service ids it may publish; empty = all';
COMMENT ON COLUMN api_token.created_by IS 'user:NAME or operator';
COMMENT ON COLUMN api_token.created_at IS 'Made';
COMMENT ON COLUMN api_token.expires_at IS 'Stops working';
COMMENT ON COLUMN api_token.revoked_at IS 'Was revoked';
COMMENT ON COLUMN api_token.used_at IS 'Last used, written once a minute at most';
COMMENT ON COLUMN api_token.used_from IS 'Address of the last use';
COMMENT ON COLUMN api_token.rotated_from IS 'Its predecessor';
CREATE INDEX api_token_owner ON api_token (owner);
CREATE INDEX api_token_team ON api_token (team);

SELECT schema_register(4, 'auth');
COMMIT;
