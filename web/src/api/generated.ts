// SPDX-License-Identifier: Apache-2.0
// Made from doc/openapi.yaml by scripts/gen-api.mjs; do not edit.
export interface Problem {
  /**
   * /problems/<slug>
   */
  type: string;
  title: string;
  status: number;
  detail?: string;
  /**
   * The request id
   */
  instance: string;
  errors?: Fault[];
  moreErrors?: number;
  /**
   * Names that are close to an unknown one
   */
  nearest?: string[];
  needs?: Needs;
  /**
   * How a conflicting publish differs
   */
  changes?: Change[];
}
export interface Fault {
  pointer: string;
  line?: number;
  column?: number;
  code: string;
  detail: string;
}
/**
 * Who could do what was refused
 */
export interface Needs {
  scope?: string;
  team?: string;
  role?: string;
}
/**
 * One value that differs. What lies deeper than ten levels is compared as a whole; so is every top-level key when more than
 * 10,000 values differ.
 *
 */
export interface Change {
  /**
   * Dotted path, e.g. contact.slack.alertChannelId; list members as tags[payments]
   */
  path: string;
  kind: "added" | "removed" | "changed";
  /**
   * Absent for added
   */
  before?: unknown;
  /**
   * Absent for removed
   */
  after?: unknown;
}
export interface LoginRequest {
  username: string;
  password: string;
  returnTo?: string;
}
export interface LoginResult {
  /**
   * A path of this origin
   */
  returnTo: string;
}
export interface Session {
  subject: string;
  kind: "session" | "personal" | "ci" | "system";
  /**
   * User name or token name
   */
  name: string;
  displayName?: string;
  role: "viewer" | "admin" | "ci" | "system";
  scopes: string[];
  teams: string[];
  expiresAt?: string | null;
  mustChangePassword?: boolean;
  /**
   * Version of the server
   */
  version: string;
}
export interface PasswordChange {
  current: string;
  new: string;
}
export interface Token {
  id: number;
  kind: "personal" | "ci" | "system";
  name: string;
  /**
   * First characters, e.g. mdc_a1B2…
   */
  hint: string;
  team?: string | null;
  /**
   * User of a personal token
   */
  owner?: string | null;
  scopes: string[];
  /**
   * Globs of services it may publish; empty = all
   */
  services: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt?: string | null;
  lastUsedFrom?: string | null;
  revokedAt?: string | null;
  rotatedFrom?: number | null;
  state: "active" | "expiring" | "expired" | "revoked";
}
export interface TokenList {
  items: Token[];
}
export interface TokenDraft {
  kind: "personal" | "ci" | "system";
  name: string;
  /**
   * ci: the team it is bound to; only admins leave it out
   */
  team?: string;
  scopes?: ("catalog:read" | "events:read" | "ingest:validate" | "ingest:write")[];
  services?: string[];
  days?: number;
}
export interface TokenCreated {
  token: Token;
  secret: string;
}
export interface ServiceItem {
  id: string;
  /**
   * Its first 200 characters
   */
  description: string;
  corporation: string | null;
  team: string | null;
  lifecycle: string | null;
  tier: number | null;
  tags: string[];
  /**
   * Time of the current version
   */
  publishedAt: string;
  tombstonedAt: string | null;
  /**
   * The last publish was refused
   */
  failing: boolean;
}
export interface ServiceList {
  items: ServiceItem[];
  next: string | null;
  facets?: Facets;
}
/**
 * How many services each choice would show. Another team (corporation, lifecycle, tier) takes the place of the one that is chosen;
 * another tag comes on top of those that are. At most 1,000 values of a kind, the most frequent first.
 *
 */
export interface Facets {
  /**
   * Services that match all filters
   */
  total: number;
  team: FacetCount[];
  corp: FacetCount[];
  tag: FacetCount[];
  lifecycle: FacetCount[];
  tier: FacetCount[];
}
export interface FacetCount {
  /**
   * `-` = none (team), `unspecified` = none (lifecycle)
   */
  value: string;
  count: number;
}
export interface ServicePage {
  service: Service;
  freshness: Freshness;
}
export interface Service {
  id: string;
  description: string | null;
  corporation: string | null;
  team: string | null;
  lifecycle: string | null;
  tier: number | null;
  tags: string[];
  contact: Contact;
  repository: string | null;
  links: {
    title: string;
    url: string;
  }[];
  grpc: {
    provides: string[];
    consumes: string[];
  };
  dependsOn: ServiceRef[];
  dependents: ServiceRef[];
  kubernetes: {
    environment: "development" | "production";
    cluster: string;
    namespace: string;
  }[];
  previousServiceIDs: string[];
  /**
   * Top-level keys of the spec that mdash does not know
   */
  extra: {
    [k: string]: unknown | undefined;
  };
  /**
   * The whole spec as published
   */
  spec: {
    [k: string]: unknown | undefined;
  };
  version: Version;
  /**
   * How many versions there are
   */
  versions: number;
  publisher: string | null;
  createdAt: string;
  publishedAt: string;
  tombstone: {
    at: string;
    publisher: string;
  } | null;
  /**
   * The last publish when it was refused and no good one followed
   */
  failure: null | FailedPublish;
  /**
   * The newest 10
   */
  activity: Event[];
}
export interface Contact {
  email: string | null;
  slackGeneral: string | null;
  slackAlert: string | null;
}
export interface ServiceRef {
  id: string;
  /**
   * Is it in the catalogue
   */
  known: boolean;
}
export interface Version {
  number: number;
  current: boolean;
  /**
   * false = arrived after a newer one
   */
  applied: boolean;
  receivedAt: string;
  validFrom?: string | null;
  validTo?: string | null;
  sequence?: number | null;
  commit?: string | null;
  commitTime?: string | null;
  branch?: string | null;
  runUrl?: string | null;
  publisher?: string | null;
  /**
   * user:NAME or token:NAME
   */
  principal: string;
  /**
   * Paths that differ from the version before, e.g. contact.email; at most 200, then an ellipsis
   */
  changed: string[];
}
export interface FailedPublish {
  id: number;
  service: string | null;
  team: string | null;
  publisher: string | null;
  firstAt: string;
  lastAt: string;
  attempts: number;
  principal: string;
  commit?: string | null;
  runUrl?: string | null;
  faults: number;
  first: Fault;
  resolvedAt: string | null;
}
export interface Event {
  id: string;
  type:
    | "service.created"
    | "service.updated"
    | "service.tombstoned"
    | "service.restored"
    | "publish.failed"
    | "publish.resolved"
    | "publish.held"
    | "publish.approved"
    | "publish.rejected";
  time: string;
  kind: "service" | "publisher";
  subject: string;
  /**
   * 1, 2, 3 … per subject without gaps
   */
  sequence: number;
  actor?: string | null;
  data: EventData;
}
export interface EventData {
  team?: string | null;
  version?: number;
  commit?: string;
  runUrl?: string;
  publisher?: string;
  changed?: string[];
  faults?: number;
  missing?: string[];
  [k: string]: unknown | undefined;
}
export interface Freshness {
  /**
   * Who publishes it: publisher or principal
   */
  source: string;
  /**
   * Last publish, also an unchanged one
   */
  lastSeenAt: string;
}
export interface VersionList {
  items: Version[];
  next: string | null;
}
export interface VersionDetail {
  version: Version;
  spec: {
    [k: string]: unknown | undefined;
  };
  /**
   * The document as it was received
   */
  source: string;
  changes: Change[];
}
export interface SpecDiff {
  from: null | Version;
  to: Version;
  changes: Change[];
}
export interface ActivityList {
  items: Event[];
  next: string | null;
}
export interface EventList {
  items: Event[];
  next: string;
}
export interface ChangeHint {
  cursor: string;
  /**
   * Too many to name; read everything again
   */
  all: boolean;
  changes: {
    type: string;
    kind: string;
    subject: string;
  }[];
}
export interface TeamList {
  items: Team[];
  /**
   * Services without an owner
   */
  unowned: number;
}
export interface Team {
  name: string;
  services: number;
  people: number;
  /**
   * Services whose last publish was refused
   */
  failing: number;
  corporations: string[];
  lifecycles: {
    [k: string]: number | undefined;
  };
}
export interface TeamPage {
  team: Team;
  contacts: TeamContact[];
  members: {
    name: string;
    displayName: string;
  }[];
  /**
   * The first 1,000 by name; the service list has all
   */
  services: ServiceItem[];
}
/**
 * A way to reach the team, gathered from its services, most used first
 */
export interface TeamContact {
  kind: "email" | "slackGeneral" | "slackAlert";
  value: string;
  /**
   * How many services name it
   */
  services: number;
}
export interface SearchResult {
  items: SearchHit[];
}
export interface SearchHit {
  kind: "service" | "team";
  key: string;
  title: string;
  detail: string;
  team?: string | null;
}
/**
 * The same bytes for a dry run and for the publish itself
 */
export interface PublishResult {
  created: number;
  updated: number;
  unchanged: number;
  superseded: number;
  restored: number;
  tombstoned: number;
  /**
   * Deletions that wait for approval
   */
  held: number;
  /**
   * Every service the publish changed, by id; a single publish names its service always
   */
  items: PublishItem[];
  warnings: Fault[];
}
export interface PublishItem {
  serviceID: string;
  result: "created" | "updated" | "unchanged" | "superseded" | "restored" | "tombstoned" | "held";
  version: number;
  changes: Change[];
}
export interface PubSubEnvelope {
  subscription?: string;
  message: {
    data: string;
    messageId: string;
    publishTime?: string;
    attributes?: {
      [k: string]: string | undefined;
    };
  };
}
export interface CloudEvent {
  specversion: "1.0";
  id: string;
  source: string;
  type: "mdash.service.publish" | "mdash.services.publish";
  subject?: string;
  datacontenttype?: string;
  data?: unknown;
  data_base64?: string;
  [k: string]: unknown | undefined;
}
export interface FailedPublishList {
  items: FailedPublish[];
  next: string | null;
}
export interface FailedPublishDetail {
  failure: FailedPublish;
  faults: Fault[];
  /**
   * The text as received
   */
  source: string;
}
export interface HeldPublish {
  publisher: string;
  heldAt: string;
  principal: string;
  commit?: string | null;
  runUrl?: string | null;
  /**
   * Services of the publisher before
   */
  of: number;
  missing: string[];
}
export interface HeldPublishList {
  items: HeldPublish[];
}
export interface Health {
  status: "ok";
}
export interface ListServicesQuery {
  /**
   * Words, each a substring of ≥ 1 character of id, description, team, corporation or tags; kana and width do not matter
   */
  q?: string;
  /**
   * Owning team; `-` = services without one
   */
  team?: string;
  corp?: string;
  /**
   * May be repeated
   */
  tag?: string[];
  lifecycle?: "experimental" | "production" | "deprecated" | "retired" | "unspecified";
  tier?: number;
  /**
   * 1 = only tombstoned services
   */
  tombstoned?: "0" | "1";
  /**
   * `updated` is newest first
   */
  sort?: "name" | "updated" | "team" | "tier";
  /**
   * 1 = also counts per team, corporation, tag, lifecycle and tier
   */
  facets?: "0" | "1";
  /**
   * As of this time
   */
  at?: string;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface GetServiceQuery {
  /**
   * As of this time
   */
  at?: string;
}
export interface ListVersionsQuery {
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface DiffVersionsQuery {
  /**
   * Version number; 0 = nothing
   */
  from: number;
  to: number;
}
export interface ListActivityQuery {
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface ListTeamsQuery {
  /**
   * As of this time
   */
  at?: string;
}
export interface GetTeamQuery {
  /**
   * As of this time
   */
  at?: string;
}
export interface SearchQuery {
  q: string;
  kind?: "service" | "team";
  limit?: number;
}
export interface ListEventsQuery {
  after?: string;
  limit?: number;
}
export interface PublishServiceQuery {
  /**
   * 1 = report the effect and write nothing
   */
  dryRun?: "0" | "1";
  commit?: string;
  commitTime?: string;
  /**
   * Order of publishes, e.g. the CI run number
   */
  sequence?: number;
  branch?: string;
  runUrl?: string;
  /**
   * Name of the repository or job that declares the service
   */
  publisher?: string;
  /**
   * 1 = apply an older or conflicting publish (admin)
   */
  force?: "0" | "1";
  /**
   * 1 = take services over from another publisher
   */
  takeover?: "0" | "1";
}
export interface PublishSetQuery {
  /**
   * 1 = report the effect and write nothing
   */
  dryRun?: "0" | "1";
  commit?: string;
  commitTime?: string;
  /**
   * Order of publishes, e.g. the CI run number
   */
  sequence?: number;
  branch?: string;
  runUrl?: string;
  /**
   * Name of the repository or job that declares the service
   */
  publisher?: string;
  /**
   * 1 = apply an older or conflicting publish (admin)
   */
  force?: "0" | "1";
  /**
   * 1 = take services over from another publisher
   */
  takeover?: "0" | "1";
}
export interface ListFailedPublishesQuery {
  service?: string;
  /**
   * 1 = also those that a later publish mended
   */
  resolved?: "0" | "1";
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}

/** Every call of the API by method and path. */
export interface Calls {
  "POST /auth/login": { body: LoginRequest; answer: LoginResult };
  "POST /auth/logout": { answer: undefined };
  "GET /api/v1/session": { answer: Session };
  "PUT /api/v1/session/password": { body: PasswordChange; answer: undefined };
  "GET /api/v1/tokens": { answer: TokenList };
  "POST /api/v1/tokens": { body: TokenDraft; answer: TokenCreated };
  "DELETE /api/v1/tokens/{id}": { path: { id: number }; answer: undefined };
  "POST /api/v1/tokens/{id}/rotate": { path: { id: number }; answer: TokenCreated };
  "GET /api/v1/services": { query: ListServicesQuery; answer: ServiceList };
  "GET /api/v1/services/{id}": { path: { id: string }; query: GetServiceQuery; answer: ServicePage };
  "GET /api/v1/services/{id}/versions": { path: { id: string }; query: ListVersionsQuery; answer: VersionList };
  "GET /api/v1/services/{id}/versions/{number}": { path: { id: string; number: number }; answer: VersionDetail };
  "GET /api/v1/services/{id}/diff": { path: { id: string }; query: DiffVersionsQuery; answer: SpecDiff };
  "GET /api/v1/services/{id}/activity": { path: { id: string }; query: ListActivityQuery; answer: ActivityList };
  "GET /api/v1/services/{id}/activity.atom": { path: { id: string }; answer: undefined };
  "GET /api/v1/teams": { query: ListTeamsQuery; answer: TeamList };
  "GET /api/v1/teams/{team}": { path: { team: string }; query: GetTeamQuery; answer: TeamPage };
  "GET /api/v1/teams/{team}/activity.atom": { path: { team: string }; answer: undefined };
  "GET /api/v1/search": { query: SearchQuery; answer: SearchResult };
  "GET /api/v1/events": { query: ListEventsQuery; answer: EventList };
  "GET /events/stream": { answer: undefined };
  "PUT /api/v1/ingest/services/{id}": { path: { id: string }; query: PublishServiceQuery; answer: PublishResult };
  "POST /api/v1/ingest/services": { query: PublishSetQuery; answer: PublishResult };
  "POST /api/v1/ingest/pubsub": { body: PubSubEnvelope; answer: PublishResult };
  "POST /api/v1/ingest/cloudevents": { answer: PublishResult };
  "GET /api/v1/failed-publishes": { query: ListFailedPublishesQuery; answer: FailedPublishList };
  "GET /api/v1/failed-publishes/{id}": { path: { id: number }; answer: FailedPublishDetail };
  "GET /api/v1/held-publishes": { answer: HeldPublishList };
  "POST /api/v1/held-publishes/{publisher}/approve": { path: { publisher: string }; answer: PublishResult };
  "POST /api/v1/held-publishes/{publisher}/reject": { path: { publisher: string }; answer: undefined };
  "GET /healthz": { answer: Health };
  "GET /readyz": { answer: Health };
}
