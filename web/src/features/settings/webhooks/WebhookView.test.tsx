// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import type { Webhook, WebhookDelivery } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, inEnglish, renderPage, screen, within } from "@/testing/render";
import { texts } from "./messages";
import { WebhooksView } from "./WebhooksView";
import { WebhookView, type WebhookViewProps } from "./WebhookView";

const t = inEnglish(texts).webhooks;
const webhook = (name: string, part: Partial<Webhook> = {}): Webhook => ({
  id: 1,
  name,
  url: `https://${name}.acme.example/in/b7c1`,
  types: ["todo.*"],
  teams: [],
  campaigns: [],
  ordered: false,
  format: "cloudevents",
  state: "active",
  version: 1,
  createdBy: "user:saki",
  createdAt: "2026-11-20T05:00:00Z",
  changedAt: "2026-11-20T05:00:00Z",
  waiting: 0,
  dead: 0,
  ...part,
});
const WHY = "every delivery of five days failed";
const webhooks = [
  webhook("todo-system"),
  webhook("chat", { id: 2, failingSince: "2026-11-24T05:00:00Z" }),
  webhook("staging", { id: 3, state: "paused", waiting: 120 }),
  webhook("archive", { id: 4, state: "disabled", reason: WHY }),
];
const delivery = (id: number, part: Partial<WebhookDelivery>): WebhookDelivery => ({
  id,
  messageID: `5d1f08a3-470${id}`,
  event: `470${id}`,
  type: "todo.done",
  kind: "todo",
  subject: "815",
  sequence: id,
  state: "waiting",
  attempts: 3,
  replays: 0,
  createdAt: "2026-11-24T05:00:00Z",
  ...part,
});
const deliveries = [
  delivery(6, { state: "sending" }),
  delivery(5, { status: 503, error: "the answer was 503", answer: "Service Unavailable" }),
];
const named = (name: string) => {
  const found = webhooks.find((each) => each.name === name);
  if (!found) {
    throw new Error(name);
  }
  return found;
};
const ON = {
  onState: vi.fn(),
  onMore: vi.fn(),
  onReload: vi.fn(),
  onEdit: vi.fn(),
  onTest: vi.fn(),
  onPause: vi.fn(),
  onEnable: vi.fn(),
  onRotate: vi.fn(),
  onReplay: vi.fn(),
  onRemove: vi.fn(),
  onRetry: vi.fn(),
};
const show = (part: Partial<WebhookViewProps>) =>
  renderPage(
    <WebhookView
      webhook={named("todo-system")}
      deliveries={deliveries}
      state={undefined}
      more={false}
      busy={false}
      {...ON}
      {...part}
    />,
  );
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("the list", () => {
  test("says how each one is, and hides the path of its receiver", async () => {
    await renderPage(<WebhooksView webhooks={webhooks} onRetry={vi.fn()} onMake={vi.fn()} />);
    const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
    expect(row("chat").textContent).toContain(t.failing);
    expect(row("chat").textContent).toContain("chat.acme.example");
    expect(row("chat").textContent).not.toContain("b7c1");
    expect(row("archive").textContent).toContain(t.state.disabled);
    expect(within(row("staging")).getByText("120")).toBeTruthy();
  });

  test("shows an error where there is nothing to show", async () => {
    const error = new ApiError({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      instance: "x",
    });
    await renderPage(
      <WebhooksView webhooks={undefined} error={error} onRetry={vi.fn()} onMake={vi.fn()} />,
    );
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("one webhook", () => {
  test("offers what its state allows", async () => {
    await show({});
    fireEvent.click(button(t.pause));
    expect(ON.onPause).toHaveBeenCalled();
    expect(screen.queryByRole("button", { name: t.enable })).toBeNull();
    expect(button(t.replay).disabled).toBe(false);
  });

  test("is enabled before anything is sent again", async () => {
    await show({ webhook: named("archive") });
    fireEvent.click(button(t.enable));
    expect(ON.onEnable).toHaveBeenCalled();
    expect(button(t.replay).disabled).toBe(true);
    expect(screen.queryAllByRole("button", { name: new RegExp(`^${t.retry}:`) })).toEqual([]);
    expect(screen.getByText(WHY)).toBeTruthy();
  });

  test("shows deliveries with outcome and answer, and sends one again", async () => {
    await show({});
    const row = screen.getByRole("row", { name: /4705/ });
    expect(row.textContent).toContain("the answer was 503");
    expect(row.textContent).toContain("Service Unavailable");
    fireEvent.click(within(row).getByRole("button", { name: `${t.retry}: 5d1f08a3-4705` }));
    expect(ON.onRetry.mock.lastCall?.[0]).toMatchObject({ id: 5 });
    const sending = screen.getByRole("row", { name: /4706/ });
    expect(within(sending).queryByRole("button")).toBeNull();
  });

  test("asks for one state and for more", async () => {
    await show({ more: true });
    fireEvent.change(screen.getByLabelText(t.filter), { target: { value: "dead" } });
    expect(ON.onState.mock.lastCall).toEqual(["dead"]);
    fireEvent.click(button(t.more));
    expect(ON.onMore).toHaveBeenCalled();
  });
});
