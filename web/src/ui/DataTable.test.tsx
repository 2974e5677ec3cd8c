// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { setPrefs } from "@/lib/prefs";
import { act, fireEvent, renderPage, screen, waitFor } from "@/testing/render";
import { type Column, DataTable, RowLink } from "./DataTable";

interface Row {
  id: string;
  team: string;
}

const columns: Column<Row>[] = [
  {
    id: "id",
    header: "Service",
    track: "1fr",
    sort: "name",
    cell: (row) => (
      <RowLink to="/services/$id" params={{ id: row.id }}>
        {row.id}
      </RowLink>
    ),
  },
  { id: "team", header: "Team", track: "1fr", from: 600, cell: (row) => row.team },
  { id: "updated", header: "Updated", track: "1fr", sort: "updated", cell: () => "today" },
];

const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `s${i}`, team: `t${i}` }));

type Props = Partial<Parameters<typeof DataTable<Row>>[0]>;

const table = (props: Props) => (
  <DataTable label="Services" columns={columns} rows={[]} rowKey={(row) => row.id} {...props} />
);

/** A click turns its rows round, as an update from the server may. */
function Turning() {
  const [list, setList] = useState(rows(5));
  return (
    <>
      <button type="button" onClick={() => setList(rows(5).reverse())}>
        Turn
      </button>
      {table({ rows: list })}
    </>
  );
}

/** A table of a size: jsdom lays nothing out. */
async function show(props: Props, width = 1000, ui = table(props)) {
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(width);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width);
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(440);
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(44 * 5000 + 34);
  return renderPage(ui);
}

const names = () => [...scroller().querySelectorAll("a")].map((link) => link.textContent);
// By selectors: roles are slow to compute among so many rows.
const link = (name: string) =>
  [...document.querySelectorAll("a")].find((each) => each.textContent === name) as HTMLElement;
const focused = () => document.activeElement?.textContent;
const press = (key: string) =>
  act(() => fireEvent.keyDown(document.activeElement ?? document.body, { key }));
const scroller = () => document.querySelector("[role=table]")?.parentElement as HTMLElement;

beforeEach(() => setPrefs({ density: "comfortable" }));

describe("rows", () => {
  test("are in the document only as far as they are in view", async () => {
    await show({ rows: rows(5000) });
    expect(names().length).toBeGreaterThanOrEqual(10);
    expect(names().length).toBeLessThan(40);
    expect(names()[0]).toBe("s0");
  });

  test("tell their place among all", async () => {
    await show({ rows: rows(100), total: 5000, hasMore: true });
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("5001");
    const [head, first] = screen.getAllByRole("row");
    expect(head?.getAttribute("aria-rowindex")).toBe("1");
    expect(first?.getAttribute("aria-rowindex")).toBe("2");
  });

  test("of an unknown number say so", async () => {
    await show({ rows: rows(100), hasMore: true });
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("-1");
  });

  test("follow the scrolling", async () => {
    await show({ rows: rows(5000) });
    scroller().scrollTop = 44 * 2000;
    act(() => fireEvent.scroll(scroller()));
    expect(names()).toContain("s2005");
    expect(names()).not.toContain("s0");
  });

  test("ask for more before their end is reached, not earlier", async () => {
    const onEnd = vi.fn();
    await show({ rows: rows(200), hasMore: true, onEnd });
    expect(onEnd).not.toHaveBeenCalled();
    scroller().scrollTop = 44 * 180;
    act(() => fireEvent.scroll(scroller()));
    expect(onEnd).toHaveBeenCalled();
  });
});

describe("columns", () => {
  const headers = () => screen.getAllByRole("columnheader").map((each) => each.textContent);

  test("that need more width are left out of a narrow table", async () => {
    await show({ rows: rows(3) }, 500);
    expect(headers()).toEqual(["Service", "Updated"]);
    expect(screen.queryByText("t0")).toBeNull();
  });

  test("are all there in a wide one", async () => {
    await show({ rows: rows(3) });
    expect(headers()).toEqual(["Service", "Team", "Updated"]);
  });

  test("say how they are sorted, and sort on a click", async () => {
    const onSort = vi.fn();
    await show({ rows: rows(3), sort: "updated", onSort });
    const sorted = (name: string) =>
      screen.getByRole("columnheader", { name }).getAttribute("aria-sort");
    expect(sorted("Updated")).toBe("descending");
    expect(sorted("Service")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Service" }));
    expect(onSort).toHaveBeenCalledWith("name");
    expect(screen.queryByRole("button", { name: "Team" })).toBeNull();
  });
});

describe("the keyboard", () => {
  test("j begins at the first row, j and k move on", async () => {
    await show({ rows: rows(50) });
    press("j");
    await waitFor(() => expect(focused()).toBe("s0"));
    press("j");
    await waitFor(() => expect(focused()).toBe("s1"));
    press("k");
    await waitFor(() => expect(focused()).toBe("s0"));
    press("k");
    await waitFor(() => expect(focused()).toBe("s0"));
  });

  test("the arrows move from where the focus is, and stop at the end", async () => {
    await show({ rows: rows(3) });
    act(() => link("s1").focus());
    press("ArrowDown");
    await waitFor(() => expect(focused()).toBe("s2"));
    press("ArrowDown");
    await waitFor(() => expect(focused()).toBe("s2"));
    press("ArrowUp");
    await waitFor(() => expect(focused()).toBe("s1"));
  });

  test("the arrows scroll as ever while no row has the focus", async () => {
    await show({ rows: rows(50) });
    expect(fireEvent.keyDown(scroller(), { key: "ArrowDown" })).toBe(true);
  });

  test("the focused row stays when it is scrolled out of view", async () => {
    await show({ rows: rows(5000) });
    act(() => link("s1").focus());
    scroller().scrollTop = 44 * 2000;
    act(() => fireEvent.scroll(scroller()));
    expect(names()).toContain("s2005");
    expect(focused()).toBe("s1");
    press("j");
    expect(focused()).toBe("s2"); // at once: Enter may be the next key
    press("j");
    expect(focused()).toBe("s3");
  });

  test("the focus is on a service, not on a place", async () => {
    await show({}, 1000, <Turning />);
    act(() => link("s1").focus());
    act(() => screen.getByRole("button", { name: "Turn", hidden: true }).click());
    expect(names()).toEqual(["s4", "s3", "s2", "s1", "s0"]);
    expect(focused()).toBe("s1");
    press("j");
    await waitFor(() => expect(focused()).toBe("s0"));
  });
});

describe("loading", () => {
  test("shows bones, but not at once", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await show({ loading: true });
    const bones = () => scroller().querySelectorAll("[aria-hidden=true][style*=translateY]").length;
    expect(screen.getByRole("table").getAttribute("aria-busy")).toBe("true");
    expect(bones()).toBe(0);
    act(() => vi.advanceTimersByTime(150));
    expect(bones()).toBe(14);
  });
});

test("rows are told to be held while pointer or focus are in them", async () => {
  const onHold = vi.fn();
  await show({ rows: rows(3), onHold });
  fireEvent.mouseEnter(scroller());
  expect(onHold).toHaveBeenLastCalledWith(true);
  fireEvent.mouseLeave(scroller());
  expect(onHold).toHaveBeenLastCalledWith(false);
  act(() => link("s0").focus());
  expect(onHold).toHaveBeenLastCalledWith(true);
  fireEvent.mouseLeave(scroller());
  expect(onHold).toHaveBeenLastCalledWith(true);
  act(() => link("s0").blur());
  expect(onHold).toHaveBeenLastCalledWith(false);
});

test("what stands for rows is outside of the table", async () => {
  await show({ rows: [], instead: <button type="button">Reset</button> });
  const reset = screen.getByRole("button", { name: "Reset" });
  expect(screen.getByRole("table").contains(reset)).toBe(false);
});
