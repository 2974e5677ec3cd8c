// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { useI18n } from "@/i18n";
import { act, render } from "@/testing/render";
import { lazyTexts, type Texts } from "./texts";

function Greeting({ texts }: { texts: Texts<{ greeting: string }> }) {
  const { t } = useI18n(texts);
  const [name] = useState("Sato");
  return `${t.greeting}, ${name}`;
}

/** Steps of the microtask queue until the texts are there. */
test.each([0, 1, 2, 5])("a screen waits for its texts, %i steps", async (steps) => {
  const load = async () => {
    for (let step = 0; step < steps; step++) {
      await undefined;
    }
    return { greeting: "Hello" };
  };
  const texts = lazyTexts({ en: load, ja: load });
  const complaint = vi.spyOn(console, "error");
  await act(async () => void render(<Greeting texts={texts} />));
  expect(document.body.textContent).toBe("Hello, Sato");
  expect(complaint).not.toHaveBeenCalled();
});
