// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiFinding } from "@/api/generated";
import type { Language } from "@/lib/prefs";
import { fireEvent, renderPage, screen } from "@/testing/render";
import { Finding } from "./Finding";
import { fixesJa } from "./messages/fixesJa";

const finding: ApiFinding = {
  rule: "FIELD_NO_DELETE",
  categories: ["FILE"],
  path: "acme/order.proto",
  line: 3,
  column: 1,
  package: "acme.v1",
  fullName: "acme.v1.Order.note",
  detail: "Previously present field was deleted.",
  before: "string note = 2",
  after: null,
  peers: ["source"],
  fix: "keep the field and mark it deprecated",
  verdict: "breaking",
  waiver: null,
  impact: [],
};
const show = (language: Language, part: Partial<ApiFinding> = {}) =>
  renderPage(<Finding finding={{ ...finding, ...part }} from={1} to={2} onWaive={undefined} />, {
    language,
  });

test("what to do instead is said in the language of the page", async () => {
  await show("ja");
  expect(screen.getByText(fixesJa.FIELD_NO_DELETE as string)).toBeTruthy();
  expect(screen.queryByText(finding.fix)).toBeNull();
});

test("in English as the server says it", async () => {
  await show("en");
  expect(screen.getByText(finding.fix)).toBeTruthy();
});

test("a rule that the page does not know is said by the server, too", async () => {
  await show("ja", { rule: "FIELD_NO_COLOUR" });
  expect(screen.getByText(finding.fix).getAttribute("lang")).toBe("en");
});

test("those whom it hits are a short list until all are asked for", async () => {
  const impact = [..."abcdefgh"].map((service) => ({
    service,
    team: null,
    role: "consumes" as const,
    rpcs: [],
  }));
  await show("en", { impact });
  expect(screen.queryByText("f")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "3 more" }));
  expect(screen.getByText("h")).toBeTruthy();
});

test("a finding has a name for who comes to it by its own", async () => {
  await show("en");
  const name = /^Breaking Previously present field was deleted\.$/;
  expect(screen.getByRole("article", { name })).toBeTruthy();
});
