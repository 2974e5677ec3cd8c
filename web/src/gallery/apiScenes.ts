// SPDX-License-Identifier: Apache-2.0
import type { ApiSymbolPage } from "@/api/generated";
import { type Answers, ByName, broken, internal, LOST, NEVER, Refusal } from "./answers";
import { viewer } from "./data/account";
import { calmDiff, diff, largeDiff, wideDiff } from "./data/apiDiff";
import * as policies from "./data/apiPolicy";
import * as symbols from "./data/apiSymbols";
import * as apis from "./data/apis";
import { ID } from "./data/service";
import type { Scene } from "./scene";
import type { SceneId } from "./shows";

const LIST = "GET /api/v1/apis";
const ONE = "GET /api/v1/apis/{repository}";
const SYMBOL = "GET /api/v1/apis/{repository}/symbols/{name}";
const FILE = "GET /api/v1/apis/{repository}/files";
const REVISIONS = "GET /api/v1/apis/{repository}/revisions";
const DIFF = "GET /api/v1/apis/{repository}/diff";
const POLICY = "GET /api/v1/apis/{repository}/policy";
const SAVE = "PUT /api/v1/apis/{repository}/policy";
const WAIVERS = "GET /api/v1/apis/{repository}/waivers";
const GRPC = "GET /api/v1/services/{id}/grpc";

export const usualApis: Scene["answers"] = {
  [LIST]: apis.repositories,
  [ONE]: apis.repositoryPage,
  [SYMBOL]: symbols.packagePage,
  [FILE]: symbols.filePage,
  [REVISIONS]: { items: apis.revisions, next: null },
  [DIFF]: diff,
  [POLICY]: policies.policy,
  [WAIVERS]: { items: policies.active, next: null },
  [GRPC]: apis.serviceGrpc,
};

const HOME = `/apis/${apis.REPOSITORY}`;
const at = (name: string) => `${HOME}/${apis.PACKAGE}.${name}`;
const FILE_PATH = `${HOME}/files?path=${encodeURIComponent(symbols.filePage.path)}`;
const PAIR = `${HOME}/diff?from=40&to=41`;
const POLICY_PATH = `${HOME}/policy`;
const faulty = (...faults: [pointer: string, detail: string][]) =>
  new Refusal(422, "Some fields are not valid", {
    errors: faults.map(([pointer, detail]) => ({ pointer, code: "format", detail })),
  });
const missing = (...nearest: string[]) => new Refusal(404, "Not Found", { nearest });

/** The tree asks for its packages, too, whatever is shown beside it. */
const symbol = (page: ApiSymbolPage | Refusal | symbol): Answers => ({
  [SYMBOL]: new ByName((name) =>
    name === apis.PACKAGE
      ? symbols.packagePage
      : name.endsWith(".internal")
        ? { ...symbols.packagePage, fullName: name, items: [] }
        : page,
  ),
});

type Make = (path: string, answers?: Scene["answers"], more?: Partial<Scene>) => Scene;

export function apiScenes(scene: Make) {
  const waiting = (path: string, answers: Scene["answers"]) =>
    scene(path, answers, { waits: true });
  const stale = (path: string, later: Scene["answers"]) => scene(path, {}, { later });
  return {
    "apis-filled": scene("/apis"),
    "apis-loading": waiting("/apis", { [LIST]: NEVER }),
    "apis-empty": scene("/apis", { [LIST]: { items: [] } }),
    "apis-error": scene("/apis", { [LIST]: internal }),
    "apis-stale": stale("/apis", { [LIST]: LOST }),
    "api-home": scene(HOME),
    "api-old": scene(`${HOME}?revision=36`, { [ONE]: apis.oldPage }),
    "api-wide": scene(HOME, { [ONE]: apis.widePage }),
    "api-loading": waiting(HOME, { [ONE]: NEVER }),
    "api-missing": scene("/apis/acme-proto", { [ONE]: missing(apis.REPOSITORY) }),
    "api-error": scene(HOME, { [ONE]: broken }),
    "api-stale": stale(HOME, { [ONE]: LOST }),
    "api-package": scene(`${HOME}/${apis.PACKAGE}`),
    "api-service": scene(at("PaymentService"), symbol(symbols.servicePage)),
    "api-service-lonely": scene(at("PaymentService"), symbol(symbols.lonelyPage)),
    "api-method": scene(at("PaymentService.Charge"), symbol(symbols.methodPage)),
    "api-message": scene(at("ChargeRequest.note"), symbol(symbols.messagePage)),
    "api-resource": scene(at("Charge"), symbol(symbols.resourcePage)),
    "api-enum": scene(`${at("ChargeState")}#SETTLED`, symbol(symbols.enumPage)),
    "api-extension": scene(at("trace"), symbol(symbols.extensionPage)),
    "api-hostile": scene(at("Card"), symbol(symbols.hostilePage)),
    "api-symbol-loading": waiting(at("Charge"), symbol(NEVER)),
    "api-symbol-missing": scene(
      at("Chrage"),
      symbol(missing(`${apis.PACKAGE}.Charge`, `${apis.PACKAGE}.ChargeRequest`)),
    ),
    "api-symbol-error": scene(at("Charge"), symbol(internal)),
    "api-symbol-stale": stale(`${HOME}/${apis.PACKAGE}`, { [SYMBOL]: LOST }),
    "api-file": scene(FILE_PATH),
    "api-file-loading": waiting(FILE_PATH, { [FILE]: NEVER }),
    "api-file-missing": scene(FILE_PATH, { [FILE]: missing("acme/payment/v1/legacy.proto") }),
    "api-file-error": scene(FILE_PATH, { [FILE]: LOST }),
    "api-revisions": scene(`${HOME}/revisions`),
    "api-revisions-loading": waiting(`${HOME}/revisions`, { [REVISIONS]: NEVER }),
    "api-revisions-error": scene(`${HOME}/revisions`, { [REVISIONS]: broken }),
    "api-diff": scene(`${HOME}/diff?from=40&to=41`),
    "api-diff-filtered": scene(`${HOME}/diff?from=40&to=41&category=WIRE&q=storefront`),
    "api-diff-none": scene(`${HOME}/diff?from=40&to=41&q=zzz`),
    "api-diff-calm": scene(`${HOME}/diff`, { [DIFF]: calmDiff }),
    "api-diff-loading": waiting(`${HOME}/diff`, { [DIFF]: NEVER }),
    "api-diff-error": scene(`${HOME}/diff`, { [DIFF]: internal }),
    "api-diff-waived": scene(`${PAIR}&verdict=waived`),
    "api-diff-large": scene(PAIR, { [DIFF]: largeDiff }),
    "api-diff-wide": scene(PAIR, { [DIFF]: wideDiff }),
    "api-diff-wide-open": scene(
      PAIR,
      { [DIFF]: wideDiff },
      { press: ["section > div > button[aria-expanded]"] },
    ),
    "api-waive": scene(PAIR, {}, { press: ["article button"] }),
    "api-waive-faults": scene(PAIR, {}, { press: ["article button", "dialog [type=submit]"] }),
    "api-policy": scene(POLICY_PATH),
    "api-policy-viewer": scene(POLICY_PATH, { "GET /api/v1/session": viewer }),
    "api-policy-untouched": scene(POLICY_PATH, {
      [POLICY]: policies.untouched,
      [WAIVERS]: { items: [], next: null },
    }),
    "api-policy-past": scene(`${POLICY_PATH}?waivers=past`, {
      [WAIVERS]: { items: policies.past, next: null },
    }),
    "api-policy-loading": waiting(POLICY_PATH, { [POLICY]: NEVER, [WAIVERS]: NEVER }),
    "api-policy-error": scene(POLICY_PATH, { [POLICY]: internal, [WAIVERS]: broken }),
    "api-policy-stale": stale(POLICY_PATH, { [POLICY]: LOST, [WAIVERS]: LOST }),
    "api-policy-edit": scene(`${POLICY_PATH}?edit=1`),
    "api-policy-faults": scene(
      `${POLICY_PATH}?edit=1`,
      { [SAVE]: faulty(["#/items/0/use/1", "no category or rule"], ["#/items/1/prefix", "twice"]) },
      { press: ["form [type=submit]"] },
    ),
    "api-policy-conflict": stale(`${POLICY_PATH}?edit=1`, { [POLICY]: policies.theirs }),
    "api-policy-leave": scene(
      `${POLICY_PATH}?edit=1`,
      {},
      { press: ["form [type=checkbox]", 'a[href$="/revisions"]'] },
    ),
    "api-policy-end": scene(POLICY_PATH, {}, { press: ["td button"] }),
    "grpc-filled": scene(`/services/${ID}/grpc`),
    "grpc-bare": scene(`/services/${ID}/grpc`, { [GRPC]: { provides: [], consumes: [] } }),
    "grpc-loading": waiting(`/services/${ID}/grpc`, { [GRPC]: NEVER }),
    "grpc-error": scene(`/services/${ID}/grpc`, { [GRPC]: internal }),
    "grpc-stale": stale(`/services/${ID}/grpc`, { [GRPC]: LOST }),
  } satisfies Partial<Record<SceneId, Scene>>;
}
