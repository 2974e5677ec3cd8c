// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiPolicy } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { bodyOf, faultAt, fitsAll, policyFaults, rowsOf, taken, withRow } from "./policy";

const item = (prefix: string) => ({
  prefix,
  use: ["WIRE"],
  except: ["RPC_NO_DELETE"],
  ignoreUnstable: true,
});
const policy: ApiPolicy = {
  version: 4,
  changedBy: "user:saki",
  changedAt: "2026-11-26T05:00:00Z",
  items: [item(""), item("acme.pay")],
};

test("a form that nobody touched sends what was there", () => {
  expect(bodyOf(rowsOf(policy), 4)).toEqual({ version: 4, items: policy.items });
});

test("a new row has a key of its own, also after one was removed", () => {
  const rows = rowsOf(policy).slice(1);
  expect(withRow(rows).map((row) => row.key)).toEqual([1, 2]);
  expect(withRow([]).map((row) => [row.key, row.use])).toEqual([[0, ["FILE"]]]);
});

test("a prefix is sent without the space around it", () => {
  const [row] = rowsOf(policy);
  expect(row && bodyOf([{ ...row, prefix: " acme " }], 1).items[0]?.prefix).toBe("acme");
});

test("what stands in a field counts as added: it is saved, and lost when nobody saves", () => {
  const [row] = rowsOf(policy);
  const typing = { use: " file", except: "rpc_no_delete " };
  const sent = row && bodyOf([{ ...row, typed: typing }], 1).items[0];
  expect(sent).toEqual({ ...item(""), use: ["WIRE", "FILE"] });
  expect(row && taken({ ...row, typed: typing }).typed).toEqual({ use: "", except: "" });
});

test("some row fits every package, or none does", () => {
  expect(fitsAll(policy.items)).toBe(true);
  expect(fitsAll(policy.items.slice(1))).toBe(false);
});

test("faults find their rows", () => {
  const fault = (pointer: string, detail: string) => ({ pointer, code: "format", detail });
  const errors = [
    fault("#/items/1/use/0", "no such rule"),
    fault("#/items/1/use/3", "nor is this"),
    fault("#/items/0/prefix", "no package"),
    fault("#/items", "too many"),
  ];
  const faults = policyFaults(
    new ApiError({ type: "", title: "", status: 422, instance: "", errors }),
  );
  expect(faultAt(faults, 1, "use")).toBe("no such rule");
  expect(faultAt(faults, 0, "prefix")).toBe("no package");
  expect(faultAt(faults, 0, "except")).toBeUndefined();
  expect(faults.whole).toEqual(["too many"]);
  expect(policyFaults(undefined).rows.size).toBe(0);
});
