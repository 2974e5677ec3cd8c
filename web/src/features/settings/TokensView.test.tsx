// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import type { Token } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, inEnglish, renderPage, screen, within } from "@/testing/render";
import { texts } from "./messages";
import { TokensView, type TokensViewProps } from "./TokensView";

const en = inEnglish(texts);
const t = en.tokens;
const token = (id: number, part: Partial<Token> = {}): Token => ({
  id,
  kind: "ci",
  name: `token ${id}`,
  hint: `mdc_${id}…`,
  team: "wallet",
  owner: null,
  scopes: ["ingest:write"],
  services: [],
  createdBy: "user:saki",
  createdAt: "2026-11-20T05:00:00Z",
  expiresAt: "2027-02-18T05:00:00Z",
  state: "active",
  ...part,
});

const ACTIONS = { onRetry: vi.fn(), onMake: vi.fn(), onRotate: vi.fn(), onRevoke: vi.fn() };
const show = (part: Partial<TokensViewProps>) =>
  renderPage(
    <TokensView tokens={undefined} origin="https://mdash.example" {...ACTIONS} {...part} />,
  );
const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
const buttons = (name: string) =>
  within(row(name))
    .queryAllByRole("button")
    .map((button) => button.getAttribute("aria-label"));

describe("a list", () => {
  test("names each token, its state, reach and scopes", async () => {
    await show({ tokens: [token(1, { services: ["acme-*"], scopes: ["ingest:validate"] })] });
    const text = row("token 1").textContent;
    for (const part of ["mdc_1…", "by saki", "Active", "wallet", "acme-*", "Never"]) {
      expect(text).toContain(part);
    }
    expect(text).toContain(t.scope["ingest:validate"]);
  });

  test("lets those be rotated and revoked that work", async () => {
    await show({ tokens: [token(1), token(2, { state: "expired" })] });
    expect(buttons("token 1")).toEqual(["Rotate: token 1", "Revoke: token 1"]);
    expect(buttons("token 2")).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Rotate: token 1" }));
    expect(ACTIONS.onRotate.mock.lastCall?.[0]).toMatchObject({ id: 1 });
    fireEvent.click(screen.getByRole("button", { name: "Revoke: token 1" }));
    expect(ACTIONS.onRevoke.mock.lastCall?.[0]).toMatchObject({ id: 1 });
  });

  test("does not offer a second successor", async () => {
    await show({ tokens: [token(2, { rotatedFrom: 1 }), token(1, { state: "expiring" })] });
    expect(buttons("token 1")).toEqual(["Revoke: token 1"]);
    expect(row("token 1").textContent).toContain(t.replaced);
    expect(buttons("token 2")).toEqual(["Rotate: token 2", "Revoke: token 2"]);
  });

  test.each<[string, Partial<Token>, string]>([
    ["of a team", {}, `wallet${t.ownServices}`],
    ["of nobody", { team: null }, t.noTeam + t.allServices],
    ["of a person", { kind: "personal", team: null, owner: "saki" }, `saki${t.ownServices}`],
    ["that only reads", { team: null, kind: "system", scopes: ["events:read"] }, t.noTeam],
  ])("says what a token %s reaches", async (_whose, part, reach) => {
    await show({ tokens: [token(1, part)] });
    const cells = within(row("token 1")).getAllByRole("cell");
    expect(cells[2]?.textContent).toBe(reach);
  });

  test("shows three services and counts the others", async () => {
    await show({ tokens: [token(1, { services: ["a*", "b*", "c*", "d*", "e*"] })] });
    expect(row("token 1").textContent).toContain(`a*b*c*${en.common.more(2)}`);
  });
});

test("without tokens there is the request that one is used with", async () => {
  await show({ tokens: [] });
  expect(screen.queryByRole("table")).toBeNull();
  expect(screen.getByText(t.emptyTitle)).toBeTruthy();
  expect(screen.getByLabelText(t.emptyHint).textContent).toContain("curl -X PUT");
});

const error = new ApiError({ type: "", title: "Oops", status: 500, instance: "6f2d" });

test("a first answer that failed is told, with a way to try again", async () => {
  await show({ error });
  expect(screen.getByRole("alert").textContent).toContain("6f2d");
  fireEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(ACTIONS.onRetry).toHaveBeenCalled();
});

test("a refresh that failed leaves the tokens in place", async () => {
  await show({ tokens: [token(1)], error, updatedAt: Date.now() });
  expect(row("token 1")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});
