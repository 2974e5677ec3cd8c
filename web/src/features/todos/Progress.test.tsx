// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { TodoCounts } from "@/api/generated";
import { render } from "@/testing/render";
import { Progress } from "./Progress";

const NONE: TodoCounts = {
  open: 0,
  waiting: 0,
  inReview: 0,
  done: 0,
  notApplicable: 0,
  exempt: 0,
  cancelled: 0,
  overdue: 0,
};
const said = (part: Partial<TodoCounts>) =>
  render(<Progress counts={{ ...NONE, ...part }} />).container.textContent;

test.each<[Partial<TodoCounts>, string]>([
  [{}, "0 % 0 of 0"],
  [{ done: 3, open: 1 }, "75 % 3 of 4"],
  [{ done: 12, cancelled: 30 }, "100 % 12 of 1230 cancelled"],
  [{ cancelled: 30 }, "30 cancelled"],
])("of %j it says %s", (counts, words) => expect(said(counts)).toBe(words));
