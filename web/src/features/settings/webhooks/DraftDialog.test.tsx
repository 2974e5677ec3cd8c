// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from "vitest";
import type { Fault } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, inEnglish, render, screen, within } from "@/testing/render";
import { DraftDialog } from "./DraftDialog";
import { texts } from "./messages";
import { type Draft, NEW } from "./model";

const { draft: say, edit } = inEnglish(texts).webhooks;
const there: Draft = { ...NEW, name: "chat", url: "https://chat.acme.example/in" };
const problem = (status: number, errors?: Fault[]) =>
  new ApiError({
    type: "about:blank",
    title: "No",
    status,
    instance: "/api/v1/webhooks/1",
    ...(errors ? { errors } : {}),
  });
const onSubmit = vi.fn();
afterEach(() => onSubmit.mockClear());

const dialog = (current: Draft | undefined, error?: unknown) => (
  <DraftDialog current={current} busy={false} error={error} onSubmit={onSubmit} onClose={vi.fn()} />
);
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const field = (name: "name" | "url" | "types" | "teams") =>
  screen.getByRole<HTMLInputElement>("textbox", { name: new RegExp(`^${say[name]}`) });
const type = (name: "name" | "url" | "types" | "teams", value: string) =>
  fireEvent.change(field(name), { target: { value } });

test("a webhook is edited from what is there", () => {
  render(dialog(there));
  expect(field("name").value).toBe("chat");
  type("types", "todo.*\ncampaign.*");
  fireEvent.click(button(edit.submit));
  expect(onSubmit).toHaveBeenCalledWith({ ...there, types: "todo.*\ncampaign.*" }, there);
});

test("what is missing is said at its field, and nothing is sent", () => {
  render(dialog(there));
  type("url", " ");
  fireEvent.click(button(edit.submit));
  expect(field("url").getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field("url"));
  expect(screen.getByText(say.missing)).toBeTruthy();
  expect(onSubmit).not.toHaveBeenCalled();
});

test("what the server refuses is said at its field until that is corrected", () => {
  const refused = problem(422, [
    { pointer: "#/types/1", code: "unknown", detail: "no type of events" },
  ]);
  render(dialog(there, refused));
  expect(field("types").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("no type of events")).toBeTruthy();
  type("types", "todo.done");
  expect(screen.queryByText("no type of events")).toBeNull();
});

test("that the name is taken is said at its field, in the language of the page", () => {
  const taken = problem(409, [{ pointer: "#/name", code: "taken", detail: "has another" }]);
  render(dialog(there, taken));
  expect(field("name").getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field("name"));
  expect(screen.getByText(say.taken)).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  type("name", "chat 2");
  expect(screen.queryByText(say.taken)).toBeNull();
});

test("a refusal of the whole is said above", () => {
  render(dialog(there, problem(409)));
  expect(screen.getByRole("alert")).toBeTruthy();
});

const theirs = { ...there, url: "https://chat.acme.example/v2", types: "*" };

/** They wrote two fields while one of these, and another, was typed. */
function meanwhile() {
  const { rerender } = render(dialog(there));
  type("types", "todo.done");
  type("teams", "wallet");
  rerender(dialog(theirs, problem(412)));
}

test("what somebody else wrote is shown beside what was typed, and nothing is sent", () => {
  meanwhile();
  const shown = screen.getByRole("region", { name: edit.theirs });
  expect(within(shown).getByText(theirs.url)).toBeTruthy();
  expect(within(shown).getByText("*")).toBeTruthy();
  expect(within(shown).queryByText(say.teams)).toBeNull();
  expect(field("types").value).toBe("todo.done");
  expect(field("teams").value).toBe("wallet");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(button(edit.submit).disabled).toBe(true);
});

test("mine is what was typed, and theirs where nothing was", () => {
  meanwhile();
  fireEvent.click(button(edit.keep));
  fireEvent.click(button(edit.submit));
  const mine = { ...theirs, types: "todo.done", teams: "wallet" };
  expect(onSubmit).toHaveBeenCalledWith(mine, theirs);
});

test("theirs takes the place of what was typed", () => {
  meanwhile();
  fireEvent.click(button(edit.take));
  expect(field("types").value).toBe("*");
  expect(field("teams").value).toBe("");
  expect(screen.queryByText(edit.conflict)).toBeNull();
});
