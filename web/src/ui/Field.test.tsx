// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import { fireEvent, render, screen } from "@/testing/render";
import { FilterSelect, PasswordField, Segments, SelectField, TextArea, TextField } from "./Field";

const described = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent);

describe("a field", () => {
  test("is named by its label and described by hint and fault", () => {
    render(<TextField label="Name" hint="where it is used" error="too long" />);
    const field = screen.getByLabelText("Name");
    expect(described(field)).toEqual(["where it is used", "too long"]);
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("without a fault is not called wrong", () => {
    render(<TextArea label="Services" />);
    const field = screen.getByLabelText("Services");
    expect(described(field)).toEqual([]);
    expect(field.hasAttribute("aria-invalid")).toBe(false);
  });

  test("two of one name do not mix their descriptions up", () => {
    render(
      <>
        <TextField label="A" hint="first" />
        <TextField label="B" hint="second" />
      </>,
    );
    expect(described(screen.getByLabelText("A"))).toEqual(["first"]);
    expect(described(screen.getByLabelText("B"))).toEqual(["second"]);
  });
});

describe("a password", () => {
  const show = () => {
    render(<PasswordField label="Password" hint="12 characters" />);
    return screen.getByLabelText<HTMLInputElement>("Password");
  };

  test("is hidden until it is asked for", () => {
    const field = show();
    expect(field.type).toBe("password");
    fireEvent.click(screen.getByRole("button", { name: "Show password" }));
    expect(field.type).toBe("text");
    fireEvent.click(screen.getByRole("button", { name: "Hide password" }));
    expect(field.type).toBe("password");
  });

  test("warns of Caps Lock", () => {
    const field = show();
    fireEvent.keyUp(field, { key: "A", modifierCapsLock: true });
    expect(described(field)).toEqual(["Caps Lock is on"]);
    fireEvent.keyUp(field, { key: "a" });
    expect(described(field)).toEqual(["12 characters"]);
  });
});

const options = [
  { value: "", label: "All" },
  { value: "a", label: "A" },
];

test("a select hands on the value", () => {
  const onChange = vi.fn();
  render(<SelectField label="Team" value="" options={options} onChange={onChange} />);
  fireEvent.change(screen.getByLabelText("Team"), { target: { value: "a" } });
  expect(onChange).toHaveBeenCalledWith("a");
});

test("a filter is named, though its name is not seen", () => {
  const onChange = vi.fn();
  render(<FilterSelect label="Team" value="a" options={options} onChange={onChange} />);
  fireEvent.change(screen.getByRole("combobox", { name: "Team" }), { target: { value: "" } });
  expect(onChange).toHaveBeenCalledWith("");
});

test("segments are radio buttons in a group with a name", () => {
  const onChange = vi.fn();
  const views = [
    { value: "a", label: "Fields" },
    { value: "b", label: "Source" },
  ];
  render(<Segments label="View" value="a" options={views} onChange={onChange} />);
  expect(screen.getByRole("group", { name: "View" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Fields" }).checked).toBe(true);
  fireEvent.click(screen.getByRole("radio", { name: "Source" }));
  expect(onChange).toHaveBeenCalledWith("b");
});
