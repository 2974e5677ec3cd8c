// SPDX-License-Identifier: Apache-2.0
// Made from doc/openapi.yaml by scripts/gen-api.mjs; do not edit.
/**
 * Types of events (Event.type), where * stands for any run of characters: todo.done, todo.*, *. One that stands for none is refused
 */
export type WebhookTypes = string[];
export type WebhookDeliveryState = "waiting" | "sending" | "delivered" | "dead";
/**
 * As it was asked for, around a service or of teams
 */
export type DependencyPicture = DependencyGraph | DependencyTeams;

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
   * Globs of services that it may publish and whose items it may change; empty = all
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
  scopes?: ("catalog:read" | "events:read" | "ingest:validate" | "ingest:write" | "todos:read" | "todos:write")[];
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
  /**
   * The proto repository, of a descriptor set
   */
  repository?: string | null;
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
    | "publish.rejected"
    | "api.updated"
    | "api.breaking"
    | "webhook.test"
    | "webhook.disabled"
    | "team.digest"
    | "todo.opened"
    | "todo.reopened"
    | "todo.waiting"
    | "todo.in_review"
    | "todo.done"
    | "todo.not_applicable"
    | "todo.exempt"
    | "todo.cancelled"
    | "todo.changed"
    | "todo.commented"
    | "campaign.created"
    | "campaign.changed"
    | "campaign.launched"
    | "campaign.scheduled"
    | "campaign.held"
    | "campaign.finished"
    | "campaign.cancelled"
    | "campaign.rule_quarantined";
  time: string;
  kind: "service" | "publisher" | "api" | "webhook" | "team" | "todo" | "campaign";
  subject: string;
  /**
   * 1, 2, 3 … per subject without gaps, in the order of the log
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
  /**
   * Of api.breaking: how many changes
   */
  breaking?: number;
  /**
   * Of todo.*: its campaign, what follows too
   */
  campaign?: string;
  serviceID?: string;
  state?: string;
  stateBefore?: string;
  cause?: string;
  source?: string;
  externalID?: string;
  comment?: number;
  /**
   * Ids of the services that these hit
   */
  services?: string[];
  /**
   * Of team.digest: what the team has to do, in one line
   */
  text?: string;
  /**
   * Of team.digest: the same as a Slack message
   */
  blocks?: {}[];
  /**
   * Of team.digest: items of the team, without snoozed ones
   */
  open?: number;
  /**
   * Of team.digest: of these, how many are late
   */
  overdue?: number;
  /**
   * Of team.digest: how many came since the last one
   */
  opened?: number;
  /**
   * Of team.digest: how many were done since the last one
   */
  closed?: number;
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
export interface WebhookDraft {
  /**
   * What it is for; given once
   */
  name: string;
  /**
   * Where events are sent, by POST; https unless a setting says otherwise
   */
  url: string;
  types: WebhookTypes;
  /**
   * Only events that concern one of these teams; empty = all
   */
  teams?: string[];
  /**
   * Only events of these campaigns and of their items; empty = all events
   */
  campaigns?: string[];
  /**
   * An event waits until earlier ones of its subject have been delivered or given up
   */
  ordered?: boolean;
  /**
   * slack: messages as Slack's incoming webhooks take them
   */
  format?: "cloudevents" | "slack";
  state?: "active" | "paused";
}
export interface WebhookChange {
  name?: string;
  url?: string;
  types?: WebhookTypes;
  teams?: string[];
  campaigns?: string[];
  ordered?: boolean;
  format?: "cloudevents" | "slack";
  state?: "active" | "paused";
}
export interface Webhook {
  id: number;
  name: string;
  url: string;
  types: string[];
  teams: string[];
  campaigns: string[];
  ordered: boolean;
  format: "cloudevents" | "slack";
  /**
   * paused: deliveries wait; disabled: none are made until it is enabled
   */
  state: "active" | "paused" | "disabled";
  /**
   * Why it is disabled
   */
  reason?: string | null;
  /**
   * First failure since the last success
   */
  failingSince?: string | null;
  /**
   * For If-Match: counts changes, and its being disabled
   */
  version: number;
  createdBy: string;
  createdAt: string;
  changedAt: string;
  /**
   * When its secret was made
   */
  secretAt?: string | null;
  /**
   * Until when the one before signs too
   */
  oldSecretUntil?: string | null;
  /**
   * Deliveries that wait, counted up to 10,000
   */
  waiting: number;
  /**
   * Deliveries that were given up, counted up to 10,000
   */
  dead: number;
}
export interface WebhookList {
  items: Webhook[];
}
export interface WebhookMade {
  webhook: Webhook;
  /**
   * Shown this once
   */
  secret: string;
}
/**
 * One of them at least; together they narrow it down
 */
export interface WebhookReplay {
  /**
   * `cursor` of a delivered event, or `next` of an earlier answer: what came after it
   */
  after?: string;
  /**
   * A time: what happened since
   */
  since?: string;
  /**
   * Only of this service, item, campaign …
   */
  subject?: string;
}
export interface WebhookReplayed {
  /**
   * How many will be sent
   */
  events: number;
  /**
   * Not null: there is more, after this cursor
   */
  next: string | null;
}
/**
 * One event for one webhook, with its last attempt; kept for 30 days after its end
 */
export interface WebhookDelivery {
  id: number;
  /**
   * Header webhook-id, and id of the CloudEvent: the same at every attempt
   */
  messageID: string;
  /**
   * Id in the event log
   */
  event: string;
  type: string;
  kind: string;
  subject: string;
  sequence: number;
  state: WebhookDeliveryState;
  /**
   * Of at most 10, since it was made or asked for again
   */
  attempts: number;
  /**
   * How often it was asked for again
   */
  replays: number;
  nextAt?: string | null;
  firstAt?: string | null;
  lastAt?: string | null;
  /**
   * HTTP status of the last answer; null without one
   */
  status?: number | null;
  error?: string | null;
  /**
   * First KiB of the last answer
   */
  answer?: string | null;
  tookMs?: number | null;
  createdAt: string;
  endedAt?: string | null;
}
export interface WebhookDeliveryList {
  items: WebhookDelivery[];
  next: string | null;
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
export interface DependencyGraph {
  center: string;
  hops: number;
  direction: "both" | "dependencies" | "dependents";
  /**
   * The nearest first, 150 at most
   */
  nodes: DependencyNode[];
  /**
   * All among these nodes, 1,000 at most
   */
  edges: DependencyEdge[];
  truncated: null | DependencyTruncated;
}
export interface DependencyNode {
  /**
   * Id of the service; `grpc:` and the full name of a gRPC service that nobody provides
   */
  id: string;
  /**
   * unknown: there is no such service; grpc: nobody provides it
   */
  kind: "service" | "unknown" | "grpc";
  /**
   * Hops from the centre
   */
  hop: number;
  team: string | null;
  tier: number | null;
  lifecycle: string | null;
  /**
   * The service is no longer in the catalogue
   */
  tombstoned: boolean;
}
export interface DependencyEdge {
  /**
   * Who needs
   */
  from: string;
  /**
   * Who is needed
   */
  to: string;
  /**
   * By dependsOn
   */
  declared: boolean;
  /**
   * What it consumes of what the other provides, as SERVICE or SERVICE/METHOD; the first 100
   */
  rpcs: string[];
  /**
   * How many there are
   */
  rpcCount: number;
}
/**
 * What there is besides
 */
export interface DependencyTruncated {
  nodes: number;
  /**
   * Nodes that are missing one hop away, two, three
   */
  byHop: number[];
  /**
   * Edges among the nodes that are there
   */
  edges: number;
}
export interface DependencyTeams {
  by: "team";
  nodes: DependencyTeam[];
  /**
   * The most pairs first, 5,000 at most
   */
  edges: DependencyTeamEdge[];
  edgesLeftOut: number;
}
export interface DependencyTeam {
  /**
   * Name of the team; `-` = services without one, `--` = what is needed and not in the catalogue
   */
  id: string;
  kind: "team" | "unowned" | "unknown";
  services: number;
}
export interface DependencyTeamEdge {
  from: string;
  to: string;
  /**
   * Pairs of a service and what it needs
   */
  pairs: number;
}
export interface DependencyEdgeList {
  items: DependencyEdge[];
  next: string | null;
  /**
   * On all pages
   */
  total: number;
}
export interface DependencyReport {
  /**
   * Pairs of services of which one needs the other
   */
  edges: number;
  /**
   * Services that need one another, directly or in a round; the largest first
   */
  cycles: string[][];
  /**
   * Services that need nothing and that nothing needs
   */
  orphans: string[];
  /**
   * The most wanted first, 1,000 at most
   */
  unknown: DependencyUnknown[];
  unknownLeftOut: number;
}
export interface DependencyUnknown {
  /**
   * As of a DependencyNode
   */
  id: string;
  /**
   * The first 100
   */
  rpcs: string[];
  rpcCount: number;
  /**
   * Services that need it; the first 20
   */
  namedBy: string[];
  namedByCount: number;
}
export interface ServiceGrpc {
  provides: ServiceGrpcProvided[];
  consumes: ServiceGrpcConsumed[];
}
export interface ServiceGrpcProvided {
  /**
   * Full name of the gRPC service
   */
  name: string;
  /**
   * Where it is declared; none: no published set declares it
   */
  repositories: string[];
  deprecated: boolean;
  summary: string | null;
  methods: ApiMethodUse[];
  /**
   * Who calls it, whatever method
   */
  consumers: ApiParty[];
}
export interface ApiMethodUse {
  name: string;
  deprecated: boolean;
  clientStreaming: boolean;
  serverStreaming: boolean;
  consumers: ApiParty[];
}
/**
 * A microservice at one end of an RPC, as its spec says
 */
export interface ApiParty {
  service: string;
  team: string | null;
  /**
   * The RPC; null = the spec names the gRPC service as a whole
   */
  method: string | null;
}
export interface ServiceGrpcConsumed {
  /**
   * Full name of the gRPC service
   */
  name: string;
  /**
   * null = the service as a whole
   */
  method: string | null;
  repositories: string[];
  /**
   * Is it declared where it is said to be
   */
  known: boolean;
  deprecated: boolean;
  providers: ApiParty[];
}
export interface ApiCounts {
  files: number;
  packages: number;
  services: number;
  methods: number;
  /**
   * Without the entries of maps
   */
  messages: number;
  fields: number;
  enums: number;
  values: number;
  extensions: number;
}
export interface ApiRevision {
  number: number;
  current: boolean;
  /**
   * false = arrived after a newer one
   */
  applied: boolean;
  receivedAt: string;
  /**
   * user:NAME or token:NAME
   */
  principal: string;
  commit: string | null;
  commitTime: string | null;
  branch: string | null;
  sequence: number | null;
  runUrl: string | null;
  files: number;
  /**
   * Of the set
   */
  bytes: number;
  /**
   * false = some files have no comments and lines
   */
  sourceInfo: boolean;
  /**
   * Files that differ from the revision that was current on arrival
   */
  changed: number;
  /**
   * Breaking changes against the revision that was current on arrival, by the policy and the waivers of that time
   */
  breaking: number;
  /**
   * What it declares; null = not known, of revisions that an older version of mdash took
   */
  counts: null | ApiCounts;
}
export interface ApiRevisionList {
  items: ApiRevision[];
  next: string | null;
}
export interface ApiRepositoryItem {
  name: string;
  /**
   * Last publish, also an unchanged one
   */
  lastSeenAt: string;
  /**
   * Who publishes it
   */
  source: string;
  revisions: number;
  revision: ApiRevision;
  counts: ApiCounts;
}
export interface ApiRepositoryList {
  items: ApiRepositoryItem[];
}
export interface ApiRepositoryPage {
  repository: ApiRepositoryItem;
  revision: ApiRevision;
  /**
   * By name
   */
  packages: ApiPackageItem[];
}
export interface ApiPackageItem {
  /**
   * Empty = files without a package
   */
  name: string;
  services: number;
  messages: number;
  enums: number;
  files: number;
}
export interface ApiItem {
  kind: "service" | "message" | "enum" | "extension";
  name: string;
  fullName: string;
  deprecated: boolean;
  /**
   * The beginning of its comment, Markdown
   */
  summary: string | null;
  /**
   * Methods, fields or values
   */
  parts: number;
}
export interface ApiSymbolPage {
  repository: string;
  revision: ApiRevision;
  kind: "package" | "service" | "method" | "message" | "enum" | "extension";
  name: string;
  fullName: string;
  package: string;
  /**
   * Full name of what it is in; null: the package
   */
  parent: string | null;
  /**
   * The field or value that was asked for
   */
  focus: string | null;
  /**
   * Path of the .proto file; null of packages
   */
  file: string | null;
  /**
   * proto2, proto3, or an edition such as 2023; null of packages
   */
  syntax: string | null;
  line: number | null;
  deprecated: boolean;
  /**
   * What is declared; null of packages
   */
  document: null | ApiServiceDocument | ApiMethodDocument | ApiMessageDocument | ApiEnumDocument | ApiFieldDocument;
  /**
   * Of a package: what is declared in it, by name; of a message: what is nested in it
   */
  items: ApiItem[];
  /**
   * Files of a package
   */
  files: string[];
  /**
   * Packages below a package
   */
  packages: string[];
  /**
   * Other versions of a package, e.g. acme.payment.v2beta1
   */
  siblings: string[];
  /**
   * Of a service or method: who implements it, by the specs
   */
  providers: ApiParty[];
  /**
   * Of a service or method: who calls it, by the specs
   */
  consumers: ApiParty[];
  uses: ApiUseList;
  /**
   * Of a method: the messages and enums that its request and response are made of, nearest first, 60 at most
   */
  types: {
    [k: string]: ApiMessageDocument | ApiEnumDocument | undefined;
  };
}
export interface ApiServiceDocument {
  name: string;
  deprecated?: boolean;
  methods: ApiMethodDocument[];
  options?: ApiOptions;
  line?: number;
  comment?: string;
  trailingComment?: string;
  detachedComments?: string[];
}
export interface ApiMethodDocument {
  name: string;
  /**
   * Full name of the request message
   */
  input: string;
  output: string;
  clientStreaming?: boolean;
  serverStreaming?: boolean;
  deprecated?: boolean;
  idempotency?: "no-side-effects" | "idempotent";
  options?: ApiOptions;
  line?: number;
  comment?: string;
  trailingComment?: string;
  detachedComments?: string[];
}
/**
 * Custom options by the full name of their extension; what cannot be read is {"raw" base64}
 */
export interface ApiOptions {
  [k: string]: unknown | undefined;
}
export interface ApiMessageDocument {
  name: string;
  deprecated?: boolean;
  oneofs: {
    name: string;
    options?: ApiOptions;
    line?: number;
    comment?: string;
  }[];
  fields: ApiFieldDocument[];
  /**
   * Pairs of first and last
   */
  reservedRanges?: number[][];
  reservedNames?: string[];
  extensionRanges?: number[][];
  options?: ApiOptions;
  line?: number;
  comment?: string;
  trailingComment?: string;
  detachedComments?: string[];
}
export interface ApiFieldDocument {
  name: string;
  /**
   * double … sint64, string, bytes, bool, message, enum, group, map
   */
  type: string;
  /**
   * Full name of the message or enum
   */
  typeName?: string;
  /**
   * Of a map
   */
  key?: {
    type: string;
  };
  /**
   * Of a map
   */
  value?: {
    type: string;
    typeName?: string;
  };
  /**
   * Of an extension: full name of the message
   */
  extends?: string;
  oneof?: string;
  number: number;
  jsonName?: string;
  repeated?: boolean;
  presence?: "explicit" | "implicit" | "required";
  packed?: boolean;
  delimited?: boolean;
  default?: string;
  deprecated?: boolean;
  options?: ApiOptions;
  line?: number;
  comment?: string;
  trailingComment?: string;
  detachedComments?: string[];
}
export interface ApiEnumDocument {
  name: string;
  closed?: boolean;
  aliases?: boolean;
  deprecated?: boolean;
  values: {
    name: string;
    number: number;
    deprecated?: boolean;
    options?: ApiOptions;
    line?: number;
    comment?: string;
    trailingComment?: string;
    detachedComments?: string[];
  }[];
  reservedRanges?: number[][];
  reservedNames?: string[];
  options?: ApiOptions;
  line?: number;
  comment?: string;
  trailingComment?: string;
  detachedComments?: string[];
}
export interface ApiUseList {
  items: ApiUse[];
  next: string | null;
}
export interface ApiUse {
  kind: "field" | "method" | "extension";
  fullName: string;
  file: string;
  line: number | null;
}
export interface ApiFilePage {
  repository: string;
  revision: ApiRevision;
  path: string;
  package: string;
  /**
   * proto2, proto3, or an edition such as 2023
   */
  syntax: string;
  imports: string[];
  /**
   * What the file says of itself; null = not known, of files that an older version of mdash read
   */
  document: null | ApiFileDocument;
  /**
   * 100 at most
   */
  importedBy: string[];
  symbols: ApiFileSymbol[];
}
export interface ApiFileDocument {
  /**
   * Options of protobuf itself that the file sets, e.g. java_package and features.field_presence; enums by the names of their values
   */
  standard: {
    [k: string]: string | boolean | undefined;
  };
  options?: ApiOptions;
  /**
   * Imports that who imports this file gets too
   */
  publicImports?: string[];
  weakImports?: string[];
}
export interface ApiFileSymbol {
  kind: "service" | "message" | "enum" | "extension";
  fullName: string;
  parent: string | null;
  document: ApiServiceDocument | ApiMessageDocument | ApiEnumDocument | ApiFieldDocument;
}
/**
 * A breaking change, by buf's rule names; those of mdash itself have the category MDASH
 */
export interface ApiFinding {
  rule: string;
  categories: ("FILE" | "PACKAGE" | "WIRE_JSON" | "WIRE" | "MDASH")[];
  path: string;
  line: number | null;
  column: number | null;
  package: string;
  fullName: string | null;
  detail: string;
  before: string | null;
  after: string | null;
  /**
   * Which peers break: binary, JSON, generated code
   */
  peers: ("wire" | "json" | "source")[];
  /**
   * How to do it without breaking
   */
  fix: string;
  /**
   * By the policy of the repository: breaking, allowed (the policy does not ask for the rule), or waived (it would break, but a waiver lets it pass)
   */
  verdict: "breaking" | "allowed" | "waived";
  /**
   * The waiver that lets it pass
   */
  waiver: ApiFindingWaiver | null;
  /**
   * Microservices that call or provide what breaks
   */
  impact: ApiImpact[];
}
export interface ApiFindingWaiver {
  id: number;
  reason: string;
  until: string;
  grantedBy: string;
}
export interface ApiImpact {
  service: string;
  team: string | null;
  role: "consumes" | "provides";
  /**
   * Full names of the RPCs or gRPC services that their spec names
   */
  rpcs: string[];
}
/**
 * Findings by their verdict
 */
export interface ApiVerdictCounts {
  breaking: number;
  allowed: number;
  waived: number;
}
/**
 * What breaks in the packages of a prefix; the longest prefix of a package holds
 */
export interface ApiPolicyItem {
  /**
   * Whole parts of a package name: `acme.pay` is for acme.pay and acme.pay.v1, not for acme.payments; empty = every package
   */
  prefix: string;
  /**
   * Categories (FILE, PACKAGE, WIRE_JSON, WIRE, MDASH) and names of rules; none = nothing breaks
   */
  use: string[];
  /**
   * Categories and names of rules that are allowed all the same
   */
  except: string[];
  /**
   * Whatever changes in v1alpha1, v1beta1, v1p1beta1, v1test is allowed
   */
  ignoreUnstable: boolean;
}
/**
 * Without a stored policy one item for all packages that uses FILE, which is also what packages get that no prefix fits
 */
export interface ApiPolicy {
  /**
   * How often it was changed; 0 = never
   */
  version: number;
  changedBy: string | null;
  changedAt: string | null;
  /**
   * By prefix
   */
  items: ApiPolicyItem[];
}
export interface ApiPolicyDraft {
  /**
   * That of the policy which this one replaces
   */
  version: number;
  /**
   * Each prefix once
   */
  items: ApiPolicyItem[];
}
export interface ApiWaiver {
  id: number;
  /**
   * null = every rule
   */
  rule: string | null;
  /**
   * Full name of a symbol or a package, with all that is in it, or the path of a file
   */
  subject: string;
  reason: string;
  until: string;
  grantedBy: string;
  grantedAt: string;
  endedBy: string | null;
  endedAt: string | null;
  state: "active" | "expired" | "ended";
}
export interface ApiWaiverList {
  items: ApiWaiver[];
  next: string | null;
}
export interface ApiWaiverDraft {
  /**
   * Name of a rule; null = every rule
   */
  rule?: string | null;
  subject: string;
  reason: string;
  /**
   * In the future and at most 366 days ahead
   */
  until: string;
}
export interface ApiChange {
  how: "added" | "removed" | "changed";
  kind: "service" | "method" | "message" | "field" | "enum" | "value" | "extension";
  fullName: string;
  path: string;
  line: number | null;
  /**
   * What differs, e.g. `type int32`
   */
  before: string | null;
  after: string | null;
  onlyComment: boolean;
}
export interface ApiDiffPackage {
  package: string;
  /**
   * Of the package, left out or not
   */
  counts: {
    breaking: number;
    allowed: number;
    waived: number;
    added: number;
    removed: number;
    changed: number;
  };
  /**
   * Breaking ones first, then waived ones
   */
  findings: ApiFinding[];
  findingsLeftOut: number;
  changes: ApiChange[];
  changesLeftOut: number;
}
export interface ApiDiff {
  repository: string;
  from: ApiRevision;
  to: ApiRevision;
  /**
   * Of all packages, whatever is left out
   */
  counts: {
    findings: number;
    breaking: number;
    allowed: number;
    waived: number;
    added: number;
    removed: number;
    changed: number;
    /**
     * Files that differ
     */
    files: number;
  };
  /**
   * Those that differ: with breaking changes first, then by name
   */
  packages: ApiDiffPackage[];
  /**
   * All that the findings name, once each
   */
  impact: ApiImpact[];
}
/**
 * The same bytes for a dry run and for the publish itself
 */
export interface ApiPublishResult {
  repository: string;
  result: "created" | "updated" | "unchanged" | "superseded";
  revision: number;
  files: {
    total: number;
    new: number;
    changed: number;
    removed: number;
    /**
     * Imports that the set lacked and that were taken from what is stored
     */
    completed: string[];
  };
  counts: ApiCounts;
  warnings: Fault[];
  verdicts: ApiVerdictCounts;
  /**
   * Against the current revision, the first 1,000: breaking ones first, then waived ones
   */
  findings: ApiFinding[];
  findingsLeftOut: number;
  changes: {
    added: number;
    removed: number;
    changed: number;
  };
  impact: ApiImpact[];
  /**
   * What rules of campaigns opened and closed, the first 200
   */
  todos: TodoChange[];
  /**
   * Further ones; only where there are some
   */
  todosLeftOut?: number;
  /**
   * true: rules failed or took too long, and look later
   */
  todosPending?: boolean;
}
/**
 * What a rule brought about
 */
export interface TodoChange {
  campaign: string;
  serviceID: string;
  team?: string;
  happened: "opened" | "reopened" | "done" | "in_review" | "cancelled";
  stateBefore?: string;
  state: string;
  /**
   * facts_expired: nobody said them again in time
   */
  cause: "launched" | "facts" | "facts_expired" | "target" | "rule";
  ruleVersion?: number;
  factsBefore: TodoFacts | null;
  facts: TodoFacts | null;
}
/**
 * Facts by key; null = not known. Instead of a value of more than 2000 bytes, as it is stored, there is
 * `{"leftOut": true, "bytes": 72012}`. Where a rule may read all of a family (`spec.*`) or everything (`*`), the members are in an
 * object, of each family at most 50.
 *
 */
export interface TodoFacts {
  [k: string]: unknown | undefined;
}
/**
 * Services that it is for, as the filters of the service list; nothing = all of them
 */
export interface CampaignTarget {
  q?: string | null;
  team?: string | null;
  corp?: string | null;
  tag?: string[];
  lifecycle?: "experimental" | "production" | "deprecated" | "retired" | "unspecified" | null;
  tier?: number | null;
}
export interface CampaignDraft {
  name: string;
  /**
   * One line
   */
  title: string;
  /**
   * Markdown
   */
  why?: string;
  /**
   * Markdown
   */
  how?: string;
  target?: CampaignTarget;
  /**
   * SQL/JSON path over the facts of a service that is true when the item is done, e.g. `exists($.spec.contact.slack.alertChannelId)`; null = people say what is done
   */
  rule?: string | null;
  /**
   * Who asks; a team that has services or members
   */
  team: string;
  /**
   * Who looks at what is done before it counts
   */
  reviewTeam?: string | null;
  /**
   * 1 matters most
   */
  level?: number | null;
  /**
   * When in the life of a service it matters, e.g. design
   */
  phase?: string | null;
  due?: string | null;
  /**
   * A standard
   */
  permanent?: boolean;
  /**
   * Open items of a team over all campaigns that hold a launch; where the installation has a lower limit, that does
   */
  teamLimit?: number | null;
  /**
   * What is done and then no longer within this time goes on as it was (168)
   */
  dampingHours?: number;
}
/**
 * A draft while it is written, of which nothing need be given
 */
export interface CampaignPreviewDraft {
  name?: string;
  /**
   * One line
   */
  title?: string;
  /**
   * Markdown
   */
  why?: string;
  /**
   * Markdown
   */
  how?: string;
  target?: CampaignTarget;
  /**
   * SQL/JSON path over the facts of a service that is true when the item is done, e.g. `exists($.spec.contact.slack.alertChannelId)`; null = people say what is done
   */
  rule?: string | null;
  /**
   * Who asks; a team that has services or members
   */
  team?: string;
  /**
   * Who looks at what is done before it counts
   */
  reviewTeam?: string | null;
  /**
   * 1 matters most
   */
  level?: number | null;
  /**
   * When in the life of a service it matters, e.g. design
   */
  phase?: string | null;
  due?: string | null;
  /**
   * A standard
   */
  permanent?: boolean;
  /**
   * Open items of a team over all campaigns that hold a launch; where the installation has a lower limit, that does
   */
  teamLimit?: number | null;
  /**
   * What is done and then no longer within this time goes on as it was (168)
   */
  dampingHours?: number;
}
/**
 * The members of a draft but its name; what is not given stays
 */
export interface CampaignChange {
  title?: string;
  why?: string;
  how?: string;
  target?: CampaignTarget;
  rule?: string | null;
  team?: string;
  reviewTeam?: string | null;
  level?: number | null;
  phase?: string | null;
  due?: string | null;
  permanent?: boolean;
  teamLimit?: number | null;
  dampingHours?: number;
}
export interface CampaignEnd {
  state: "finished" | "cancelled";
}
export interface CampaignRule {
  version: number;
  predicate: string;
  /**
   * Facts that it reads; `family.*` and `*` where it may read more
   */
  keys: string[];
  createdBy: string | null;
  createdAt: string;
  /**
   * It failed or took too long and is not run
   */
  quarantine: {
    reason: string;
    since: string;
  } | null;
}
/**
 * Items by state; those that are overdue are counted in their states, too. Shares are of all but `cancelled`, which is not asked
 * any more: (done + notApplicable + exempt) of these and open, waiting and inReview.
 *
 */
export interface TodoCounts {
  open: number;
  waiting: number;
  inReview: number;
  done: number;
  notApplicable: number;
  exempt: number;
  cancelled: number;
  overdue: number;
}
export interface Campaign {
  name: string;
  title: string;
  target: CampaignTarget;
  rule: CampaignRule | null;
  team: string | null;
  reviewTeam: string | null;
  level: number | null;
  phase: string | null;
  due: string | null;
  state: "draft" | "scheduled" | "running" | "finished" | "cancelled";
  /**
   * When it is launched by itself; of a launch that is held, when it would be
   */
  startsAt: string | null;
  permanent: boolean;
  /**
   * What the campaign says itself
   */
  teamLimit: number | null;
  /**
   * What holds a launch: `teamLimit`, or the installation's where that is lower or there is none
   */
  limit: number | null;
  dampingHours: number;
  /**
   * A launch that waits for an admin
   */
  held: {
    by: string | null;
    at: string;
    teams: string[];
  } | null;
  counts: TodoCounts;
  /**
   * Counts changes; for If-Match
   */
  version: number;
  createdBy: string | null;
  createdAt: string;
  launchedAt: string | null;
  endedAt: string | null;
}
export interface CampaignList {
  items: Campaign[];
  next: string | null;
}
export interface CampaignPage {
  campaign: Campaign;
  why: string;
  how: string;
  /**
   * Burn-up: how many items there were and how many were settled (done, not applicable, exempt), without those that were cancelled by then, at the end of each day since the launch, at most 400 of them
   */
  progress: CampaignDay[];
  /**
   * When all will be settled if it goes on as in the last 28 days; null = not at all, or the first week is not over
   */
  forecast: {
    date: string;
    perDay: number;
  } | null;
  teams: CampaignTeam[];
}
export interface CampaignDay {
  day: string;
  total: number;
  settled: number;
}
export interface CampaignTeam {
  team: string | null;
  counts: TodoCounts;
  /**
   * Open items of the team in all campaigns
   */
  load: number;
}
export interface CampaignPreview {
  /**
   * Services of the target
   */
  services: number;
  /**
   * Items that would be open
   */
  open: number;
  /**
   * Items that would be done at once
   */
  done: number;
  /**
   * Items that stay as they are
   */
  kept: number;
  teams: CampaignPreviewTeam[];
  /**
   * Teams over the limit; the launch would wait
   */
  overLimit: string[];
  /**
   * Keys that the rule reads and that no fact of any service has
   */
  unknownKeys: string[];
  /**
   * Ten items at most, open ones first
   */
  sample: CampaignPreviewItem[];
  /**
   * Launched at `at`: how many were open then, and how many of these would be done by now
   */
  backTest: {
    at: string;
    open: number;
    doneSince: number;
  } | null;
}
export interface CampaignPreviewTeam {
  team: string | null;
  open: number;
  done: number;
  /**
   * Open items that it has now
   */
  load: number;
}
export interface CampaignPreviewItem {
  serviceID: string;
  team: string | null;
  state: "open" | "done";
  facts: TodoFacts;
}
export interface CampaignLaunch {
  state: "running" | "scheduled" | "held";
  open: number;
  done: number;
  overLimit: string[];
  /**
   * The first 200 by service
   */
  todos: TodoChange[];
  todosLeftOut: number;
}
export interface Todo {
  id: number;
  /**
   * Its name; null = of a system outside
   */
  campaign: string | null;
  title: string;
  serviceID: string;
  /**
   * The service has left the catalogue: campaigns have cancelled what was open, items from outside stay as they are
   */
  serviceGone: boolean;
  team: string | null;
  state: "open" | "waiting" | "in_review" | "done" | "not_applicable" | "exempt" | "cancelled";
  /**
   * The rule brought it to this state; of one that is cancelled, its service left the target
   */
  byRule: boolean;
  /**
   * user:NAME
   */
  assignee: string | null;
  snoozedUntil: string | null;
  /**
   * Its own or that of the campaign
   */
  due: string | null;
  overdue: boolean;
  level: number | null;
  phase: string | null;
  reason: string | null;
  approver: string | null;
  /**
   * Last day of the exemption
   */
  until: string | null;
  evidence: string | null;
  waitsFor: number | null;
  source: string | null;
  externalID: string | null;
  externalUrl: string | null;
  openedAt: string;
  changedAt: string;
  doneAt: string | null;
  reopened: number;
  comments: number;
  version: number;
}
export interface TodoList {
  items: Todo[];
  next: string | null;
  /**
   * With `since`: where to go on
   */
  cursor?: string;
  /**
   * With `mine`: how many there are, over all pages
   */
  groups?: {
    overdue: number;
    week: number;
    later: number;
    /**
     * In the last 28 days
     */
    done: number;
  };
}
export interface TodoDraft {
  source: string;
  /**
   * One line
   */
  externalID: string;
  /**
   * http or https
   */
  externalUrl?: string | null;
  serviceID: string;
  /**
   * One line
   */
  title: string;
  /**
   * A person by the sign-in name
   */
  assignee?: string | null;
  due?: string | null;
  /**
   * http or https
   */
  evidence?: string | null;
}
/**
 * Members that are not given stay; null takes a value away
 */
export interface TodoChangeRequest {
  state?: "open" | "waiting" | "in_review" | "done" | "not_applicable" | "exempt" | "cancelled";
  /**
   * Of not_applicable and exempt
   */
  reason?: string | null;
  /**
   * Of exempt
   */
  until?: string | null;
  /**
   * Of waiting: an item of another service
   */
  waitsFor?: number | null;
  /**
   * A person by the sign-in name
   */
  assignee?: string | null;
  snoozedUntil?: string | null;
  /**
   * Said by those who ask: of a campaign, by its team
   */
  due?: string | null;
  /**
   * http or https
   */
  evidence?: string | null;
  /**
   * Only of an item from outside
   */
  title?: string;
  /**
   * http or https
   */
  externalUrl?: string | null;
  /**
   * Said about it at the same time
   */
  comment?: string;
}
export interface TodoBulk {
  items: {
    id: number;
    version: number;
    change: TodoChangeRequest;
  }[];
}
export interface TodoBulkResult {
  /**
   * In the order of the request
   */
  items: {
    id: number;
    /**
     * As of the single request
     */
    status: number;
    todo?: Todo;
    problem?: Problem;
  }[];
}
export interface TodoPage {
  todo: Todo;
  why: string;
  how: string;
  rule: CampaignRule | null;
  /**
   * What the rule reads
   */
  facts: Fact[];
  /**
   * Newest first, at most 200
   */
  transitions: TodoTransition[];
  transitionsLeftOut: number;
  /**
   * Oldest first, the last 200
   */
  comments: TodoComment[];
  reviewTeam: string | null;
  campaignTeam: string | null;
  /**
   * States that the caller may bring it to
   */
  may: string[];
}
export interface Fact {
  /**
   * family.name, e.g. spec.tier
   */
  key: string;
  known: boolean;
  /**
   * Any JSON value; null where it is not known
   */
  value: unknown;
  source: string | null;
  commit: string | null;
  since: string | null;
  expiresAt: string | null;
}
export interface TodoTransition {
  at: string;
  stateBefore: string | null;
  state: string;
  actorKind: "rule" | "person" | "system";
  actor: string | null;
  /**
   * launched, facts, facts_expired, target, rule, expired (an exemption), unblocked, ended; or what a person gave as the reason
   */
  cause: string;
  ruleVersion: number | null;
  factsBefore: TodoFacts | null;
  facts: TodoFacts | null;
  publish: {
    version?: number;
    commit?: string;
    runUrl?: string;
  } | null;
}
export interface TodoComment {
  id: number;
  author: string | null;
  /**
   * Markdown
   */
  text: string;
  createdAt: string;
}
export interface TodoCommentList {
  items: TodoComment[];
  next: string | null;
}
export interface TodoCommentDraft {
  text: string;
}
export interface TodoMatrix {
  campaigns: {
    name: string;
    title: string;
  }[];
  items: {
    serviceID: string;
    team: string | null;
    todos: {
      id: number;
      campaign: string;
      state: string;
    }[];
  }[];
  next: string | null;
}
export interface FactList {
  items: Fact[];
}
export interface FactKeyList {
  items: {
    key: string;
    services: number;
    /**
     * A value of it
     */
    example: unknown;
  }[];
}
export interface SearchResult {
  items: SearchHit[];
}
export interface SearchHit {
  kind: "service" | "team" | "grpc-service" | "rpc" | "message" | "field" | "enum" | "value" | "extension";
  /**
   * A service or team by its name; a symbol as repository/full.name
   */
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
  /**
   * What rules of campaigns opened and closed, the first 200
   */
  todos: TodoChange[];
  /**
   * Further ones; only where there are some
   */
  todosLeftOut?: number;
  /**
   * true: rules failed or took too long, and look later
   */
  todosPending?: boolean;
}
export interface PublishItem {
  serviceID: string;
  result: "created" | "updated" | "unchanged" | "superseded" | "restored" | "tombstoned" | "held";
  version: number;
  changes: Change[];
}
export interface FactsDraft {
  /**
   * Not spec, api, kubernetes and service, which come from what is published, nor junit, coverage and components, which come from reports
   */
  family: string;
  /**
   * Any JSON value but null, 4,096 bytes at most, by name: 1 to 100 characters of one line, without dots, quotes and backslashes
   */
  facts: {
    [k: string]: unknown | undefined;
  };
  /**
   * How long they hold unless they are said again; null = as long as nothing else is said
   */
  ttlSeconds?: number | null;
  /**
   * Facts of this family that are not given end
   */
  wholly?: boolean;
  commit?: string | null;
}
export interface FactsResult {
  result: "updated" | "unchanged";
  /**
   * New ones and those with another value
   */
  written: number;
  unchanged: number;
  ended: number;
  /**
   * What rules of campaigns opened and closed, the first 200
   */
  todos: TodoChange[];
  /**
   * Further ones; only where there are some
   */
  todosLeftOut?: number;
  /**
   * true: rules failed or took too long, and look later
   */
  todosPending?: boolean;
}
export interface ReportAccepted {
  /**
   * Number of the background job that reads it
   */
  job: number;
  /**
   * Where that job tells its state and, should the report not be readable, why
   */
  url: string;
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
  type: "mdash.service.publish" | "mdash.services.publish" | "mdash.descriptor-set.publish";
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
   * The text as received; the bytes of descriptor sets are not kept
   */
  source: string | null;
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
export interface Job {
  id: number;
  kind: string;
  /**
   * Of one kind and key one waits and one runs at most
   */
  key: string | null;
  /**
   * What it talks to
   */
  target: string | null;
  /**
   * waiting: for the parts of the run; dead: tried in vain
   */
  state: "ready" | "running" | "waiting" | "done" | "dead" | "cancelled";
  attempts: number;
  attemptsMax: number;
  createdAt: string;
  /**
   * Not before
   */
  runAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /**
   * How long it has been due or was when it was begun; null when it has ended
   */
  delayMs: number | null;
  /**
   * The schedule that made it
   */
  schedule: string | null;
  /**
   * The run that it is a part of
   */
  parent: number | null;
  parts: null | JobParts;
  /**
   * Of a run: how many parts are done, failed, late
   */
  result: {
    [k: string]: unknown | undefined;
  } | null;
  /**
   * Why the last attempt failed
   */
  error: string | null;
}
/**
 * A run is closed by its last part, or at its deadline with what there is then
 */
export interface JobParts {
  all: number;
  open: number;
  deadline: string;
}
export interface JobList {
  items: Job[];
  next: string | null;
}
export interface JobDetail {
  job: Job;
  payload: {
    [k: string]: unknown | undefined;
  };
  /**
   * Attempts that came to nothing, the last one first, at most 100
   */
  failures: JobFailure[];
}
export interface JobFailure {
  attempt: number;
  at: string;
  /**
   * The process that tried
   */
  runner: string | null;
  error: string;
}
export interface Schedule {
  name: string;
  kind: string;
  everySeconds: number;
  /**
   * null: it rests
   */
  nextAt: string | null;
  /**
   * The last of its times that a job was made for
   */
  lastAt: string | null;
  pausedAt: string | null;
  lastJob: null | Job;
}
export interface ScheduleList {
  items: Schedule[];
}
export interface ScheduleChange {
  paused: boolean;
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
export interface GetApiRepositoryQuery {
  /**
   * Number of a revision; without it the current one
   */
  revision?: number;
}
export interface GetApiSymbolQuery {
  /**
   * Number of a revision; without it the current one
   */
  revision?: number;
}
export interface ListApiUsesQuery {
  /**
   * Number of a revision; without it the current one
   */
  revision?: number;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface GetApiFileQuery {
  /**
   * Path as imports name it
   */
  path: string;
  /**
   * Number of a revision; without it the current one
   */
  revision?: number;
}
export interface ListApiRevisionsQuery {
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface DiffApiRevisionsQuery {
  from: number;
  to: number;
  /**
   * Only this package; empty = files without one
   */
  package?: string;
}
export interface ListApiWaiversQuery {
  /**
   * active = in force; past = expired or ended
   */
  state?: "active" | "past" | "all";
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface GetDescriptorSetQuery {
  /**
   * Number of a revision; without it the current one
   */
  revision?: number;
  symbol?: string;
}
export interface GetDependenciesQuery {
  /**
   * The service to look around
   */
  center?: string;
  /**
   * How far
   */
  hops?: number;
  /**
   * What the service needs, what needs it, or both
   */
  direction?: "both" | "dependencies" | "dependents";
  /**
   * Roll up by owning team
   */
  by?: "team";
}
export interface ListDependenciesQuery {
  /**
   * The service to look around
   */
  center?: string;
  /**
   * How far
   */
  hops?: number;
  /**
   * What the service needs, what needs it, or both
   */
  direction?: "both" | "dependencies" | "dependents";
  /**
   * Team of the services that need; `-` = services without one
   */
  fromTeam?: string;
  /**
   * Team of the services that are needed; `-` = services without one, `--` = what is not in the catalogue
   */
  toTeam?: string;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface ListCampaignsQuery {
  state?: "draft" | "scheduled" | "running" | "finished" | "cancelled";
  /**
   * Words of name, title and owner team
   */
  q?: string;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface PreviewCampaignQuery {
  /**
   * An existing campaign that the draft would change; what is not given stays
   */
  campaign?: string;
  /**
   * Back-test: what of it would be done by now, had it been launched then
   */
  at?: string;
}
export interface LaunchCampaignQuery {
  dryRun?: "0" | "1";
  /**
   * Launch then and not now
   */
  at?: string;
}
export interface ListTodosQuery {
  campaign?: string;
  service?: string;
  /**
   * `-` = of services without one
   */
  team?: string;
  assignee?: string;
  /**
   * 1 = of my teams, or assigned to me
   */
  mine?: "0" | "1";
  /**
   * todo = open, waiting and in review
   */
  state?: "todo" | "open" | "waiting" | "in_review" | "done" | "not_applicable" | "exempt" | "cancelled" | "all";
  /**
   * week = in the seven days from today; later = after these, or without a date
   */
  due?: "overdue" | "week" | "later";
  /**
   * 1 = snoozed ones, too
   */
  snoozed?: "0" | "1";
  source?: string;
  /**
   * With `source`: the one item
   */
  externalID?: string;
  /**
   * Cursor of changes; empty = from the beginning
   */
  since?: string;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface GetTodoMatrixQuery {
  team?: string;
  /**
   * Only services that have an item of it
   */
  campaign?: string;
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface ListTodoCommentsQuery {
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface ListFactsQuery {
  service: string;
}
export interface RotateWebhookQuery {
  /**
   * How long the old one goes on
   */
  overlapHours?: number;
}
export interface ListWebhookDeliveriesQuery {
  /**
   * All without it
   */
  state?: "waiting" | "sending" | "delivered" | "dead";
  /**
   * Cursor: the `next` of the page before
   */
  after?: string;
  limit?: number;
}
export interface SearchQuery {
  q: string;
  kind?: "service" | "team" | "grpc-service" | "rpc" | "message" | "field" | "enum" | "value" | "extension";
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
export interface PublishDescriptorSetQuery {
  /**
   * 1 = answer as a publish would, and keep nothing
   */
  dryRun?: "0" | "1";
  /**
   * Order key; a higher one wins
   */
  sequence?: number;
  commit?: string;
  /**
   * Order key without a sequence
   */
  commitTime?: string;
  branch?: string;
  runUrl?: string;
  /**
   * 1 = become the current one whatever the order says; admins only
   */
  force?: "0" | "1";
}
export interface PublishFactsQuery {
  /**
   * 1 = report the effect and write nothing
   */
  dryRun?: "0" | "1";
}
export interface ReceiveReportQuery {
  /**
   * How long the facts hold unless they are reported again
   */
  ttlSeconds?: number;
  commit?: string;
  branch?: string;
  runUrl?: string;
}
export interface ListFailedPublishesQuery {
  service?: string;
  /**
   * Only descriptor sets of this proto repository
   */
  repository?: string;
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
export interface ListJobsQuery {
  state?: "ready" | "running" | "waiting" | "done" | "dead" | "cancelled";
  kind?: string;
  /**
   * The parts of this run; without it jobs that are no parts
   */
  parent?: number;
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
  "GET /api/v1/services/{id}/grpc": { path: { id: string }; answer: ServiceGrpc };
  "GET /api/v1/apis": { answer: ApiRepositoryList };
  "GET /api/v1/apis/{repository}": { path: { repository: string }; query: GetApiRepositoryQuery; answer: ApiRepositoryPage };
  "GET /api/v1/apis/{repository}/symbols/{name}": { path: { repository: string; name: string }; query: GetApiSymbolQuery; answer: ApiSymbolPage };
  "GET /api/v1/apis/{repository}/symbols/{name}/uses": { path: { repository: string; name: string }; query: ListApiUsesQuery; answer: ApiUseList };
  "GET /api/v1/apis/{repository}/files": { path: { repository: string }; query: GetApiFileQuery; answer: ApiFilePage };
  "GET /api/v1/apis/{repository}/revisions": { path: { repository: string }; query: ListApiRevisionsQuery; answer: ApiRevisionList };
  "GET /api/v1/apis/{repository}/diff": { path: { repository: string }; query: DiffApiRevisionsQuery; answer: ApiDiff };
  "GET /api/v1/apis/{repository}/policy": { path: { repository: string }; answer: ApiPolicy };
  "PUT /api/v1/apis/{repository}/policy": { path: { repository: string }; body: ApiPolicyDraft; answer: ApiPolicy };
  "GET /api/v1/apis/{repository}/waivers": { path: { repository: string }; query: ListApiWaiversQuery; answer: ApiWaiverList };
  "POST /api/v1/apis/{repository}/waivers": { path: { repository: string }; body: ApiWaiverDraft; answer: ApiWaiver };
  "DELETE /api/v1/apis/{repository}/waivers/{id}": { path: { repository: string; id: number }; answer: undefined };
  "GET /api/v1/apis/{repository}/descriptor-set": { path: { repository: string }; query: GetDescriptorSetQuery; answer: undefined };
  "GET /api/v1/dependencies": { query: GetDependenciesQuery; answer: DependencyPicture };
  "GET /api/v1/dependencies/edges": { query: ListDependenciesQuery; answer: DependencyEdgeList };
  "GET /api/v1/dependencies/report": { answer: DependencyReport };
  "GET /api/v1/campaigns": { query: ListCampaignsQuery; answer: CampaignList };
  "POST /api/v1/campaigns": { body: CampaignDraft; answer: Campaign };
  "POST /api/v1/campaigns/preview": { query: PreviewCampaignQuery; body: CampaignPreviewDraft; answer: CampaignPreview };
  "GET /api/v1/campaigns/{campaign}": { path: { campaign: string }; answer: CampaignPage };
  "PATCH /api/v1/campaigns/{campaign}": { path: { campaign: string }; body: CampaignChange; answer: CampaignPage };
  "POST /api/v1/campaigns/{campaign}/launch": { path: { campaign: string }; query: LaunchCampaignQuery; answer: CampaignLaunch };
  "POST /api/v1/campaigns/{campaign}/approve": { path: { campaign: string }; answer: CampaignLaunch };
  "POST /api/v1/campaigns/{campaign}/end": { path: { campaign: string }; body: CampaignEnd; answer: CampaignPage };
  "GET /api/v1/todos": { query: ListTodosQuery; answer: TodoList };
  "POST /api/v1/todos": { body: TodoDraft; answer: Todo };
  "POST /api/v1/todos/bulk": { body: TodoBulk; answer: TodoBulkResult };
  "GET /api/v1/todos/matrix": { query: GetTodoMatrixQuery; answer: TodoMatrix };
  "GET /api/v1/todos/{id}": { path: { id: number }; answer: TodoPage };
  "PATCH /api/v1/todos/{id}": { path: { id: number }; body: TodoChangeRequest; answer: Todo };
  "GET /api/v1/todos/{id}/comments": { path: { id: number }; query: ListTodoCommentsQuery; answer: TodoCommentList };
  "POST /api/v1/todos/{id}/comments": { path: { id: number }; body: TodoCommentDraft; answer: TodoComment };
  "GET /api/v1/facts": { query: ListFactsQuery; answer: FactList };
  "GET /api/v1/facts/keys": { answer: FactKeyList };
  "GET /api/v1/webhooks": { answer: WebhookList };
  "POST /api/v1/webhooks": { body: WebhookDraft; answer: WebhookMade };
  "GET /api/v1/webhooks/{id}": { path: { id: number }; answer: Webhook };
  "PATCH /api/v1/webhooks/{id}": { path: { id: number }; body: WebhookChange; answer: Webhook };
  "DELETE /api/v1/webhooks/{id}": { path: { id: number }; answer: undefined };
  "POST /api/v1/webhooks/{id}/rotate": { path: { id: number }; query: RotateWebhookQuery; answer: WebhookMade };
  "POST /api/v1/webhooks/{id}/enable": { path: { id: number }; answer: Webhook };
  "POST /api/v1/webhooks/{id}/test": { path: { id: number }; answer: WebhookDelivery };
  "POST /api/v1/webhooks/{id}/replay": { path: { id: number }; body: WebhookReplay; answer: WebhookReplayed };
  "GET /api/v1/webhooks/{id}/deliveries": { path: { id: number }; query: ListWebhookDeliveriesQuery; answer: WebhookDeliveryList };
  "POST /api/v1/webhooks/{id}/deliveries/{delivery}/retry": { path: { id: number; delivery: number }; answer: WebhookDelivery };
  "GET /api/v1/search": { query: SearchQuery; answer: SearchResult };
  "GET /api/v1/events": { query: ListEventsQuery; answer: EventList };
  "GET /events/stream": { answer: undefined };
  "PUT /api/v1/ingest/services/{id}": { path: { id: string }; query: PublishServiceQuery; answer: PublishResult };
  "POST /api/v1/ingest/services": { query: PublishSetQuery; answer: PublishResult };
  "PUT /api/v1/ingest/descriptor-sets/{repository}": { path: { repository: string }; query: PublishDescriptorSetQuery; answer: ApiPublishResult };
  "PUT /api/v1/ingest/facts/{service}": { path: { service: string }; query: PublishFactsQuery; body: FactsDraft; answer: FactsResult };
  "POST /api/v1/ingest/reports/{service}/{format}": { path: { service: string; format: string }; query: ReceiveReportQuery; answer: ReportAccepted };
  "POST /api/v1/ingest/pubsub": { body: PubSubEnvelope; answer: undefined };
  "POST /api/v1/ingest/cloudevents": { answer: undefined };
  "GET /api/v1/failed-publishes": { query: ListFailedPublishesQuery; answer: FailedPublishList };
  "GET /api/v1/failed-publishes/{id}": { path: { id: number }; answer: FailedPublishDetail };
  "GET /api/v1/held-publishes": { answer: HeldPublishList };
  "POST /api/v1/held-publishes/{publisher}/approve": { path: { publisher: string }; answer: PublishResult };
  "POST /api/v1/held-publishes/{publisher}/reject": { path: { publisher: string }; answer: undefined };
  "GET /api/v1/jobs": { query: ListJobsQuery; answer: JobList };
  "GET /api/v1/jobs/{id}": { path: { id: number }; answer: JobDetail };
  "POST /api/v1/jobs/{id}/retry": { path: { id: number }; answer: Job };
  "POST /api/v1/jobs/{id}/cancel": { path: { id: number }; answer: Job };
  "GET /api/v1/schedules": { answer: ScheduleList };
  "PATCH /api/v1/schedules/{schedule}": { path: { schedule: string }; body: ScheduleChange; answer: Schedule };
  "POST /api/v1/schedules/{schedule}/run": { path: { schedule: string }; answer: Job };
  "GET /healthz": { answer: Health };
  "GET /readyz": { answer: Health };
}
