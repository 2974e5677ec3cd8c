// SPDX-License-Identifier: Apache-2.0
import { type Answers, ByName, broken, internal, LOST, NEVER, Refusal } from "./answers";
import { viewer } from "./data/account";
import { ID } from "./data/service";
import * as todos from "./data/todos";
import type { Scene } from "./scene";
import type { SceneId } from "./shows";

const LIST = "GET /api/v1/todos";
const ONE = "GET /api/v1/todos/{id}";
const MATRIX = "GET /api/v1/todos/matrix";
const CAMPAIGNS = "GET /api/v1/campaigns";
const CAMPAIGN = "GET /api/v1/campaigns/{campaign}";
const PREVIEW = "POST /api/v1/campaigns/preview";
const SESSION = "GET /api/v1/session";

/** In this order: the first row that fits answers. */
export const usualTodos: Answers = {
  [LIST]: new ByName(todos.mine),
  [MATRIX]: todos.matrix,
  [ONE]: todos.item,
  [CAMPAIGNS]: { items: todos.campaigns, next: null },
  [CAMPAIGN]: todos.campaignPage,
  [PREVIEW]: todos.preview,
  "GET /api/v1/facts/keys": todos.factKeys,
  "POST /api/v1/campaigns/{campaign}/launch": todos.launch,
};

const HOME = "/campaigns/alert-channel";
const items = { [LIST]: todos.campaignTodos };
const missing = new Refusal(404, "Not Found");
const faulty = new Refusal(422, "Unprocessable Content", {
  errors: [
    {
      pointer: "#/rule",
      code: "syntax",
      detail: "syntax error at or near “&” after 12 characters",
    },
  ],
});
const meanwhile = new Refusal(412, "Precondition Failed");

/** Another one is there as soon as somebody has tried to change what they saw. */
function conflict(): Answers {
  let tried = false;
  const seen = { ...todos.item, may: ["open"] };
  return {
    [ONE]: new ByName(() => (tried ? todos.exemptItem : seen)),
    "PATCH /api/v1/todos/{id}": new ByName(() => {
      tried = true;
      return meanwhile;
    }),
  };
}

type Make = (path: string, answers?: Scene["answers"], more?: Partial<Scene>) => Scene;

export function todoScenes(scene: Make) {
  const waiting = (path: string, answers: Scene["answers"]) =>
    scene(path, answers, { waits: true });
  return {
    "todos-filled": scene("/todos?done=1", { [SESSION]: todos.member }),
    "todos-selected": scene(
      "/todos",
      { [SESSION]: todos.member },
      { press: ["[data-id='41'] input", "[data-id='53'] input"] },
    ),
    "todos-team": scene("/todos?team=payments-core&state=open"),
    "todos-loading": waiting("/todos", { [LIST]: NEVER }),
    "todos-empty": scene("/todos", { [LIST]: todos.noTodos, [SESSION]: todos.member }),
    "todos-no-team": scene("/todos", { [LIST]: todos.noTodos, [SESSION]: viewer }),
    "todos-none": scene("/todos?campaign=base-image", { [LIST]: todos.noTodos }),
    "todos-error": scene("/todos", { [LIST]: internal }),
    "todos-stale": scene("/todos", {}, { later: { [LIST]: LOST } }),
    "todo-sheet": scene("/todos?item=41", { [SESSION]: todos.member }),
    "todo-page": scene("/todos/41"),
    "todo-review": scene("/todos/52", { [ONE]: todos.reviewItem }),
    "todo-exempt": scene("/todos/41", { [ONE]: todos.exemptItem }),
    "todo-foreign": scene("/todos/41", { [ONE]: todos.foreignItem, [SESSION]: viewer }),
    "todo-change": scene(
      "/todos/41",
      { [ONE]: { ...todos.item, may: ["not_applicable"] } },
      { press: ["section button", "dialog [type=submit]"] },
    ),
    "todo-conflict": scene("/todos/41", conflict(), { press: ["section button"] }),
    "todo-loading": waiting("/todos/41", { [ONE]: NEVER }),
    "todo-missing": scene("/todos/9", { [ONE]: missing }),
    "todo-error": scene("/todos/41", { [ONE]: broken }),
    "todo-stale": scene("/todos/41", {}, { later: { [ONE]: LOST } }),
    "todo-service": scene(`/services/${ID}/todos`, { [LIST]: todos.serviceTodos }),
    "todo-service-empty": scene(`/services/${ID}/todos`, { [LIST]: todos.noTodos }),
    "todo-service-error": scene(`/services/${ID}/todos`, { [LIST]: internal }),
    "campaigns-filled": scene("/campaigns"),
    "campaigns-viewer": scene("/campaigns", { [SESSION]: viewer }),
    "campaigns-loading": waiting("/campaigns", { [CAMPAIGNS]: NEVER }),
    "campaigns-empty": scene("/campaigns", { [CAMPAIGNS]: { items: [], next: null } }),
    "campaigns-none": scene("/campaigns?q=zzz", { [CAMPAIGNS]: { items: [], next: null } }),
    "campaigns-error": scene("/campaigns", { [CAMPAIGNS]: internal }),
    "campaigns-stale": scene("/campaigns", {}, { later: { [CAMPAIGNS]: LOST } }),
    "campaign-filled": scene(HOME, items),
    "campaign-table": scene(`${HOME}?table=1`, items),
    "campaign-late": scene(HOME, { ...items, [CAMPAIGN]: todos.latePage }),
    "campaign-viewer": scene(HOME, { ...items, [SESSION]: viewer }),
    "campaign-matrix": scene(`${HOME}?view=matrix`, items),
    "campaign-matrix-loading": waiting(`${HOME}?view=matrix`, { [MATRIX]: NEVER }),
    "campaign-matrix-error": scene(`${HOME}?view=matrix`, { [MATRIX]: broken }),
    "campaign-draft": scene(HOME, { [CAMPAIGN]: todos.draftPage }),
    "campaign-launch": scene(
      HOME,
      { [CAMPAIGN]: todos.draftPage },
      { press: ["main header button"] },
    ),
    "campaign-end": scene(HOME, items, { press: ["main header button + button + button"] }),
    "campaign-held": scene(HOME, { [CAMPAIGN]: todos.heldPage }),
    "campaign-held-viewer": scene(HOME, {
      [CAMPAIGN]: todos.heldPage,
      [SESSION]: { ...viewer, teams: ["platform"] },
    }),
    "campaign-quarantined": scene(HOME, { ...items, [CAMPAIGN]: todos.quarantinedPage }),
    "campaign-finished": scene(HOME, { ...items, [CAMPAIGN]: todos.finishedPage }),
    "campaign-cancelled": scene(HOME, {
      [LIST]: todos.endedTodos,
      [CAMPAIGN]: todos.cancelledPage,
    }),
    "campaign-loading": waiting(HOME, { [CAMPAIGN]: NEVER }),
    "campaign-missing": scene("/campaigns/alert", { [CAMPAIGN]: missing }),
    "campaign-error": scene(HOME, { [CAMPAIGN]: LOST }),
    "campaign-stale": scene(HOME, items, { later: { [CAMPAIGN]: LOST, [LIST]: LOST } }),
    "campaign-new": scene("/new-campaign"),
    "campaign-new-viewer": scene("/new-campaign", { [SESSION]: viewer }),
    "campaign-new-faults": scene("/new-campaign", {}, { press: ["form [type=submit]"] }),
    "campaign-edit": scene(`${HOME}/edit`, {}, { press: ["details summary"] }),
    "campaign-edit-rule": scene(`${HOME}/edit`, { [PREVIEW]: faulty }),
    "campaign-edit-conflict": scene(
      `${HOME}/edit`,
      {},
      {
        later: {
          [CAMPAIGN]: {
            ...todos.campaignPage,
            campaign: { ...todos.campaignPage.campaign, version: 5 },
          },
        },
      },
    ),
    "campaign-edit-error": scene(`${HOME}/edit`, { [CAMPAIGN]: broken }),
  } satisfies Partial<Record<SceneId, Scene>>;
}
