// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";
import type { Todo } from "@/api/generated";
import { act, fireEvent, renderPage, screen, waitFor } from "@/testing/render";
import { ChangeDialog } from "./ChangeDialog";

const mine = { id: 1, title: "Alert channel", serviceID: "acme-payment" } as Todo;
const other = { id: 42, title: "Rotate the password", serviceID: "acme-wallet" } as Todo;
const change = vi.fn();

beforeEach(() => {
  change.mockReset().mockResolvedValue(true);
  vi.stubGlobal("fetch", async (url: string) => {
    if (url.startsWith("/api/v1/search")) {
      const hit = (key: string) => ({ kind: "service", key, title: key, detail: "" });
      return Response.json({ items: [hit("acme-payment"), hit("acme-wallet"), hit("acme-idle")] });
    }
    const wallet = url.includes("service=acme-wallet");
    return Response.json({ items: wallet ? [other] : [], next: null });
  });
});

const show = () =>
  renderPage(
    <ChangeDialog deed="waiting" todos={[mine]} busy={false} onClose={vi.fn()} onChange={change} />,
  );
const service = (name: string) =>
  fireEvent.change(screen.getByRole("combobox", { name: /^Service/ }), { target: { value: name } });
const todo = () => screen.getByRole("combobox", { name: "Its TODO" });
const send = () => act(async () => fireEvent.submit(todo().closest("form") as HTMLFormElement));

test("what to wait for is chosen from what another service has to do", async () => {
  await show();
  await send();
  expect(change).not.toHaveBeenCalled();
  expect(todo().getAttribute("aria-invalid")).toBe("true");
  service("acme-wallet");
  await waitFor(() => expect(todo().textContent).toContain("Rotate the password (#42)"));
  fireEvent.change(todo(), { target: { value: "42" } });
  await send();
  expect(change).toHaveBeenCalledWith({ state: "waiting", waitsFor: 42 });
});

test("its own service is not offered, and one with nothing to do says so", async () => {
  await show();
  service("acme-payment");
  expect(screen.getByText("Choose another service than its own.")).toBeTruthy();
  expect(todo()).toHaveProperty("disabled", true);
  service("acme-idle");
  await waitFor(() => expect(todo().textContent).toContain("It has nothing to do"));
  expect(document.querySelector('datalist option[value="acme-payment"]')).toBeNull();
});
