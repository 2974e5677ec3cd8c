// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { FailedPublish } from "@/api/generated";
import { inEnglish, renderPage, screen } from "@/testing/render";
import { FailureView } from "./FailureView";
import { texts } from "./messages";
import { PublishesView } from "./PublishesView";

const t = inEnglish(texts).publishes;
const at = "2026-11-26T05:00:00Z";
const failureOf = (repository: string): FailedPublish => ({
  id: 7,
  service: null,
  repository,
  team: null,
  publisher: null,
  firstAt: at,
  lastAt: at,
  attempts: 1,
  principal: "token:ci#1",
  commit: null,
  runUrl: null,
  faults: 1,
  first: { pointer: "#", code: "required", detail: "is missing" },
  resolvedAt: null,
});

test("repositories that have nothing but failures can be chosen, too", async () => {
  const decisions = { busy: false, approve: () => {}, reject: () => {} };
  await renderPage(
    <PublishesView
      search={{ repository: "filtered" }}
      repositories={["published"]}
      onSearch={() => {}}
      failures={{ items: [failureOf("refused")] }}
      held={{ items: [] }}
      mayDecide={false}
      decisions={decisions}
    />,
  );
  const choices = screen.getAllByRole<HTMLOptionElement>("option").map((each) => each.value);
  expect(choices).toEqual(["", "filtered", "published", "refused"]);
  expect(screen.getByRole<HTMLSelectElement>("combobox").value).toBe("filtered");
});

test.each([
  [["acme"], true],
  [undefined, true],
  [["other"], false],
])("with %j known there is a link to the repository: %s", async (repositories, link) => {
  await renderPage(
    <FailureView
      detail={{ failure: failureOf("acme"), faults: [], source: null }}
      line={undefined}
      repositories={repositories}
      failedSince={undefined}
      onRetry={() => {}}
    />,
  );
  expect(screen.queryByRole("link", { name: "acme" }) !== null).toBe(link);
  expect(screen.queryByText(`(${t.neverPublished})`) === null).toBe(link);
});
