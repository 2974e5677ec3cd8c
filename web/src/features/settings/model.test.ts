// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { Session, Token } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { inEnglish } from "@/testing/render";
import { texts } from "./messages";
import {
  bodyOf,
  type Draft,
  draftFaults,
  globsOf,
  isNamed,
  KINDS,
  newDraft,
  replaced,
  SCOPES,
  serverFaults,
  whoCould,
  withKind,
} from "./model";

const en = inEnglish(texts);
const t = en.tokens.draft;
const somebody = (part: Partial<Session> = {}): Session => ({
  subject: "user:kenji",
  kind: "session",
  name: "kenji",
  role: "viewer",
  scopes: [],
  teams: ["wallet"],
  version: "1",
  ...part,
});
const admin = somebody({ role: "admin", teams: [] });
const teamless = somebody({ teams: [] });
const draft = (part: Partial<Draft> = {}): Draft => ({
  ...newDraft(somebody()),
  name: "wallet-repo main",
  ...part,
});

describe("a new draft", () => {
  test("is of the kind that one can make", () => {
    expect(newDraft(somebody())).toMatchObject({ kind: "ci", team: "wallet" });
    expect(newDraft(somebody({ teams: ["a", "b"] }))).toMatchObject({ kind: "ci", team: "" });
    expect(newDraft(teamless)).toMatchObject({ kind: "personal", team: "" });
    expect(newDraft(admin)).toMatchObject({ kind: "ci", team: "" });
  });

  test.each(KINDS)("of the kind %s has scopes that it may have", (kind) => {
    const { scopes } = withKind(draft(), kind);
    expect(scopes.length).toBeGreaterThan(0);
    expect(SCOPES[kind].allowed).toEqual(expect.arrayContaining([...scopes]));
  });
});

describe("what is sent", () => {
  test("is what concerns the kind", () => {
    const typed = { team: "wallet", services: "acme-*\n acme-pay*,x\n\n", name: "  a b " };
    expect(bodyOf(draft(typed))).toEqual({
      kind: "ci",
      name: "a b",
      team: "wallet",
      scopes: ["ingest:write"],
      services: ["acme-*", "acme-pay*", "x"],
      days: 90,
    });
    expect(bodyOf(withKind(draft(typed), "system"))).toEqual({
      kind: "system",
      name: "a b",
      scopes: ["events:read"],
      days: 90,
    });
  });

  test("names no team when none is chosen", () => {
    expect(bodyOf(draft({ team: "" }))).not.toHaveProperty("team");
  });
});

describe("faults", () => {
  const faults = (part: Partial<Draft>, who = somebody()) => draftFaults(draft(part), who, en);

  test("a right draft has none", () => expect(faults({})).toEqual({}));

  test.each<[Partial<Draft>, object]>([
    [{ name: "  " }, { name: t.nameMissing }],
    [{ team: "" }, { team: t.teamMissing }],
    [{ scopes: [] }, { scopes: t.scopesMissing }],
    [{ services: "acme-*\nACME" }, { services: t.servicesWrong("ACME") }],
    [{ services: "決済" }, { services: t.servicesWrong("決済") }],
    [{ services: "a".repeat(64) }, { services: t.servicesWrong("a".repeat(64)) }],
    [{ services: "a\n".repeat(51) }, { services: t.servicesTooMany(50) }],
    [
      { name: "", scopes: [] },
      { name: t.nameMissing, scopes: t.scopesMissing },
    ],
  ])("%j", (part, expected) => expect(faults(part)).toEqual(expected));

  test("at the limits there is none", () => {
    expect(faults({ services: "a\n".repeat(50) })).toEqual({});
    expect(faults({ services: "a".repeat(63) })).toEqual({});
  });

  test("an admin may leave the team out, and a personal token has none", () => {
    expect(faults({ team: "" }, admin)).toEqual({});
    expect(draftFaults(withKind(draft({ team: "" }), "personal"), somebody(), en)).toEqual({});
  });

  test("services that are not sent cannot be wrong", () => {
    expect(faults({ kind: "system", scopes: ["events:read"], services: "???" })).toEqual({});
  });

  test("of the server are told by their fields", () => {
    const errors = ["#/name", "#/scopes/1", "#/unknown"].map((pointer) => ({
      pointer,
      code: "x",
      detail: `at ${pointer}`,
    }));
    const error = new ApiError({ type: "", title: "", status: 422, instance: "", errors });
    expect(serverFaults(error)).toEqual({ name: "at #/name", scopes: "at #/scopes/1" });
  });
});

describe("who could make it", () => {
  const role = en.error.needs.role("admin");

  test.each<[string, Partial<Draft>, Session, string[]]>([
    ["an admin makes all", { kind: "system" }, admin, []],
    ["a member makes those of the team", { kind: "ci" }, somebody(), []],
    ["tokens of systems are for admins", { kind: "system" }, somebody(), [role]],
    ["ci needs a team", { kind: "ci" }, teamless, [t.anyMember, role]],
    ["reading needs none", { kind: "personal", scopes: ["catalog:read"] }, teamless, []],
    [
      "publishing does",
      { kind: "personal", scopes: ["ingest:write"] },
      teamless,
      [t.anyMember, role],
    ],
  ])("%s", (_what, part, who, names) => expect(whoCould(draft(part), who, en)).toEqual(names));
});

describe("names", () => {
  const token = (name: string) => ({ name }) as Token;

  test.each([
    ["payment-repo main", "payment-repo main", true],
    ["payment-repo main", " payment-repo  main ", true],
    ["a  b", "a b", true],
    ["が", "か\u3099", true],
    ["payment-repo main", "Payment-repo main", false],
    ["payment-repo main", "", false],
  ])("%j typed as %j: %s", (name, typed, same) => expect(isNamed(token(name), typed)).toBe(same));
});

test("globs are told apart by white space and commas", () => {
  expect(globsOf(" a*, b\n\nc ")).toEqual(["a*", "b", "c"]);
  expect(globsOf("")).toEqual([]);
});

test("a token with a successor is known by it", () => {
  const tokens = [{ id: 3, rotatedFrom: 1 }, { id: 2, rotatedFrom: null }, { id: 1 }] as Token[];
  expect([...replaced(tokens)]).toEqual([1]);
});
