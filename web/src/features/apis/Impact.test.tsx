// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiImpact } from "@/api/generated";
import { fireEvent, inEnglish, renderPage, screen } from "@/testing/render";
import { Hit } from "./Impact";
import { texts } from "./messages";

const t = inEnglish(texts);
const hits = (count: number): ApiImpact[] =>
  Array.from({ length: count }, (_, i) => ({
    service: `caller-${i}`,
    team: null,
    role: "consumes",
    rpcs: [],
  }));
const named = () => screen.queryAllByRole("link").map((link) => link.textContent);
const button = () => screen.getByRole("button");

test("the first few are shown in the order of the server, the others when asked for", async () => {
  await renderPage(<Hit impact={hits(12)} />);
  expect(named()).toEqual(["caller-0", "caller-1", "caller-2", "caller-3", "caller-4"]);
  expect(screen.getByText("12")).toBeTruthy();
  expect(button().textContent).toBe(t.common.more(7));
  expect(button().getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(button());
  expect(named()).toHaveLength(12);
  expect(button().getAttribute("aria-expanded")).toBe("true");
  expect(document.getElementById(button().getAttribute("aria-controls") ?? "")).toBeTruthy();
  fireEvent.click(button());
  expect(named()).toHaveLength(5);
});

test("a service that calls and provides counts once", async () => {
  const [one, two] = hits(2);
  await renderPage(<Hit impact={[one, two, { ...one, role: "provides" }] as ApiImpact[]} />);
  expect(named()).toHaveLength(3);
  expect(screen.getByText("2")).toBeTruthy();
});

test("the keyboard comes from the button to what it has opened", async () => {
  await renderPage(<Hit impact={hits(6)} />);
  fireEvent.click(button());
  const order = button().compareDocumentPosition(screen.getByText("caller-5"));
  expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test("a short list has no button", async () => {
  await renderPage(<Hit impact={hits(5)} />);
  expect(named()).toHaveLength(5);
  expect(screen.queryByRole("button")).toBeNull();
});

test("nobody named is not the same as nobody hit", async () => {
  await renderPage(<Hit impact={[]} />);
  expect(screen.getByText(t.cmp.noImpact)).toBeTruthy();
});
