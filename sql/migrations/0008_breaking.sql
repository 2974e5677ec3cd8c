-- SPDX-License-Identifier: Apache-2.0
-- What breaks a proto repository for its owners, and what they let pass. Numbers
-- of breaking changes that older revisions have count every rule.
BEGIN;

CREATE TABLE breaking_policy (
  repository      bigint  NOT NULL,
  prefix          text    COLLATE "C" NOT NULL,
  use             text[]  NOT NULL,
  excepted        text[]  NOT NULL,
  ignore_unstable boolean NOT NULL,
  CONSTRAINT breaking_policy_pkey PRIMARY KEY (repository, prefix),
  CONSTRAINT breaking_policy_repository_fkey FOREIGN KEY (repository) REFERENCES proto_repository (id) ON DELETE CASCADE
);
COMMENT ON TABLE breaking_policy IS 'Which changes break something, by package';
COMMENT ON COLUMN breaking_policy.repository IS 'The repository';
COMMENT ON COLUMN breaking_policy.prefix IS 'Packages it is for, in whole parts; empty = all. The longest prefix of a package holds';
COMMENT ON COLUMN breaking_policy.use IS 'Categories and names of rules that break; none = nothing breaks';
COMMENT ON COLUMN breaking_policy.excepted IS 'Categories and names of rules that are allowed all the same';
COMMENT ON COLUMN breaking_policy.ignore_unstable IS 'Packages whose version says alpha, beta or test may change';

-- Apart from the repository, whose row a publish holds for as long as it takes.
CREATE TABLE breaking_policy_version (
  repository bigint      NOT NULL,
  version    integer     NOT NULL,
  changed_by text        NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT breaking_policy_version_pkey PRIMARY KEY (repository),
  CONSTRAINT breaking_policy_version_repository_fkey FOREIGN KEY (repository) REFERENCES proto_repository (id) ON DELETE CASCADE
);
COMMENT ON TABLE breaking_policy_version IS 'Who last changed the policy of a repository; no row = nobody ever did';
COMMENT ON COLUMN breaking_policy_version.repository IS 'The repository';
COMMENT ON COLUMN breaking_policy_version.version IS 'How often it was changed';
COMMENT ON COLUMN breaking_policy_version.changed_by IS 'Who did it last: user:NAME';
COMMENT ON COLUMN breaking_policy_version.changed_at IS 'When';

CREATE TABLE breaking_waiver (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  repository bigint      NOT NULL,
  rule       text,
  subject    text        NOT NULL,
  reason     text        NOT NULL,
  until      timestamptz NOT NULL,
  granted_by text        NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  ended_by   text,
  ended_at   timestamptz,
  CONSTRAINT breaking_waiver_pkey PRIMARY KEY (id),
  CONSTRAINT breaking_waiver_repository_fkey FOREIGN KEY (repository) REFERENCES proto_repository (id) ON DELETE CASCADE,
  CONSTRAINT breaking_waiver_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
COMMENT ON TABLE breaking_waiver IS 'Breaking changes that somebody lets pass for a time';
COMMENT ON COLUMN breaking_waiver.id IS 'Identity, also in the URL';
COMMENT ON COLUMN breaking_waiver.repository IS 'The repository';
COMMENT ON COLUMN breaking_waiver.rule IS 'Name of the rule; NULL = every rule';
COMMENT ON COLUMN breaking_waiver.subject IS 'Full name of a symbol or a package, with all that is in it, or path of a file';
COMMENT ON COLUMN breaking_waiver.reason IS 'Why';
COMMENT ON COLUMN breaking_waiver.until IS 'When it expires';
COMMENT ON COLUMN breaking_waiver.granted_by IS 'Who let it pass: user:NAME';
COMMENT ON COLUMN breaking_waiver.granted_at IS 'When';
COMMENT ON COLUMN breaking_waiver.ended_by IS 'Who ended it before it expired; NULL = nobody';
COMMENT ON COLUMN breaking_waiver.ended_at IS 'When';
CREATE INDEX breaking_waiver_repository ON breaking_waiver (repository, id);
CREATE INDEX breaking_waiver_until ON breaking_waiver (repository, until) WHERE ended_at IS NULL;

COMMENT ON COLUMN proto_revision.breaking IS 'Breaking changes against the revision that was current on arrival, by the policy and the waivers of that time';

SELECT schema_register(8, 'breaking');
COMMIT;
