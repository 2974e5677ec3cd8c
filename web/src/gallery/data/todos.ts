// SPDX-License-Identifier: Apache-2.0
import type {
  Campaign,
  CampaignLaunch,
  CampaignPage,
  CampaignPreview,
  CampaignRule,
  Fact,
  FactKeyList,
  Session,
  Todo,
  TodoCounts,
  TodoList,
  TodoMatrix,
  TodoPage,
} from "@/api/generated";
import { viewer } from "./account";
import { services } from "./services";
import { daysAgo, hoursAgo, inDays, minutesAgo } from "./time";

const day = (iso: string) => iso.slice(0, 10);

/** Somebody who owns services and asks for nothing. */
export const member: Session = { ...viewer, teams: ["payments-core", "wallet"] };

const TITLES: Record<string, string> = {
  "alert-channel": "Name the channel where alerts go",
  "base-image": "ベースイメージを 2026.10 に更新する",
  "charge-v2": "Move off the deprecated PaymentService.Charge",
};

const todo = (id: number, serviceID: string, part: Partial<Todo> = {}): Todo => {
  const campaign = part.campaign === undefined ? "alert-channel" : part.campaign;
  return {
    id,
    campaign,
    title: TITLES[campaign ?? ""] ?? "Rotate the database password",
    serviceID,
    serviceGone: false,
    team: services.find((each) => each.id === serviceID)?.team ?? null,
    state: "open",
    byRule: true,
    assignee: null,
    snoozedUntil: null,
    due: day(inDays(20)),
    overdue: false,
    level: 2,
    phase: null,
    reason: null,
    approver: null,
    until: null,
    evidence: null,
    waitsFor: null,
    source: null,
    externalID: null,
    externalUrl: null,
    openedAt: daysAgo(9),
    changedAt: daysAgo(2),
    doneAt: null,
    reopened: 0,
    comments: 0,
    version: 3,
    ...part,
  };
};

const overdue = [
  todo(41, "acme-payment", {
    due: day(daysAgo(3)),
    overdue: true,
    assignee: "user:saki",
    reopened: 1,
    comments: 2,
  }),
  todo(44, "acme-invoice-batch", { due: day(daysAgo(1)), overdue: true, campaign: "charge-v2" }),
];
const week = [
  todo(52, "acme-payment-reconciliation", {
    due: day(inDays(1)),
    state: "in_review",
    campaign: "base-image",
    assignee: "user:kenji",
    byRule: false,
    evidence: "https://git.example/acme/reconciliation/pull/88",
  }),
  todo(53, "acme-wallet", { due: day(inDays(5)), state: "waiting", waitsFor: 41 }),
  todo(54, "acme-payment", {
    campaign: null,
    due: day(inDays(6)),
    source: "tracker",
    externalID: "PAY-123",
    externalUrl: "https://tracker.example/PAY-123",
    byRule: false,
  }),
];
const later = [
  todo(61, "acme-invoice-batch", { due: day(inDays(24)) }),
  todo(62, "acme-wallet", { campaign: "base-image", due: null, snoozedUntil: day(inDays(12)) }),
];
const done = [
  todo(31, "acme-wallet", { state: "done", campaign: "charge-v2", doneAt: daysAgo(2) }),
  todo(32, "acme-payment", { state: "done", campaign: "base-image", doneAt: daysAgo(8) }),
];

const GROUPS: Record<string, Todo[]> = { overdue, week, later };

const page = (items: Todo[], next: string | null = null): TodoList => ({ items, next });

/** The answer to one group of the list of one's own. */
export function mine(_name: string, query: URLSearchParams): TodoList {
  const due = query.get("due");
  const items = due ? (GROUPS[due] ?? []) : query.get("state") === "done" ? done : overdue;
  return {
    ...page(items, due === "later" ? "more" : null),
    groups: { overdue: 2, week: 3, later: 14, done: 2 },
  };
}

export const noTodos: TodoList = {
  ...page([]),
  groups: { overdue: 0, week: 0, later: 0, done: 0 },
};

export const serviceTodos = page([overdue[0] as Todo, week[2] as Todo]);

const DONE: Todo["state"][] = ["done", "open", "open", "not_applicable", "done", "exempt"];
export const campaignTodos = page(
  services.map((each, i) =>
    todo(100 + i, each.id, {
      state: DONE[i % DONE.length] ?? "open",
      overdue: i === 1,
      due: i === 1 ? day(daysAgo(3)) : day(inDays(20)),
      assignee: i % 4 === 1 ? "user:saki" : null,
    }),
  ),
  "more",
);

const rule: CampaignRule = {
  version: 2,
  predicate: "exists($.spec.contact.slack.alertChannelId) && $.spec.tier <= 2",
  keys: ["spec.contact", "spec.tier"],
  createdBy: "user:admin",
  createdAt: daysAgo(10),
  quarantine: null,
};

const COMMIT = "9f31c02b7d4e";

const facts: Fact[] = [
  {
    key: "spec.contact",
    known: true,
    value: { slack: { generalChannelId: "C0123456" }, email: "payment@acme.example" },
    source: "spec",
    commit: COMMIT,
    since: daysAgo(2),
    expiresAt: null,
  },
  {
    key: "spec.tier",
    known: true,
    value: 3,
    source: "spec",
    commit: COMMIT,
    since: daysAgo(40),
    expiresAt: null,
  },
];

const why = `When a service pages nobody, its incidents are found by customers.

- **12 of 31** incidents of the last quarter had no channel
- On-call reads \`contact.slack.alertChannelId\` and nothing else`;
const how = `1. Create a channel named after the service
2. Add it to the spec, and publish:

\`\`\`
contact:
  slack: { alertChannelId: C0456789 }
\`\`\`

See [the guide](https://docs.example/alerts).`;

const before = { "spec.contact": { slack: { alertChannelId: "C9" } }, "spec.tier": 2 };
const after = { "spec.contact": { slack: { generalChannelId: "C0123456" } }, "spec.tier": 3 };

export const item: TodoPage = {
  todo: overdue[0] as Todo,
  why,
  how,
  rule,
  facts,
  transitions: [
    {
      at: daysAgo(2),
      stateBefore: "done",
      state: "open",
      actorKind: "rule",
      actor: null,
      cause: "facts",
      ruleVersion: 2,
      factsBefore: before,
      facts: after,
      publish: { version: 12, commit: COMMIT, runUrl: "https://ci.example/acme/payment/runs/9" },
    },
    {
      at: daysAgo(5),
      stateBefore: "open",
      state: "done",
      actorKind: "rule",
      actor: null,
      cause: "facts",
      ruleVersion: 2,
      factsBefore: after,
      facts: before,
      publish: { version: 11, commit: "77ab01c9e2d4" },
    },
    {
      at: daysAgo(9),
      stateBefore: null,
      state: "open",
      actorKind: "system",
      actor: "user:admin",
      cause: "launched",
      ruleVersion: 1,
      factsBefore: null,
      facts: { "spec.contact": { leftOut: true, bytes: 72_012 }, "spec.tier": 3 },
      publish: null,
    },
  ],
  transitionsLeftOut: 0,
  comments: [
    { id: 1, author: "user:kenji", text: "チャンネルは作成済みです。", createdAt: daysAgo(6) },
    {
      id: 2,
      author: "user:saki",
      text: "The old spec was published again by **release/7**; see `#pay-alerts`.",
      createdAt: hoursAgo(20),
    },
  ],
  reviewTeam: null,
  campaignTeam: "platform",
  may: ["waiting", "not_applicable", "exempt"],
};

export const foreignItem: TodoPage = { ...item, may: [], todo: { ...item.todo, team: "risk" } };

export const reviewItem: TodoPage = {
  ...item,
  todo: week[0] as Todo,
  rule: null,
  facts: [],
  comments: [],
  transitions: item.transitions.slice(2),
  reviewTeam: "platform",
  may: ["open", "done"],
};

export const exemptItem: TodoPage = {
  ...item,
  todo: {
    ...item.todo,
    state: "exempt",
    overdue: false,
    byRule: false,
    reason: "Goes away with the old checkout.",
    approver: "user:admin",
    until: day(inDays(60)),
  },
  may: ["open"],
};

const counts = (part: Partial<TodoCounts>): TodoCounts => ({
  open: 0,
  waiting: 0,
  inReview: 0,
  done: 0,
  notApplicable: 0,
  exempt: 0,
  cancelled: 0,
  overdue: 0,
  ...part,
});

const NONE = counts({});

const campaign = (name: string, part: Partial<Campaign> = {}): Campaign => ({
  name,
  title: TITLES[name] ?? name,
  target: { lifecycle: "production", tag: ["grpc"] },
  rule,
  team: "platform",
  reviewTeam: null,
  level: 2,
  phase: null,
  due: day(inDays(20)),
  state: "running",
  startsAt: null,
  permanent: false,
  teamLimit: 20,
  limit: 20,
  dampingHours: 168,
  held: null,
  counts: counts({ open: 58, waiting: 4, inReview: 3, done: 118, notApplicable: 9, exempt: 2 }),
  version: 4,
  createdBy: "user:admin",
  createdAt: daysAgo(34),
  launchedAt: daysAgo(30),
  endedAt: null,
  ...part,
});

const held = { by: "user:kenji", at: hoursAgo(3), teams: ["payments-core", "wallet"] };
const quarantine = {
  reason: "cannot compare a text and a number at $.spec.tier",
  since: minutesAgo(50),
};

const running = campaign("alert-channel", {
  counts: counts({ open: 58, waiting: 4, inReview: 3, done: 118, exempt: 2, overdue: 6 }),
});
const draft = campaign("report-in-30-days", {
  title: "Report tests at least every 30 days",
  state: "draft",
  launchedAt: null,
  counts: NONE,
});

export const campaigns: Campaign[] = [
  draft,
  campaign("charge-v2", {
    state: "scheduled",
    startsAt: inDays(2),
    launchedAt: null,
    counts: NONE,
    held,
  }),
  running,
  campaign("base-image", {
    permanent: true,
    rule: { ...rule, quarantine },
    due: null,
    counts: counts({ open: 1, done: 199 }),
  }),
  campaign("owner-known", {
    title: "Every service has an owner",
    state: "finished",
    team: null,
    level: null,
    counts: counts({ done: 118, exempt: 2, cancelled: 4 }),
    endedAt: daysAgo(12),
  }),
  campaign("old-mailer", {
    title: "Replace the old mailer",
    state: "cancelled",
    counts: counts({ done: 12, cancelled: 30 }),
    endedAt: daysAgo(40),
  }),
];

const progress = Array.from({ length: 31 }, (_, i) => ({
  day: day(daysAgo(30 - i)),
  total: i < 12 ? 170 : 185,
  settled: Math.min(120, 22 + Math.floor(3.4 * i)),
}));

export const campaignPage: CampaignPage = {
  campaign: running,
  why,
  how,
  progress,
  forecast: { date: day(inDays(17)), perDay: 3.44 },
  teams: [
    { team: "payments-core", counts: counts({ open: 6, done: 5, overdue: 3 }), load: 17 },
    { team: "wallet", counts: counts({ open: 2, inReview: 3, done: 5 }), load: 9 },
    { team: "points-coupons", counts: counts({ done: 9 }), load: 0 },
    { team: "nq-remittance", counts: counts({ open: 4, waiting: 2, done: 4 }), load: 31 },
    { team: null, counts: counts({ open: 1, overdue: 1 }), load: 1 },
  ],
};

export const latePage: CampaignPage = {
  ...campaignPage,
  forecast: { date: day(inDays(48)), perDay: 0.5 },
};

const bare = { why: "", how: "", progress: [], forecast: null, teams: [] };
export const draftPage: CampaignPage = { ...bare, campaign: draft, why, how };
export const heldPage: CampaignPage = { ...bare, campaign: campaigns[1] as Campaign, why };
export const quarantinedPage: CampaignPage = {
  ...campaignPage,
  campaign: campaigns[3] as Campaign,
  forecast: null,
};
const endedPage = (
  campaign: Campaign,
  settled: number,
  teams: CampaignPage["teams"],
): CampaignPage => ({
  ...campaignPage,
  campaign,
  // What was still open is cancelled with the last day.
  progress: progress.map((each, i) => (i === 30 ? { ...each, settled, total: settled } : each)),
  forecast: null,
  teams,
});

export const finishedPage = endedPage(campaigns[4] as Campaign, 120, [
  { team: "payments-core", counts: counts({ done: 60, cancelled: 4 }), load: 11 },
  { team: "wallet", counts: counts({ done: 58, exempt: 2 }), load: 9 },
]);
export const cancelledPage = endedPage(campaigns[5] as Campaign, 12, [
  { team: "payments-core", counts: counts({ done: 12, cancelled: 12 }), load: 11 },
  { team: "wallet", counts: counts({ cancelled: 18 }), load: 9 },
]);
export const endedTodos = page(
  services.map((each, i) =>
    todo(100 + i, each.id, {
      state: i % 3 === 0 ? "done" : "cancelled",
      campaign: "old-mailer",
      byRule: i % 3 === 0,
    }),
  ),
);

export const launch: CampaignLaunch = {
  state: "held",
  open: 62,
  done: 123,
  overLimit: ["payments-core"],
  todos: services.slice(0, 6).map((each, i) => ({
    campaign: draft.name,
    serviceID: each.id,
    ...(each.team ? { team: each.team } : {}),
    happened: i % 3 === 0 ? "done" : "opened",
    state: i % 3 === 0 ? "done" : "open",
    cause: "launched",
    ruleVersion: 1,
    factsBefore: null,
    facts: {},
  })),
  todosLeftOut: 179,
};

export const preview: CampaignPreview = {
  services: 185,
  open: 62,
  done: 123,
  kept: 0,
  teams: [
    { team: "payments-core", open: 6, done: 5, load: 17 },
    { team: "nq-remittance", open: 4, done: 6, load: 31 },
    { team: null, open: 1, done: 0, load: 1 },
  ],
  overLimit: ["payments-core"],
  unknownKeys: ["spec.contcat"],
  sample: services.slice(0, 4).map((each, i) => ({
    serviceID: each.id,
    team: each.team,
    state: i < 3 ? "open" : "done",
    facts: {},
  })),
  backTest: { at: daysAgo(30), open: 80, doneSince: 18 },
};

export const factKeys: FactKeyList = {
  items: [
    { key: "spec.contact", services: 182, example: { slack: { generalChannelId: "C1" } } },
    { key: "spec.tier", services: 160, example: 2 },
    { key: "spec.tags", services: 190, example: ["grpc", "go"] },
    { key: "coverage.lines", services: 61, example: 84.2 },
    { key: "junit.tests", services: 64, example: 412 },
  ],
};

const OTHERS = ["alert-channel", "base-image", "charge-v2"];
const STATES = ["done", "open", "waiting", "in_review", "not_applicable", "exempt"];

export const matrix: TodoMatrix = {
  campaigns: OTHERS.map((name) => ({ name, title: TITLES[name] ?? name })),
  items: Array.from({ length: 60 }, (_, i) => ({
    serviceID: i < services.length ? (services[i]?.id ?? "") : `acme-service-${i}`,
    team: services[i]?.team ?? "warehouse",
    todos: OTHERS.filter((_name, at) => at === 0 || (i + at) % 3 > 0).map((name, at) => ({
      id: 100 + 3 * i + at,
      campaign: name,
      state: STATES[(i + 2 * at) % STATES.length] ?? "open",
    })),
  })),
  next: null,
};
