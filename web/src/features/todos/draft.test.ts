// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import {
  bodyOf,
  changeOf,
  draftFaults,
  emptyDraft,
  nameFrom,
  previewBody,
  serverFaults,
} from "./draft";

const draft = {
  ...emptyDraft(undefined),
  name: "alert-channel",
  title: " Alert channel ",
  team: "platform",
  rule: "exists($.spec.contact)",
};
const words = { name: "name", title: "title", team: "team", rule: "rule", whole: "whole" };

test("what is empty is sent as nothing, what is typed without its blanks", () => {
  expect(bodyOf(draft)).toEqual({
    name: "alert-channel",
    title: "Alert channel",
    why: "",
    how: "",
    target: {},
    rule: "exists($.spec.contact)",
    team: "platform",
    reviewTeam: null,
    level: null,
    phase: null,
    due: null,
    permanent: false,
    teamLimit: null,
    dampingHours: 168,
  });
  const full = { ...draft, tier: "2", tags: ["go"], level: "1", teamLimit: "20", byRule: false };
  expect(changeOf(full)).toMatchObject({
    target: { tier: 2, tag: ["go"] },
    rule: null,
    level: 1,
    teamLimit: 20,
  });
  expect(changeOf(draft)).not.toHaveProperty("name");
});

test("a draft that is not complete can be previewed, and prose changes no preview", () => {
  const bare = { ...draft, name: "", title: "", team: "" };
  for (const member of ["name", "title", "team"])
    expect(previewBody(bare)).not.toHaveProperty(member);
  expect(previewBody(draft)).toMatchObject({ team: draft.team });
  expect(previewBody({ ...draft, why: "Because." })).toEqual(previewBody(draft));
});

test("what is missing or no number is a fault of its field", () => {
  expect(draftFaults(draft, words)).toEqual({});
  expect(draftFaults({ ...draft, byRule: false, rule: "" }, words)).toEqual({});
  expect(
    draftFaults({ ...emptyDraft(undefined), name: "9x", teamLimit: "0", dampingHours: "x" }, words),
  ).toEqual({
    name: "name",
    title: "title",
    team: "team",
    rule: "rule",
    teamLimit: "whole",
    dampingHours: "whole",
  });
  expect(serverFaults({ rule: "does not parse", target: "no such tag" })).toEqual({
    rule: "does not parse",
    q: "no such tag",
  });
});

test.each([
  ["Go 1.27 everywhere", "go-1-27-everywhere"],
  ["  Über alles!", "uber-alles"],
  ["2026 goals", "goals"],
  ["アラート", ""],
])("%s is named %s", (title, name) => expect(nameFrom(title)).toBe(name));
