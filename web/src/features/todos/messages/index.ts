// SPDX-License-Identifier: Apache-2.0
import type { Messages as Base } from "@/i18n/ja";
import { lazyTexts } from "@/i18n/texts";
import type { ja } from "./ja";

export const texts = lazyTexts<typeof ja>({
  en: async () => (await import("./en")).en,
  ja: async () => (await import("./ja")).ja,
});

export type Messages = Base & typeof ja;
