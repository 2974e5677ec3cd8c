// SPDX-License-Identifier: Apache-2.0
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { AppShell } from "@/app/AppShell";
import { Crash, NotFound } from "@/app/Failures";
import { readDiffSearch } from "@/features/apis/diffSearch";
import { texts as apisTexts } from "@/features/apis/messages";
import { aroundQuery, rollUpQuery } from "@/features/dependencies/api";
import { texts as dependenciesTexts } from "@/features/dependencies/messages";
import { readDependencies } from "@/features/dependencies/model";
import { type JobsSearch, STATES } from "@/features/jobs/api";
import { texts as jobsTexts } from "@/features/jobs/messages";
import type { FailuresSearch } from "@/features/publishes/api";
import { texts as publishesTexts } from "@/features/publishes/messages";
import { serviceQuery } from "@/features/service/api";
import { texts as serviceTexts } from "@/features/service/messages";
import { servicesQuery } from "@/features/services/api";
import { readSearch } from "@/features/services/model";
import { ServicesScreen } from "@/features/services/ServicesScreen";
import { texts as settingsTexts } from "@/features/settings/messages";
import { texts as webhooksTexts } from "@/features/settings/webhooks/messages";
import { teamQuery, teamsQuery } from "@/features/teams/api";
import { texts as teamsTexts } from "@/features/teams/messages";
import { texts as todosTexts } from "@/features/todos/messages";
import { readCampaign, readCampaigns, readMine } from "@/features/todos/model";
import { withTexts } from "@/i18n/texts";
import { flag, moment, oneOf, parseSearch, stringifySearch, text, whole } from "@/lib/search";
import { fromAddress, toAddress } from "@/lib/symbolAddress";

type Raw = Record<string, unknown>;
const MAX = Number.MAX_SAFE_INTEGER;

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NotFound,
});

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/services", replace: true });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw: Raw): { returnTo?: string | undefined; out?: true | undefined } => ({
    returnTo: text(raw.returnTo, 1024),
    out: flag(raw.out),
  }),
  component: lazyRouteComponent(() => import("@/features/session/SignInScreen"), "SignInScreen"),
});

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: AppShell });

/** Loaders only start the request: a screen draws its skeleton meanwhile, and its own errors. */
const services = createRoute({
  getParentRoute: () => shell,
  path: "/services",
  validateSearch: readSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    context.client.prefetchInfiniteQuery(servicesQuery(deps));
  },
  component: ServicesScreen,
});

interface ServiceSearch {
  at?: string | undefined;
  /** The id that was asked for, when the service has been renamed since. */
  was?: string | undefined;
}

const service = createRoute({
  getParentRoute: () => shell,
  path: "/services/$id",
  validateSearch: (raw: Raw): ServiceSearch => ({ at: moment(raw.at), was: text(raw.was, 63) }),
  loaderDeps: ({ search }) => ({ at: search.at }),
  loader: ({ context, params, deps }) => {
    context.client.prefetchQuery(serviceQuery(params.id, deps.at));
  },
  component: lazyRouteComponent(
    withTexts(serviceTexts, () => import("@/features/service/ServiceScreen")),
    "ServiceScreen",
  ),
});

const serviceOverview = createRoute({
  getParentRoute: () => service,
  path: "/",
  component: lazyRouteComponent(
    withTexts(serviceTexts, () => import("@/features/service/OverviewTab")),
    "OverviewTab",
  ),
});

const VIEWS = ["fields", "source", "diff"] as const;

interface SpecSearch {
  /** Version shown; the current one when left out. */
  v?: number | undefined;
  view?: (typeof VIEWS)[number] | undefined;
  /** Version to compare with; 0 = nothing, left out = the one before. */
  from?: number | undefined;
}

const serviceSpec = createRoute({
  getParentRoute: () => service,
  path: "/spec",
  validateSearch: (raw: Raw): SpecSearch => ({
    v: whole(raw.v, 1, Number.MAX_SAFE_INTEGER),
    view: oneOf(raw.view, VIEWS),
    from: whole(raw.from, 0, Number.MAX_SAFE_INTEGER),
  }),
  component: lazyRouteComponent(
    withTexts(serviceTexts, () => import("@/features/service/SpecTab")),
    "SpecTab",
  ),
});

const serviceGrpc = createRoute({
  getParentRoute: () => service,
  path: "/grpc",
  component: lazyRouteComponent(
    withTexts(serviceTexts, () => import("@/features/service/GrpcTab")),
    "GrpcTab",
  ),
});

const serviceActivity = createRoute({
  getParentRoute: () => service,
  path: "/activity",
  component: lazyRouteComponent(
    withTexts(serviceTexts, () => import("@/features/service/ActivityTab")),
    "ActivityTab",
  ),
});

interface ServiceTodosSearch {
  /** Also what is settled. */
  all?: true | undefined;
  item?: number | undefined;
}

const serviceTodos = createRoute({
  getParentRoute: () => service,
  path: "/todos",
  validateSearch: (raw: Raw): ServiceTodosSearch => ({
    all: flag(raw.all),
    item: whole(raw.item, 1, MAX),
  }),
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/ServiceTodos")),
    "ServiceTodos",
  ),
});

const teams = createRoute({
  getParentRoute: () => shell,
  path: "/teams",
  validateSearch: (raw: Raw): { q?: string | undefined; at?: string | undefined } => ({
    q: text(raw.q, 200),
    at: moment(raw.at),
  }),
  loaderDeps: ({ search }) => ({ at: search.at }),
  loader: ({ context, deps }) => {
    context.client.prefetchQuery(teamsQuery(deps.at));
  },
  component: lazyRouteComponent(
    withTexts(teamsTexts, () => import("@/features/teams/TeamsScreen")),
    "TeamsScreen",
  ),
});

const team = createRoute({
  getParentRoute: () => shell,
  path: "/teams/$team",
  validateSearch: (raw: Raw): { at?: string | undefined } => ({ at: moment(raw.at) }),
  loaderDeps: ({ search }) => ({ at: search.at }),
  loader: ({ context, params, deps }) => {
    context.client.prefetchQuery(teamQuery(params.team, deps.at));
  },
  component: lazyRouteComponent(
    withTexts(teamsTexts, () => import("@/features/teams/TeamScreen")),
    "TeamScreen",
  ),
});

const dependencies = createRoute({
  getParentRoute: () => shell,
  path: "/dependencies",
  validateSearch: readDependencies,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (deps.center) {
      context.client.prefetchQuery(aroundQuery(deps));
    } else {
      context.client.prefetchQuery(rollUpQuery);
    }
  },
  component: lazyRouteComponent(
    withTexts(dependenciesTexts, () => import("@/features/dependencies/DependenciesScreen")),
    "DependenciesScreen",
  ),
});

const apis = createRoute({
  getParentRoute: () => shell,
  path: "/apis",
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/RepositoriesScreen")),
    "RepositoriesScreen",
  ),
});

/** Screens of a repository stay in the revision that the address names. */
const apiRepository = createRoute({
  getParentRoute: () => shell,
  path: "/apis/$repository",
  validateSearch: (raw: Raw): { revision?: number | undefined } => ({
    revision: whole(raw.revision, 1, MAX),
  }),
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/RepositoryScreen")),
    "RepositoryScreen",
  ),
});

const apiBrowse = createRoute({
  getParentRoute: () => apiRepository,
  id: "browse",
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/BrowseScreen")),
    "BrowseScreen",
  ),
});

const apiHome = createRoute({
  getParentRoute: () => apiBrowse,
  path: "/",
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/HomeScreen")),
    "HomeScreen",
  ),
});

const apiSymbol = createRoute({
  getParentRoute: () => apiBrowse,
  path: "/$name",
  params: {
    parse: ({ name }) => ({ name: fromAddress(name) }),
    stringify: ({ name }) => ({ name: toAddress(name) }),
  },
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/SymbolScreen")),
    "SymbolScreen",
  ),
});

const apiFile = createRoute({
  getParentRoute: () => apiBrowse,
  path: "/files",
  validateSearch: (raw: Raw): { path?: string | undefined } => ({ path: text(raw.path, 1000) }),
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/FileScreen")),
    "FileScreen",
  ),
});

const apiRevisions = createRoute({
  getParentRoute: () => apiRepository,
  path: "/revisions",
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/RevisionsScreen")),
    "RevisionsScreen",
  ),
});

const apiDiff = createRoute({
  getParentRoute: () => apiRepository,
  path: "/diff",
  validateSearch: readDiffSearch,
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/DiffScreen")),
    "DiffScreen",
  ),
});

const apiPolicy = createRoute({
  getParentRoute: () => apiRepository,
  path: "/policy",
  validateSearch: (raw: Raw): { edit?: true | undefined; waivers?: "past" | undefined } => ({
    edit: flag(raw.edit),
    waivers: oneOf(raw.waivers, ["past"] as const),
  }),
  component: lazyRouteComponent(
    withTexts(apisTexts, () => import("@/features/apis/PolicyScreen")),
    "PolicyScreen",
  ),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: "/jobs",
  validateSearch: (raw: Raw): JobsSearch => ({ state: oneOf(raw.state, STATES) }),
  component: lazyRouteComponent(
    withTexts(jobsTexts, () => import("@/features/jobs/JobsScreen")),
    "JobsScreen",
  ),
});

const publishes = createRoute({
  getParentRoute: () => shell,
  path: "/publishes",
  validateSearch: (raw: Raw): FailuresSearch => ({
    service: text(raw.service, 63),
    repository: text(raw.repository, 63),
    resolved: flag(raw.resolved),
  }),
  component: lazyRouteComponent(
    withTexts(publishesTexts, () => import("@/features/publishes/PublishesScreen")),
    "PublishesScreen",
  ),
});

const publish = createRoute({
  getParentRoute: () => shell,
  path: "/publishes/$id",
  validateSearch: (raw: Raw): { line?: number | undefined } => ({
    line: whole(raw.line, 1, 1_000_000),
  }),
  component: lazyRouteComponent(
    withTexts(publishesTexts, () => import("@/features/publishes/FailureScreen")),
    "FailureScreen",
  ),
});

const todos = createRoute({
  getParentRoute: () => shell,
  path: "/todos",
  validateSearch: readMine,
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/MineScreen")),
    "MineScreen",
  ),
});

const todo = createRoute({
  getParentRoute: () => shell,
  path: "/todos/$id",
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/ItemScreen")),
    "ItemScreen",
  ),
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns",
  validateSearch: readCampaigns,
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/CampaignsScreen")),
    "CampaignsScreen",
  ),
});

/** Not below the campaigns: each word there may be the name of one. */
const newCampaign = createRoute({
  getParentRoute: () => shell,
  path: "/new-campaign",
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/EditorScreen")),
    "NewCampaignScreen",
  ),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns/$campaign",
  validateSearch: readCampaign,
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/CampaignScreen")),
    "CampaignScreen",
  ),
});

const editCampaign = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns/$campaign/edit",
  component: lazyRouteComponent(
    withTexts(todosTexts, () => import("@/features/todos/EditorScreen")),
    "EditCampaignScreen",
  ),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/preferences", replace: true });
  },
});

const tokens = createRoute({
  getParentRoute: () => shell,
  path: "/settings/tokens",
  validateSearch: (raw: Raw): { make?: true | undefined } => ({ make: flag(raw.make) }),
  component: lazyRouteComponent(
    withTexts(settingsTexts, () => import("@/features/settings/TokensScreen")),
    "TokensScreen",
  ),
});

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: "/settings/webhooks",
  validateSearch: (
    raw: Raw,
  ): { make?: true | undefined; edit?: true | undefined; webhook?: number | undefined } => ({
    make: flag(raw.make),
    edit: flag(raw.edit),
    webhook: whole(raw.webhook, 1, Number.MAX_SAFE_INTEGER),
  }),
  component: lazyRouteComponent(
    withTexts(webhooksTexts, () => import("@/features/settings/webhooks/WebhooksScreen")),
    "WebhooksScreen",
  ),
});

const preferences = createRoute({
  getParentRoute: () => shell,
  path: "/settings/preferences",
  component: lazyRouteComponent(
    withTexts(settingsTexts, () => import("@/features/settings/PreferencesScreen")),
    "PreferencesScreen",
  ),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  validateSearch: (raw: Raw): { show?: string | undefined } => ({ show: text(raw.show, 60) }),
  component: lazyRouteComponent(() => import("@/gallery/Gallery"), "Gallery"),
});

const tree = root.addChildren([
  start,
  signIn,
  gallery,
  shell.addChildren([
    services,
    service.addChildren([serviceOverview, serviceGrpc, serviceSpec, serviceTodos, serviceActivity]),
    teams,
    team,
    dependencies,
    apis,
    apiRepository.addChildren([
      apiBrowse.addChildren([apiHome, apiSymbol, apiFile]),
      apiRevisions,
      apiDiff,
      apiPolicy,
    ]),
    publishes,
    publish,
    jobs,
    todos,
    todo,
    campaigns,
    newCampaign,
    campaign,
    editCampaign,
    settings,
    tokens,
    webhooks,
    preferences,
  ]),
]);

/** The gallery hands in a history of its own, that the address bar does not follow. */
export function createPageRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    ...(history ? { history } : {}),
    context: { client },
    parseSearch,
    stringifySearch,
    defaultErrorComponent: Crash,
    defaultPreload: false,
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    scrollRestoration: true,
    scrollToTopSelectors: ["#main"],
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
