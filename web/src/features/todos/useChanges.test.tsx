// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Todo, TodoList } from "@/api/generated";
import {
  act,
  fireEvent,
  i18nOf,
  inEnglish,
  renderPage,
  screen,
  testClient,
  waitFor,
} from "@/testing/render";
import { Toasts } from "@/ui/Toast";
import { todosQuery } from "./api";
import { texts } from "./messages";
import { Trouble } from "./Trouble";
import { useChanges } from "./useChanges";

const t = inEnglish(texts).todos;
const { f } = i18nOf("en");

const todo: Todo = {
  id: 7,
  campaign: "alert-channel",
  title: "Name the channel",
  serviceID: "acme-payment",
  serviceGone: false,
  team: "wallet",
  state: "open",
  byRule: true,
  assignee: null,
  snoozedUntil: null,
  due: null,
  overdue: false,
  level: null,
  phase: null,
  reason: null,
  approver: null,
  until: null,
  evidence: null,
  waitsFor: null,
  source: null,
  externalID: null,
  externalUrl: null,
  openedAt: "2026-11-20T05:00:00Z",
  changedAt: "2026-11-20T05:00:00Z",
  doneAt: null,
  reopened: 0,
  comments: 0,
  version: 3,
};

const server = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>();
beforeEach(() => {
  server.mockReset();
  vi.stubGlobal("fetch", server);
});
const sent = (call: number) => {
  const [url, init] = server.mock.calls[call] ?? [];
  const { "if-match": match } = (init?.headers ?? {}) as Record<string, string>;
  return { url, match, body: JSON.parse(String(init?.body ?? "null")) };
};
const refuse = (status: number, more = {}) =>
  new Response(
    JSON.stringify({ type: "about:blank", title: "No", status, instance: "", ...more }),
    {
      status,
      headers: { "content-type": "application/problem+json" },
    },
  );

const client = testClient();
const key = todosQuery({}).queryKey;
const kept = () => client.getQueryData<{ pages: TodoList[] }>(key)?.pages[0]?.items ?? [];

function Deeds() {
  const changes = useChanges();
  return (
    <>
      <button type="button" onClick={() => changes.change(todo, { assignee: "user:mia" }, "given")}>
        one
      </button>
      <button
        type="button"
        onClick={() =>
          changes.changeAll(
            [todo, { ...todo, id: 8, serviceID: "acme-wallet" }],
            { assignee: "user:mia" },
            t.changedMany,
          )
        }
      >
        two
      </button>
      <Trouble changes={changes} />
      <Toasts />
    </>
  );
}

const start = async (deed: string) => {
  client.clear();
  client.setQueryData(key, { pages: [{ items: [todo], next: null }], pageParams: [""] });
  await renderPage(<Deeds />, { client });
  fireEvent.click(screen.getByRole("button", { name: deed }));
};

describe("a change", () => {
  test("is shown before the answer, names the version, and can be taken back", async () => {
    let answer = (_: Response) => {};
    server.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    await start("one");
    await waitFor(() => expect(kept()[0]?.assignee).toBe("user:mia"));
    expect(sent(0)).toEqual({
      url: "/api/v1/todos/7",
      match: '"3"',
      body: { assignee: "user:mia" },
    });
    const made = { ...todo, assignee: "user:mia", version: 4 };
    await act(async () => answer(Response.json(made)));
    await screen.findByText("given");
    server.mockResolvedValueOnce(Response.json({ ...todo, version: 5 }));
    fireEvent.click(screen.getByText(t.undo));
    await screen.findByText(t.undone);
    expect(sent(1)).toEqual({ url: "/api/v1/todos/7", match: '"4"', body: { assignee: null } });
    expect(kept()[0]).toMatchObject({ assignee: null, version: 5 });
  });

  test("that is refused is taken back and told", async () => {
    server.mockResolvedValueOnce(refuse(409, { detail: "facts decide" }));
    await start("one");
    await screen.findByText("facts decide");
    expect(kept()[0]).toEqual(todo);
  });

  test("of what changed meanwhile shows both, and can be made all the same", async () => {
    const theirs = { ...todo, assignee: "user:kenji", version: 9 };
    server.mockResolvedValueOnce(refuse(412));
    server.mockResolvedValueOnce(Response.json({ todo: theirs }));
    await start("one");
    const dialog = await screen.findByRole("dialog", { name: t.conflictTitle });
    expect(dialog.textContent).toContain("kenji");
    expect(dialog.textContent).toContain("Assignee: mia");
    expect(kept()[0]).toEqual(theirs);
    server.mockResolvedValueOnce(Response.json({ ...theirs, assignee: "user:mia", version: 10 }));
    fireEvent.click(screen.getByRole("button", { name: t.doItAllTheSame }));
    await waitFor(() => expect(kept()[0]?.version).toBe(10));
    expect(sent(2).match).toBe('"9"');
  });
});

describe("a change of many", () => {
  test("tells which stayed as they were, and takes back the others", async () => {
    const problem = {
      type: "about:blank",
      title: "No",
      status: 403,
      instance: "",
      detail: "not yours",
    };
    server.mockResolvedValueOnce(
      Response.json({
        items: [
          { id: 7, status: 200, todo: { ...todo, assignee: "user:mia", version: 4 } },
          { id: 8, status: 403, problem },
        ],
      }),
    );
    await start("two");
    await screen.findByText(t.changedMany(1));
    expect(screen.getByText(/acme-wallet: not yours/).textContent).toContain(f.number(1));
    server.mockResolvedValueOnce(Response.json({ items: [{ id: 7, status: 200, todo }] }));
    fireEvent.click(screen.getAllByText(t.undo).at(-1) as HTMLElement);
    await screen.findByText(t.undoneMany(1));
    expect(sent(1).body).toEqual({ items: [{ id: 7, version: 4, change: { assignee: null } }] });
  });
});
