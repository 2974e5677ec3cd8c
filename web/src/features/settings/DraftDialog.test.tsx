// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Session } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, inEnglish, render, screen, within } from "@/testing/render";
import { DraftDialog } from "./DraftDialog";
import { texts } from "./messages";

const en = inEnglish(texts);
const t = en.tokens.draft;
const member: Session = {
  subject: "user:kenji",
  kind: "session",
  name: "kenji",
  role: "viewer",
  scopes: [],
  teams: ["wallet", "growth"],
  version: "1",
};
const admin: Session = { ...member, role: "admin", teams: [] };
const onSubmit = vi.fn();
const onClose = vi.fn();
beforeEach(() => {
  onSubmit.mockReset();
  onClose.mockReset();
});

function dialog(session: Session, error?: unknown) {
  const props = { session, teams: ["wallet", "payments-core"], busy: false, onSubmit, onClose };
  return <DraftDialog {...props} error={error} />;
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`));
const put = (label: string, value: string) => fireEvent.change(field(label), { target: { value } });
const pick = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));
const create = () => fireEvent.click(screen.getByRole("button", { name: t.submit }));
const optionsOf = (label: string) =>
  within(field(label))
    .getAllByRole("option")
    .map((option) => option.textContent);

describe("a token for CI", () => {
  test("is made for one of one's own teams", () => {
    render(dialog(member));
    expect(optionsOf(t.team)).toEqual([t.teamMissing, "wallet", "growth"]);
    put(t.name, "wallet-repo main");
    put(t.team, "wallet");
    put(t.services, "acme-wallet*");
    put(t.days, "30");
    create();
    expect(onSubmit).toHaveBeenCalledWith({
      kind: "ci",
      name: "wallet-repo main",
      team: "wallet",
      scopes: ["ingest:write"],
      services: ["acme-wallet*"],
      days: 30,
    });
  });

  test("may be for any team, or none, when an admin makes it", () => {
    render(dialog(admin));
    expect(optionsOf(t.team)).toEqual([t.teamNone, "payments-core", "wallet"]);
    put(t.name, "all");
    create();
    expect(onSubmit.mock.calls[0]?.[0]).not.toHaveProperty("team");
  });
});

test("scopes are those of the kind", () => {
  render(dialog(admin));
  const scopes = () => screen.getAllByRole("checkbox").length;
  expect(scopes()).toBe(4);
  pick("System");
  expect(scopes()).toBe(4);
  expect(screen.queryByLabelText(new RegExp(`^${t.services}`))).toBeNull();
  expect(screen.queryByLabelText(new RegExp(`^${t.team}`))).toBeNull();
});

describe("faults", () => {
  const summary = () => screen.getByRole("alert");

  test("are told above, with the focus there, and beside their fields", () => {
    render(dialog(member));
    create();
    expect(onSubmit).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(summary());
    expect(summary().textContent).toContain(t.faults(2));
    expect(field(t.name).getAttribute("aria-invalid")).toBe("true");
    expect(field(t.team).getAttribute("aria-invalid")).toBe("true");
  });

  test("lead to their fields", () => {
    render(dialog(member));
    create();
    fireEvent.click(within(summary()).getByRole("button", { name: /^Team/ }));
    expect(document.activeElement).toBe(field(t.team));
  });

  test("go when they are mended, and the summary with the last", () => {
    render(dialog(member));
    create();
    put(t.name, "x");
    expect(field(t.name).hasAttribute("aria-invalid")).toBe(false);
    put(t.team, "wallet");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("take the focus again with the next try", () => {
    render(dialog(member));
    create();
    field(t.name).focus();
    create();
    expect(document.activeElement).toBe(summary());
  });

  test("of the server are told alike", () => {
    const { rerender } = render(dialog(member));
    const errors = [{ pointer: "#/services/1", code: "format", detail: "no such glob" }];
    rerender(
      dialog(member, new ApiError({ type: "", title: "", status: 422, instance: "", errors })),
    );
    expect(document.activeElement).toBe(summary());
    expect(summary().textContent).toContain(`${t.services}: no such glob`);
    expect(field(t.services).getAttribute("aria-invalid")).toBe("true");
  });

  test("that concern no field are told as a whole", () => {
    const problem = { type: "", title: "", status: 403, instance: "", needs: { role: "admin" } };
    const { rerender } = render(dialog(member));
    rerender(dialog(member, new ApiError(problem)));
    expect(summary().textContent).toContain(en.error.forbidden);
    expect(summary().textContent).toContain(en.error.needs.role("admin"));
  });
});

describe("what one may not make", () => {
  test("says who could, and cannot be sent", () => {
    render(dialog(member));
    pick("System");
    expect(screen.getByRole("status").textContent).toContain(en.error.needs.role("admin"));
    put(t.name, "TODO system");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: t.submit }).disabled).toBe(true);
    fireEvent.submit(field(t.name));
    expect(onSubmit).not.toHaveBeenCalled();
  });
});
