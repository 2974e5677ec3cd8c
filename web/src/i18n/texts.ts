// SPDX-License-Identifier: Apache-2.0
// Texts of one feature, which come with its screens and not with the page.
import { currentPrefs, type Language } from "@/lib/prefs";

export interface Texts<M> {
  /** Undefined until they are there. */
  have: (language: Language) => M | undefined;
  load: (language: Language) => Promise<M>;
}

/** Those that some screen has asked for: another language needs them, too. */
const asked = new Set<Texts<unknown>>();

export function lazyTexts<M>(files: Record<Language, () => Promise<M>>): Texts<M> {
  const here = new Map<Language, M>();
  const coming = new Map<Language, Promise<M>>();
  const fetch = async (language: Language) => {
    try {
      const loaded = await files[language]();
      here.set(language, loaded);
      return loaded;
    } catch (error) {
      coming.delete(language); // the next one to ask tries again
      throw error;
    }
  };
  const texts: Texts<M> = {
    have: (language) => here.get(language),
    load: (language) => {
      asked.add(texts);
      const promise = coming.get(language) ?? fetch(language);
      coming.set(language, promise);
      return promise;
    },
  };
  return texts;
}

export function loadAsked(language: Language): Promise<unknown> {
  return Promise.all([...asked].map((texts) => texts.load(language)));
}

/** A screen's code and its texts at the same time; for routes. */
export function withTexts<S>(texts: Texts<unknown>, screen: () => Promise<S>): () => Promise<S> {
  return async () => (await Promise.all([screen(), texts.load(currentPrefs().language)]))[0];
}
