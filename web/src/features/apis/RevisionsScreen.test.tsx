// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiRevision } from "@/api/generated";
import { inEnglish, renderPage, screen } from "@/testing/render";
import { texts } from "./messages";
import { PlaceContext } from "./place";
import { RevisionRow } from "./RevisionsScreen";

const t = inEnglish(texts);
const counts = { packages: 1, services: 3, methods: 25, messages: 40, enums: 7 };
const show = (number: number, breaking: number) =>
  renderPage(
    <PlaceContext value={{ repository: "acme", revision: undefined, packages: new Set() }}>
      <table>
        <tbody>
          <RevisionRow
            item={
              {
                number,
                breaking,
                counts,
                changed: 2,
                files: 9,
                bytes: 1,
                principal: "token:ci#1",
                receivedAt: "2026-11-26T05:00:00Z",
                applied: true,
                current: false,
              } as ApiRevision
            }
            picked={false}
            onPick={() => {}}
          />
        </tbody>
      </table>
    </PlaceContext>,
  );
const target = (text: string) => screen.getByText(text).closest("a")?.getAttribute("href");

test("what changed and what broke lead to the difference from the revision before", async () => {
  await show(8, 4);
  expect(target(t.revs.filesOf(2, 9))).toBe("/apis/acme/diff?from=7&to=8");
  expect(target(t.apis.breakingCount(4))).toBe("/apis/acme/diff?from=7&to=8");
  expect(screen.getByTitle(t.apis.whenPublished).textContent).toContain("4 breaking");
  expect(screen.getByText("3 services, 25 methods")).toBeTruthy();
});

test("nothing is before the first", async () => {
  await show(1, 0);
  expect(target(t.revs.filesOf(2, 9))).toBeUndefined();
});
