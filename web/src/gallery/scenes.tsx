// SPDX-License-Identifier: Apache-2.0
import { broken, internal, LOST, NEVER, Refusal } from "./answers";
import { apiScenes, usualApis } from "./apiScenes";
import * as account from "./data/account";
import * as depends from "./data/dependencies";
import * as background from "./data/jobs";
import * as publishes from "./data/publishes";
import * as one from "./data/service";
import { listOf, services } from "./data/services";
import * as team from "./data/teams";
import { daysAgo } from "./data/time";
import * as hooks from "./data/webhooks";
import { HookMeanwhile, HookRefused, HookSecret } from "./hookOverlays";
import { Confirm, Faulty, Help, Palettes, Refused, Secret, SignInOver } from "./overlays";
import type { Scene } from "./scene";
import type { SceneId } from "./shows";
import { todoScenes, usualTodos } from "./todoScenes";

/** What every screen asks for, or may. */
const usual: Scene["answers"] = {
  "GET /api/v1/session": account.admin,
  "GET /api/v1/failed-publishes": { items: publishes.failures.slice(0, 1), next: null },
  "GET /api/v1/held-publishes": { items: [] },
  "GET /api/v1/services": listOf(services),
  "GET /api/v1/services/{id}": one.page,
  "GET /api/v1/services/{id}/versions": { items: one.versions, next: null },
  "GET /api/v1/services/{id}/versions/{number}": one.detail,
  "GET /api/v1/services/{id}/diff": {
    from: one.versions[3] ?? null,
    to: one.detail.version,
    changes: one.changes,
  },
  "GET /api/v1/services/{id}/activity": { items: one.events, next: null },
  "GET /api/v1/teams": team.teams,
  "GET /api/v1/teams/{team}": team.teamPage,
  "GET /api/v1/dependencies": depends.teams,
  "GET /api/v1/dependencies/edges": depends.list,
  "GET /api/v1/dependencies/report": depends.report,
  "GET /api/v1/failed-publishes/{id}": publishes.failureDetail,
  "GET /api/v1/jobs": { items: background.jobs, next: null },
  "GET /api/v1/schedules": { items: background.schedules },
  "GET /api/v1/tokens": { items: account.tokens },
  "GET /api/v1/webhooks": { items: hooks.webhooks },
  "GET /api/v1/webhooks/{id}/deliveries": { items: hooks.deliveries, next: null },
  "GET /api/v1/search": { items: [] },
  ...usualApis,
  ...usualTodos,
};

const scene = (path: string, answers: Scene["answers"] = {}, more: Partial<Scene> = {}): Scene => ({
  path,
  answers: { ...usual, ...answers },
  ...more,
});

const waiting = (path: string, answers: Scene["answers"]) => scene(path, answers, { waits: true });

/** Good content, and then a refresh that fails. */
const stale = (path: string, later: Scene["answers"]) => scene(path, {}, { later });

const SERVICE = `/services/${one.ID}`;
const TEAM = `/teams/${team.NAME}`;
const PAST = `at=${encodeURIComponent(daysAgo(7))}`;

const serviceScenes = {
  "services-filled": scene("/services"),
  "services-filtered": scene("/services?q=決済&team=payments-core&tag=grpc&tag=pci", {
    "GET /api/v1/services": listOf(services.filter((each) => each.tags.includes("pci"))),
  }),
  "services-past": scene(`/services?${PAST}`),
  "services-loading": waiting("/services", { "GET /api/v1/services": NEVER }),
  "services-empty": scene("/services", { "GET /api/v1/services": listOf([]) }),
  "services-none": scene("/services?q=zzz", { "GET /api/v1/services": listOf([]) }),
  "services-error": scene("/services", { "GET /api/v1/services": internal }),
  "services-stale": stale("/services", { "GET /api/v1/services": LOST }),
  "service-filled": scene(SERVICE),
  "service-bare": scene(SERVICE, { "GET /api/v1/services/{id}": one.barePage }),
  "service-failing": scene(SERVICE, { "GET /api/v1/services/{id}": one.failingPage }),
  "service-deleted": scene(SERVICE, { "GET /api/v1/services/{id}": one.deletedPage }),
  "service-renamed": scene("/services/acme-charge"),
  "service-past": scene(`${SERVICE}?${PAST}`),
  "service-loading": waiting(SERVICE, { "GET /api/v1/services/{id}": NEVER }),
  "service-missing": scene("/services/acme-paymnet", {
    "GET /api/v1/services/{id}": new Refusal(404, "Not Found", {
      nearest: ["acme-payment", "acme-payment-reconciliation"],
    }),
  }),
  "service-error": scene(SERVICE, { "GET /api/v1/services/{id}": LOST }),
  "service-stale": stale(SERVICE, { "GET /api/v1/services/{id}": broken }),
} satisfies Partial<Record<SceneId, Scene>>;

const ACTIVITY = "GET /api/v1/services/{id}/activity";

const tabScenes = {
  "spec-fields": scene(`${SERVICE}/spec`),
  "spec-source": scene(`${SERVICE}/spec?view=source`),
  "spec-diff": scene(`${SERVICE}/spec?view=diff`),
  "spec-diff-chosen": scene(`${SERVICE}/spec?view=diff&from=9`),
  "spec-loading": waiting(`${SERVICE}/spec`, {
    "GET /api/v1/services/{id}/versions": NEVER,
    "GET /api/v1/services/{id}/versions/{number}": NEVER,
  }),
  "spec-error": scene(`${SERVICE}/spec`, {
    "GET /api/v1/services/{id}/versions": broken,
    "GET /api/v1/services/{id}/versions/{number}": internal,
  }),
  "activity-filled": scene(`${SERVICE}/activity`),
  "activity-apis": scene(`${SERVICE}/activity`, {
    [ACTIVITY]: { items: one.apiEvents, next: null },
  }),
  "activity-empty": scene(`${SERVICE}/activity`, { [ACTIVITY]: { items: [], next: null } }),
  "activity-loading": waiting(`${SERVICE}/activity`, { [ACTIVITY]: NEVER }),
  "activity-error": scene(`${SERVICE}/activity`, { [ACTIVITY]: internal }),
  "activity-stale": stale(`${SERVICE}/activity`, { [ACTIVITY]: LOST }),
} satisfies Partial<Record<SceneId, Scene>>;

const teamScenes = {
  "teams-filled": scene("/teams"),
  "teams-none": scene("/teams?q=zzz"),
  "teams-loading": waiting("/teams", { "GET /api/v1/teams": NEVER }),
  "teams-empty": scene("/teams", { "GET /api/v1/teams": { items: [], unowned: 0 } }),
  "teams-error": scene("/teams", { "GET /api/v1/teams": internal }),
  "teams-stale": stale("/teams", { "GET /api/v1/teams": LOST }),
  "team-filled": scene(TEAM),
  "team-bare": scene(TEAM, { "GET /api/v1/teams/{team}": team.bareTeam }),
  "team-loading": waiting(TEAM, { "GET /api/v1/teams/{team}": NEVER }),
  "team-missing": scene("/teams/payment-core", {
    "GET /api/v1/teams/{team}": new Refusal(404, "Not Found", { nearest: [team.NAME] }),
  }),
  "team-error": scene(TEAM, { "GET /api/v1/teams/{team}": broken }),
  "team-stale": stale(TEAM, { "GET /api/v1/teams/{team}": LOST }),
} satisfies Partial<Record<SceneId, Scene>>;

const DEPENDENCIES = "GET /api/v1/dependencies";
const REPORT = "GET /api/v1/dependencies/report";
const AROUND = `/dependencies?center=${depends.CENTER}&hops=2`;

const dependencyScenes = {
  "dependencies-filled": scene("/dependencies"),
  "dependencies-team": scene("/dependencies?team=payments-core&from=payments-core&to=wallet", {
    "GET /api/v1/dependencies/edges": depends.pairs,
  }),
  "dependencies-clean": scene("/dependencies", { [REPORT]: depends.cleanReport }),
  "dependencies-loading": waiting("/dependencies", { [DEPENDENCIES]: NEVER, [REPORT]: NEVER }),
  "dependencies-empty": scene("/dependencies", { [DEPENDENCIES]: depends.emptyTeams }),
  "dependencies-error": scene("/dependencies", { [DEPENDENCIES]: internal, [REPORT]: broken }),
  "dependencies-stale": stale("/dependencies", { [DEPENDENCIES]: LOST }),
  "dependencies-around-filled": scene(AROUND, { [DEPENDENCIES]: depends.graph }),
  "dependencies-around-large": scene(AROUND, { [DEPENDENCIES]: depends.large }),
  "dependencies-around-alone": scene(AROUND, { [DEPENDENCIES]: depends.alone }),
  "dependencies-around-loading": waiting(AROUND, { [DEPENDENCIES]: NEVER }),
  "dependencies-around-missing": scene("/dependencies?center=acme-paymnet", {
    [DEPENDENCIES]: new Refusal(404, "Not Found", { nearest: [depends.CENTER, "acme-wallet"] }),
  }),
  "dependencies-around-error": scene(AROUND, { [DEPENDENCIES]: LOST }),
  "dependencies-around-stale": scene(
    AROUND,
    { [DEPENDENCIES]: depends.graph },
    { later: { [DEPENDENCIES]: broken } },
  ),
} satisfies Partial<Record<SceneId, Scene>>;

const FAILED = "GET /api/v1/failed-publishes";
const HELD = "GET /api/v1/held-publishes";
const waitingPublishes = {
  [FAILED]: { items: publishes.failures, next: null },
  [HELD]: publishes.held,
};

const publishScenes = {
  "publishes-filled": scene("/publishes", waitingPublishes),
  "publishes-repository": scene("/publishes?repository=acme-protos", {
    [FAILED]: { items: publishes.failures.filter((each) => each.repository), next: null },
  }),
  "publishes-viewer": scene("/publishes", {
    ...waitingPublishes,
    "GET /api/v1/session": account.viewer,
  }),
  "publishes-loading": waiting("/publishes", { [FAILED]: NEVER, [HELD]: NEVER }),
  "publishes-empty": scene("/publishes", { [FAILED]: { items: [], next: null } }),
  "publishes-error": scene("/publishes", { [FAILED]: internal, [HELD]: broken }),
  "publishes-stale": scene("/publishes", waitingPublishes, {
    later: { [FAILED]: LOST, [HELD]: LOST },
  }),
  "failure-filled": scene("/publishes/71?line=10"),
  "failure-resolved": scene("/publishes/71", {
    "GET /api/v1/failed-publishes/{id}": publishes.resolvedDetail,
  }),
  "failure-set": scene("/publishes/70", {
    "GET /api/v1/failed-publishes/{id}": publishes.setDetail,
  }),
  "failure-loading": waiting("/publishes/71", { "GET /api/v1/failed-publishes/{id}": NEVER }),
  "failure-missing": scene("/publishes/9999", {
    "GET /api/v1/failed-publishes/{id}": new Refusal(404, "Not Found"),
  }),
  "failure-error": scene("/publishes/71", { "GET /api/v1/failed-publishes/{id}": internal }),
} satisfies Partial<Record<SceneId, Scene>>;

const JOBS = "GET /api/v1/jobs";
const SCHEDULES = "GET /api/v1/schedules";

const jobScenes = {
  "jobs-filled": scene("/jobs"),
  "jobs-viewer": scene("/jobs", { "GET /api/v1/session": account.viewer }),
  "jobs-loading": waiting("/jobs", { [JOBS]: NEVER, [SCHEDULES]: NEVER }),
  "jobs-empty": scene("/jobs?state=dead", { [JOBS]: { items: [], next: null } }),
  "jobs-error": scene("/jobs", { [JOBS]: internal, [SCHEDULES]: broken }),
  "jobs-stale": stale("/jobs", { [JOBS]: LOST, [SCHEDULES]: LOST }),
} satisfies Partial<Record<SceneId, Scene>>;

const TOKENS = "/settings/tokens";
const WEBHOOKS = "/settings/webhooks";
const PREFERENCES = "/settings/preferences";

const settingsScenes = {
  "tokens-filled": scene(TOKENS),
  "tokens-loading": waiting(TOKENS, { "GET /api/v1/tokens": NEVER }),
  "tokens-empty": scene(TOKENS, { "GET /api/v1/tokens": { items: [] } }),
  "tokens-error": scene(TOKENS, { "GET /api/v1/tokens": internal }),
  "tokens-stale": stale(TOKENS, { "GET /api/v1/tokens": LOST }),
  "token-draft": scene(`${TOKENS}?make=1`),
  "token-draft-faults": scene(TOKENS, {}, { over: <Faulty /> }),
  "token-draft-refused": scene(TOKENS, {}, { over: <Refused /> }),
  "token-secret": scene(TOKENS, {}, { over: <Secret /> }),
  "token-rotate": scene(TOKENS, {}, { over: <Confirm to="rotate" /> }),
  "token-revoke": scene(TOKENS, {}, { over: <Confirm to="revoke" /> }),
  "webhooks-filled": scene(WEBHOOKS),
  "webhooks-loading": waiting(WEBHOOKS, { "GET /api/v1/webhooks": NEVER }),
  "webhooks-empty": scene(WEBHOOKS, { "GET /api/v1/webhooks": { items: [] } }),
  "webhooks-error": scene(WEBHOOKS, { "GET /api/v1/webhooks": internal }),
  "webhooks-stale": stale(WEBHOOKS, { "GET /api/v1/webhooks": LOST }),
  "webhook-log": scene(`${WEBHOOKS}?webhook=1`),
  "webhook-failing": scene(`${WEBHOOKS}?webhook=3`, {
    "GET /api/v1/webhooks/{id}/deliveries": internal,
  }),
  "webhook-disabled": scene(`${WEBHOOKS}?webhook=4`, {
    "GET /api/v1/webhooks/{id}/deliveries": { items: [], next: null },
  }),
  "webhook-draft": scene(`${WEBHOOKS}?make=1`),
  "webhook-edit": scene(`${WEBHOOKS}?webhook=3&edit=1`),
  "webhook-edit-meanwhile": scene(WEBHOOKS, {}, { over: <HookMeanwhile /> }),
  "webhook-edit-refused": scene(WEBHOOKS, {}, { over: <HookRefused /> }),
  "webhook-rotate": scene(`${WEBHOOKS}?webhook=1`, {}, { press: ["[data-ask=rotate]"] }),
  "webhook-secret": scene(WEBHOOKS, {}, { over: <HookSecret /> }),
  "webhook-replay": scene(`${WEBHOOKS}?webhook=1`, {}, { press: ["[data-ask=replay]"] }),
  "webhook-remove": scene(`${WEBHOOKS}?webhook=1`, {}, { press: ["[data-ask=remove]"] }),
  "preferences-filled": scene(PREFERENCES),
  "preferences-loading": waiting(PREFERENCES, { "GET /api/v1/session": NEVER }),
  "preferences-error": scene(PREFERENCES, { "GET /api/v1/session": internal }),
} satisfies Partial<Record<SceneId, Scene>>;

const fromApis = apiScenes(scene);
const fromTodos = todoScenes(scene);

const otherScenes = {
  "sign-in": scene("/sign-in"),
  "sign-in-out": scene("/sign-in?out=1"),
  "sign-in-again": scene("/services", {}, { over: <SignInOver /> }),
  "must-change": scene("/services", {
    "GET /api/v1/session": { ...account.admin, mustChangePassword: true },
  }),
  palette: scene(
    "/services",
    {},
    {
      over: <Palettes />,
      recent: [
        { kind: "service", key: one.ID, detail: "Charges a wallet, a card or a bank account" },
        { kind: "team", key: team.NAME, detail: "11" },
        {
          kind: "symbol",
          key: "acme-protos/acme.payment.v1.PaymentService",
          detail: "acme.payment.v1 · acme-protos",
        },
        { kind: "service", key: "acme-wallet", detail: "ウォレット残高" },
      ],
    },
  ),
  "keyboard-help": scene("/services", {}, { over: <Help /> }),
  "not-found": scene("/nowhere"),
} satisfies Partial<Record<SceneId, Scene>>;

export const scenes: Record<SceneId, Scene> = {
  ...serviceScenes,
  ...tabScenes,
  ...teamScenes,
  ...dependencyScenes,
  ...publishScenes,
  ...jobScenes,
  ...settingsScenes,
  ...fromApis,
  ...fromTodos,
  ...otherScenes,
};
