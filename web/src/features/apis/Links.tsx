// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { symbolIcon } from "@/ui/symbols";
import { Dotted, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { texts } from "./messages";
import { relativeTo } from "./names";
import { usePlace } from "./place";

/** A name that leads to what it names, in the revision that is shown. */
export function SymbolLink({
  name,
  part,
  revision,
  children,
}: {
  name: string;
  /** A field or value to point at. */
  part?: string;
  /** Another revision than the one that is shown. */
  revision?: number;
  children?: ReactNode;
}) {
  const { t } = useI18n(texts);
  const place = usePlace();
  return (
    <TextLink
      to="/apis/$repository/$name"
      params={{ repository: place.repository, name }}
      search={{ revision: revision ?? place.revision }}
      {...(part ? { hash: part } : {})}
      className={styles.name ?? ""}
    >
      {children ?? (name === "" ? t.apis.unnamed : <Dotted name={name} />)}
    </TextLink>
  );
}

/** A type as a reader of the package would write it. */
export function TypeLink({ name, scope }: { name: string; scope: string }) {
  return (
    <SymbolLink name={name}>
      <Dotted name={relativeTo(name, scope)} />
    </SymbolLink>
  );
}

export function FileLink({ path, line }: { path: string; line?: number | null }) {
  const { repository, revision } = usePlace();
  return (
    <TextLink
      to="/apis/$repository/files"
      params={{ repository }}
      search={{ path, revision }}
      className={styles.path ?? ""}
    >
      {path}
      {line ? `:${line}` : ""}
    </TextLink>
  );
}

/** What kind of symbol it is: a shape and a word. */
export function Kind({ of, className }: { of: string; className?: string | undefined }) {
  const { t } = useI18n();
  const words: Record<string, string> = t.symbol;
  return (
    <span className={cx(styles.kind, className)}>
      <Icon of={symbolIcon(of)} size={14} />
      {words[of] ?? of}
    </span>
  );
}
