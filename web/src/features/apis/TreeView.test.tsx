// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiItem } from "@/api/generated";
import { fireEvent, renderPage, screen } from "@/testing/render";
import { PlaceContext } from "./place";
import { Tree } from "./TreeView";
import { packageTree, rowsOf } from "./tree";

const names = ["acme.order.v1", "acme.payment.v1", "google.protobuf"];
const nodes = packageTree(
  names.map((name) => ({ name, services: 1, messages: 1, enums: 0, files: 1 })),
);
const item = (name: string): ApiItem => ({
  kind: "message",
  name,
  fullName: `acme.payment.v1.${name}`,
  deprecated: name === "Old",
  summary: null,
  parts: 2,
});
const contents = new Map([["acme.payment.v1", [item("Card"), item("Old")]]]);
const place = { repository: "acme", revision: undefined, packages: new Set(names) };

function Sample({ shown }: { shown: string | undefined }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = rowsOf(nodes, { open, filtered: false, contents });
  return (
    <PlaceContext value={place}>
      <Tree
        rows={rows}
        shown={shown}
        onToggle={(name, to) =>
          setOpen(
            (before) => new Set(to ? [...before, name] : [...before].filter((n) => n !== name)),
          )
        }
      />
    </PlaceContext>
  );
}

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
});

const show = (shown?: string) => renderPage(<Sample shown={shown} />);
const tree = () => screen.getByRole("tree");
const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(tree(), { key });
};
const active = () => {
  const id = tree().getAttribute("aria-activedescendant");
  return document.getElementById(id ?? "")?.textContent;
};
const labels = () => screen.getAllByRole("treeitem").map((each) => each.textContent);

test("the arrows move, open and close", async () => {
  await show();
  expect(labels()).toEqual(["Package acme", "Package google.protobuf"]);
  press("ArrowRight");
  expect(labels()).toHaveLength(4);
  press("ArrowRight", "ArrowDown");
  expect(active()).toBe("Package payment.v1");
  press("ArrowRight", "ArrowRight");
  expect(active()).toBe("Message Card");
  press("ArrowLeft");
  expect(active()).toBe("Package payment.v1");
  press("ArrowLeft", "ArrowLeft", "ArrowLeft");
  expect(labels()).toHaveLength(2);
});

test("Home, End and a letter find rows", async () => {
  await show();
  press("End");
  expect(active()).toBe("Package google.protobuf");
  press("Home");
  expect(active()).toBe("Package acme");
  press("g");
  expect(active()).toBe("Package google.protobuf");
});

test("Enter goes to the symbol", async () => {
  const { router } = await show();
  press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Enter");
  await vi.waitFor(() =>
    expect(router.state.location.pathname).toBe("/apis/acme/acme.payment.v1.Card"),
  );
});

test("what is shown beside it is the chosen row; deprecated has its word", async () => {
  await show("symbol acme.payment.v1.Card");
  press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight");
  const chosen = screen.getAllByRole("treeitem", { selected: true });
  expect(chosen.map((each) => each.textContent)).toEqual(["Message Card"]);
  expect(labels()).toContain("Message OldDeprecated");
});
