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

/** React takes the value of a promise with these two at once, without waiting. */
type Loading<M> = Promise<M> & { status?: "fulfilled"; value?: M };

export function lazyTexts<M>(files: Record<Language, () => Promise<M>>): Texts<M> {
  const coming = new Map<Language, Loading<M>>();
  const start = (language: Language) => {
    const promise: Loading<M> = files[language]();
    promise.then(
      (value) => Object.assign(promise, { status: "fulfilled", value }),
      () => coming.delete(language), // the next one to ask tries again
    );
    coming.set(language, promise);
    return promise;
  };
  const texts: Texts<M> = {
    have: (language) => coming.get(language)?.value,
    load: (language) => {
      asked.add(texts);
      return coming.get(language) ?? start(language);
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
