// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import { en } from "@/i18n/en";
import { fireEvent, render, screen, waitFor } from "@/testing/render";
import { PasswordForm, passwordFaults } from "./PasswordForm";

const t = en.password;

describe("passwordFaults", () => {
  const faults = (fresh: string, again = fresh) =>
    passwordFaults({ current: "x", fresh, again }, en);

  test("twelve characters are enough, whatever script they are of", () => {
    expect(faults("abcdefghijkl")).toEqual({});
    expect(faults("あいうえおかきくけこさし")).toEqual({});
    expect(faults("🍣🍣🍣🍣🍣🍣🍣🍣🍣🍣🍣🍣")).toEqual({});
  });

  test("eleven are not, even if they take more units", () => {
    expect(faults("abcdefghijk")).toEqual({ fresh: t.tooShort });
    expect(faults("🍣🍣🍣🍣🍣🍣🍣🍣🍣🍣🍣")).toEqual({ fresh: t.tooShort });
  });

  test("both must be the same", () => {
    expect(faults("abcdefghijkl", "abcdefghijkL")).toEqual({ again: t.mismatch });
  });
});

describe("the form", () => {
  const done = vi.fn();
  beforeEach(() => done.mockReset());

  const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
  function fill(current: string, fresh: string, again = fresh) {
    render(<PasswordForm username="saki" onDone={done} />);
    fireEvent.change(field(t.current), { target: { value: current } });
    fireEvent.change(field(t.fresh), { target: { value: fresh } });
    fireEvent.change(field(t.again), { target: { value: again } });
    fireEvent.click(screen.getByRole("button", { name: t.submit }));
  }
  const answer = (status: number, body?: unknown) => {
    const headers = { "content-type": "application/problem+json" };
    const fetch = vi.fn(
      async (_url: string, _init: RequestInit) =>
        new Response(body === undefined ? null : JSON.stringify(body), { status, headers }),
    );
    vi.stubGlobal("fetch", fetch);
    return fetch;
  };
  const described = (name: string) => {
    const ids = field(name).getAttribute("aria-describedby") ?? "";
    return ids.split(" ").map((id) => document.getElementById(id)?.textContent);
  };

  test("asks the server, then is empty again", async () => {
    const fetch = answer(204);
    fill("the old one", "a long new password");
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect([init?.method, url]).toEqual(["PUT", "/api/v1/session/password"]);
    expect(JSON.parse(String(init?.body))).toEqual({
      current: "the old one",
      new: "a long new password",
    });
    expect(field(t.fresh).value).toBe("");
  });

  test("does not ask with what cannot be right", () => {
    const fetch = answer(204);
    fill("the old one", "short");
    expect(fetch).not.toHaveBeenCalled();
    expect(field(t.fresh).getAttribute("aria-invalid")).toBe("true");
    expect(described(t.fresh)).toContain(t.tooShort);
  });

  test("puts what the server says beside its field", async () => {
    const wrong = { pointer: "#/current", code: "wrong", detail: "it is wrong" };
    answer(422, { status: 422, title: "Invalid", errors: [wrong] });
    fill("not mine", "a long new password");
    await waitFor(() => expect(described(t.current)).toContain(t.wrong));
    expect(done).not.toHaveBeenCalled();
  });

  test("says what concerns no field below them", async () => {
    answer(503, { status: 503, title: "Unavailable" });
    fill("the old one", "a long new password");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(en.error.unavailable));
  });
});
