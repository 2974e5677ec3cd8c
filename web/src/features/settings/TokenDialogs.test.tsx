// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import type { Token } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { fireEvent, render, screen } from "@/testing/render";
import { en } from "./messages/en";
import { RevokeDialog, RotateDialog, SecretDialog } from "./TokenDialogs";

const t = en.tokens;
const token: Token = {
  id: 7,
  kind: "ci",
  name: "payment-repo main",
  hint: "mdc_a1B2…",
  team: "wallet",
  scopes: ["ingest:write"],
  services: [],
  createdBy: "user:saki",
  createdAt: "2026-11-20T05:00:00Z",
  expiresAt: "2027-02-18T05:00:00Z",
  state: "active",
};
const still = { busy: false, error: undefined, token };

describe("revoking", () => {
  const show = (part: object = {}) => {
    const onConfirm = vi.fn();
    render(<RevokeDialog {...still} {...part} onConfirm={onConfirm} onClose={vi.fn()} />);
    return onConfirm;
  };
  const field = () => screen.getByLabelText(t.revokeType(token.name));
  const button = () => screen.getByRole<HTMLButtonElement>("button", { name: t.revoke });
  const type = (value: string) => fireEvent.change(field(), { target: { value } });

  test("takes the name, typed", () => {
    const onConfirm = show();
    expect(button().disabled).toBe(true);
    type("payment-repo");
    fireEvent.submit(field());
    expect(onConfirm).not.toHaveBeenCalled();
    type(token.name);
    fireEvent.click(button());
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  test("starts in the field, so that typing is enough", () => {
    show();
    expect(document.activeElement).toBe(field());
  });

  test("happens once", () => {
    const onConfirm = show({ busy: true });
    type(token.name);
    fireEvent.submit(field());
    expect(onConfirm).not.toHaveBeenCalled();
  });
});

test("rotating says what becomes of the present one, and why it was refused", () => {
  const error = new ApiError({
    type: "",
    title: "Conflict",
    status: 409,
    instance: "",
    detail: "the token has a successor already",
  });
  const onConfirm = vi.fn();
  render(<RotateDialog {...still} error={error} onConfirm={onConfirm} onClose={vi.fn()} />);
  expect(screen.getByText(t.rotateHint(token.name))).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toBe("the token has a successor already");
  fireEvent.click(screen.getByRole("button", { name: t.rotate }));
  expect(onConfirm).toHaveBeenCalledOnce();
});

describe("a secret", () => {
  const secret = "mdc_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

  test("is shown with the request that tries it, until a click says that it is kept", () => {
    const onClose = vi.fn();
    render(
      <SecretDialog made={{ token, secret }} origin="https://mdash.example" onClose={onClose} />,
    );
    expect(screen.getByLabelText(t.secret.label).textContent).toBe(secret);
    const request = screen.getByLabelText(t.secret.try).textContent;
    expect(request).toContain(`export MDASH_TOKEN=${secret}`);
    expect(request).toContain("https://mdash.example/api/v1/ingest/services/");
    fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
    fireEvent.mouseDown(screen.getByRole("dialog"));
    expect(onClose).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: t.secret.done }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
