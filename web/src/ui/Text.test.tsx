// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import { act, render, screen } from "@/testing/render";
import { Age, ExternalLink, Prose } from "./Text";

describe("a link to another place", () => {
  test("opens a tab of its own that knows nothing of this one", () => {
    render(<ExternalLink href="https://wiki.example/x">Runbook</ExternalLink>);
    const link = screen.getByRole("link", { name: /^Runbook/ });
    expect(link.getAttribute("href")).toBe("https://wiki.example/x");
    expect(link.getAttribute("rel")).toBe("noreferrer noopener");
    expect(link.textContent).toContain("new tab");
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "wiki"])("%s is a mere text", (href) => {
    render(<ExternalLink href={href}>Runbook</ExternalLink>);
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.getByText("Runbook")).toBeTruthy();
  });

  test("an address of mail opens no tab", () => {
    render(<ExternalLink href="mailto:payment@acme.example" />);
    expect(screen.getByRole("link").hasAttribute("target")).toBe(false);
  });
});

test("an age goes on by itself, with the moment behind it", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T05:00:00Z") });
  render(<Age at="2026-11-20T04:59:30Z" />);
  const age = screen.getByText("now");
  expect(age.getAttribute("datetime")).toBe("2026-11-20T04:59:30Z");
  expect(age.title).toContain("2026");
  act(() => vi.advanceTimersByTime(60_000));
  expect(age.textContent).toBe("1m ago");
});

test("a text in the other language is marked so", () => {
  const { rerender } = render(<Prose text="決済サービス" />);
  expect(screen.getByText("決済サービス").lang).toBe("ja");
  rerender(<Prose text="Charges a wallet" />);
  expect(screen.getByText("Charges a wallet").hasAttribute("lang")).toBe(false);
});
