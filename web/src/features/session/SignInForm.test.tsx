// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { fireEvent, render, screen } from "@/testing/render";
import { SignInForm } from "./SignInForm";

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const submit = () => fireEvent.click(screen.getByRole("button", { name: /sign in|checking/i }));

test("hands over name and password, and starts at the name", () => {
  const onSubmit = vi.fn();
  render(<SignInForm busy={false} fault={undefined} onSubmit={onSubmit} />);
  expect(document.activeElement).toBe(field("User name"));
  type("User name", "saki");
  type("Password", "long enough");
  submit();
  expect(onSubmit).toHaveBeenCalledWith("saki", "long enough");
});

test("a known name leads to the password at once", () => {
  render(<SignInForm busy={false} fault={undefined} username="saki" onSubmit={vi.fn()} />);
  expect(document.activeElement).toBe(field("Password"));
});

test("says what was wrong, and selects the password for another try", () => {
  const props = { busy: false, onSubmit: vi.fn(), username: "saki" };
  const { rerender } = render(<SignInForm {...props} fault={undefined} />);
  type("Password", "wrong");
  rerender(<SignInForm {...props} fault="Wrong user name or password." />);
  expect(screen.getByRole("alert").textContent).toBe("Wrong user name or password.");
  const { selectionStart, selectionEnd } = field("Password");
  expect([selectionStart, selectionEnd]).toEqual([0, 5]);
});

test("is not sent twice, nor without a password", () => {
  const onSubmit = vi.fn();
  const { rerender, container } = render(
    <SignInForm busy={false} fault={undefined} onSubmit={onSubmit} username="saki" />,
  );
  const form = container.querySelector("form") as HTMLFormElement;
  fireEvent.submit(form);
  type("Password", "long enough");
  rerender(<SignInForm busy fault={undefined} onSubmit={onSubmit} username="saki" />);
  fireEvent.submit(form);
  expect(onSubmit).not.toHaveBeenCalled();
});
