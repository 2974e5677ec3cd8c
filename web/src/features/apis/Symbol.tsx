// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { ApiOptions, ApiSymbolPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { Copyable } from "@/ui/Code";
import { RetiredIcon } from "@/ui/icons";
import { KeyValue, Panel } from "@/ui/Panel";
import { Meta, Mono } from "@/ui/Text";
import styles from "./Apis.module.css";
import { FileLink, Kind, SymbolLink } from "./Links";
import { Markdown } from "./MarkdownView";
import { texts } from "./messages";
import { syntaxName } from "./names";
import { otherOptions } from "./options";

export function Deprecated() {
  const { t } = useI18n(texts);
  return (
    <Chip tone="warn" icon={RetiredIcon}>
      {t.sym.deprecated}
    </Chip>
  );
}

/** What their fields and values mean depends on the syntax of the file. */
const TYPES: readonly ApiSymbolPage["kind"][] = ["message", "enum", "extension"];

/** What it is, its name, where it is declared and what its comment says. */
export function SymbolHead({ page, children }: { page: ApiSymbolPage; children?: ReactNode }) {
  const { t } = useI18n(texts);
  const { fullName, file, line, deprecated, syntax } = page;
  const parent = page.parent ?? (page.kind === "package" ? null : page.package);
  return (
    <header className={styles.symbolHead}>
      <div className={styles.titleRow}>
        <Kind of={page.kind} />
        {parent !== null && <SymbolLink name={parent} />}
        {deprecated && <Deprecated />}
        {children}
      </div>
      <h2 className={styles.title}>
        {page.kind === "package" ? page.package || t.apis.unnamed : page.name}
      </h2>
      <div className={styles.where}>
        {page.kind !== "package" && <Copyable text={fullName} />}
        {file && <FileLink path={file} line={line} />}
        {syntax && TYPES.includes(page.kind) && <Meta>{syntaxName(syntax)}</Meta>}
      </div>
    </header>
  );
}

interface Commented {
  comment?: string;
  trailingComment?: string;
}

export const commentOf = ({ comment, trailingComment }: Commented) =>
  [comment, trailingComment].filter(Boolean).join("\n\n");

export function Comment({ of, scope }: { of: Commented; scope: string }) {
  const text = commentOf(of);
  return text ? <Markdown text={text} scope={scope} /> : null;
}

/** Custom options: name and value. */
export function OptionsPanel({ options }: { options: ApiOptions | undefined }) {
  const { t } = useI18n(texts);
  const others = otherOptions(options);
  if (others.length === 0) {
    return null;
  }
  return (
    <Panel title={t.sym.options}>
      <OptionList options={others} />
    </Panel>
  );
}

export function OptionList({ options }: { options: readonly { name: string; text: string }[] }) {
  return (
    <KeyValue
      entries={options.map(({ name, text }) => ({
        key: name,
        label: <Mono>{name}</Mono>,
        value: <span className={styles.optionValue}>{text}</span>,
      }))}
    />
  );
}

/** The same where there is little room. */
export function OptionLines({ options }: { options: ApiOptions | undefined }) {
  const others = otherOptions(options);
  return others.map(({ name, text }) => (
    <div key={name} className={styles.optionLine}>
      <span>{name}</span> <span className={styles.optionValue}>{text}</span>
    </div>
  ));
}
