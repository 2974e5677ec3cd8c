// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ServiceItem } from "@/api/generated";
import { act, renderHook } from "@/testing/render";
import { useSteadyRows } from "./useSteadyRows";

const rows = (text: string) => [...text].map((id) => ({ id }) as ServiceItem);
const changed = (text: string) => rows(text).map((row) => ({ ...row, tier: 1 }));

function setUp(first: string) {
  const props = { fresh: rows(first), question: "all", held: true };
  const hook = renderHook((now: typeof props) => useSteadyRows(now.fresh, now.question, now.held), {
    initialProps: props,
  });
  const ids = () => hook.result.current.rows.map((row) => row.id).join("");
  const put = (part: Partial<typeof props>) => hook.rerender({ ...props, ...part });
  return { ids, put, steady: () => hook.result.current };
}

test("rows that keep their places are shown at once", () => {
  const { ids, put, steady } = setUp("abc");
  put({ fresh: changed("abc") });
  expect(ids()).toBe("abc");
  expect(steady().rows[0]).toHaveProperty("tier", 1);
  expect(steady().waiting).toBe(0);
});

test("rows that would move wait while somebody is in them", () => {
  const { ids, put, steady } = setUp("abc");
  put({ fresh: rows("bxa") });
  expect(ids()).toBe("abc");
  expect(steady().waiting).toBe(2);
  act(() => steady().show());
  expect(ids()).toBe("bxa");
  expect(steady().waiting).toBe(0);
});

test("they move when nobody is", () => {
  const { ids, put } = setUp("abc");
  put({ fresh: rows("bca"), held: false });
  expect(ids()).toBe("bca");
});

test("they come when whoever was in them has left", () => {
  const { ids, put } = setUp("abc");
  const fresh = rows("cab");
  put({ fresh });
  expect(ids()).toBe("abc");
  put({ fresh, held: false });
  expect(ids()).toBe("cab");
});

test("one more page only appends: that moves nothing", () => {
  const { ids, put, steady } = setUp("abc");
  put({ fresh: rows("abcde") });
  expect(ids()).toBe("abcde");
  expect(steady().waiting).toBe(0);
});

test("another question is always answered", () => {
  const { ids, put } = setUp("abc");
  put({ fresh: rows("xyz"), question: "team" });
  expect(ids()).toBe("xyz");
});
