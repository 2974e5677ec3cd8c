// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { fromAddress, SCREENS, toAddress } from "./symbolAddress";

test.each([
  ["acme.v1.Shop", "acme.v1.Shop"],
  ["acme.files", "acme.files"],
  ["Files", "Files"],
  ["files", ".files"],
  ["revisions", ".revisions"],
  ["diff", ".diff"],
  ["policy", ".policy"],
  ["", "-"],
])("the address of %j is %j, and the other way round", (name, part) => {
  expect(toAddress(name)).toBe(part);
  expect(fromAddress(part)).toBe(name);
});

test("no symbol has the address of a screen", () =>
  expect(
    SCREENS.map(toAddress).filter((part) => (SCREENS as readonly string[]).includes(part)),
  ).toEqual([]));

test("a name from the root may be written for any symbol", () =>
  expect(fromAddress(".acme.v1.Shop")).toBe("acme.v1.Shop"));
