// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ApiPolicy } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, inEnglish, render, screen } from "@/testing/render";
import { texts } from "./messages";
import { PolicyForm } from "./PolicyForm";

const t = inEnglish(texts).policy;
const item = { prefix: "", use: ["FILE"], except: [], ignoreUnstable: false };
const policy: ApiPolicy = { version: 3, changedBy: null, changedAt: null, items: [item] };
const theirs: ApiPolicy = { ...policy, version: 4, items: [{ ...item, use: ["WIRE"] }] };
const onSave = vi.fn();
beforeEach(() => onSave.mockReset());

const form = (now: ApiPolicy, error?: unknown) => (
  <PolicyForm policy={now} busy={false} error={error} onSave={onSave} onCancel={() => {}} />
);
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string, value: string) =>
  fireEvent.change(field(label), { target: { value } });

test("rows are added and removed, categories ticked and rules named", () => {
  render(form(policy));
  fireEvent.click(field("PACKAGE"));
  type(t.exceptLabel, "field_same_name");
  fireEvent.keyDown(field(t.exceptLabel), { key: "Enter" });
  press(t.addRow);
  press(t.addRow);
  press(t.removeRow(2));
  press(t.save);
  const added = { ...item, use: ["FILE", "PACKAGE"], except: ["FIELD_SAME_NAME"] };
  expect(onSave).toHaveBeenCalledWith({ version: 3, items: [added, item] });
});

test("a rule that was named can be taken away", () => {
  render(form({ ...policy, items: [{ ...item, use: ["FILE", "RPC_NO_DELETE"] }] }));
  press(t.take("RPC_NO_DELETE"));
  press(t.save);
  expect(onSave).toHaveBeenCalledWith({ version: 3, items: [item] });
});

test("a rule that was typed and not added is saved, too", () => {
  render(form(policy));
  type(t.moreRules, "rpc_no_delete");
  type(t.exceptLabel, " field_same_name ");
  press(t.save);
  const added = { ...item, use: ["FILE", "RPC_NO_DELETE"], except: ["FIELD_SAME_NAME"] };
  expect(onSave).toHaveBeenCalledWith({ version: 3, items: [added] });
  expect(field(t.exceptLabel).value).toBe("");
  press(t.take("FIELD_SAME_NAME"));
  press(t.save);
  expect(onSave).toHaveBeenLastCalledWith({ version: 3, items: [{ ...added, except: [] }] });
});

test("a fault of the server stands at its field, which takes the focus", () => {
  const errors = [{ pointer: "#/items/0/prefix", code: "format", detail: "no package name" }];
  const { rerender } = render(form(policy));
  rerender(form(policy, new ApiError({ type: "", title: "", status: 422, instance: "", errors })));
  expect(document.activeElement).toBe(field(t.prefixLabel));
  expect(screen.getByText("no package name")).toBeTruthy();
});

describe("somebody else saved in the meantime", () => {
  const mine = () => {
    const { rerender } = render(form(policy));
    fireEvent.click(field("MDASH"));
    rerender(form(theirs));
    expect(screen.getByText(t.conflict)).toBeTruthy();
  };

  test("nothing can be saved before it is decided", () => {
    mine();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: t.save }).disabled).toBe(true);
    expect(field("MDASH").checked).toBe(true);
  });

  test("mine replaces theirs", () => {
    mine();
    press(t.overwrite);
    expect(screen.getByText(t.replacing)).toBeTruthy();
    press(t.save);
    expect(onSave).toHaveBeenCalledWith({
      version: 4,
      items: [{ ...item, use: ["FILE", "MDASH"] }],
    });
  });

  test("theirs is loaded, and mine comes back when asked for", () => {
    mine();
    press(t.loadTheirs);
    expect(field("WIRE").checked).toBe(true);
    expect(field("MDASH").checked).toBe(false);
    press(t.backToMine);
    expect(field("MDASH").checked).toBe(true);
    press(t.save);
    expect(onSave.mock.calls[0]?.[0].version).toBe(4);
  });
});
