// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { TodoPage, TodoTransition } from "@/api/generated";
import type { Language } from "@/lib/prefs";
import { renderPage, screen } from "@/testing/render";
import { Proof } from "./Proof";

const long = (bytes: number) => ({ leftOut: true, bytes });
const step: TodoTransition = {
  at: "2026-11-20T05:00:00Z",
  stateBefore: "done",
  state: "open",
  actorKind: "rule",
  actor: null,
  cause: "facts",
  ruleVersion: 2,
  factsBefore: { "spec.contact": long(72_012) },
  facts: { "spec.contact": { slack: long(2001), tier: 3 } },
  publish: null,
};
const page = {
  todo: { serviceID: "acme-payment" },
  transitions: [step],
  transitionsLeftOut: 0,
} as unknown as TodoPage;

test.each<[Language, string, string]>([
  ["en", "left out for its size (73 kB)", "left out for its size (3 kB)"],
  ["ja", "大きいため省略（73 kB）", "大きいため省略（3 kB）"],
])("in %s, a value that was left out is said in words", async (language, before, after) => {
  await renderPage(<Proof page={page} />, { language });
  const changes = screen.getByText("spec.contact").closest("li");
  expect(changes?.querySelector("del")?.textContent).toBe(before);
  expect(changes?.querySelector("ins")?.textContent).toBe(`{"slack":${after},"tier":3}`);
});
