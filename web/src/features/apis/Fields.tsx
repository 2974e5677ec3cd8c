// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { ApiFieldDocument, ApiMessageDocument } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Tag } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { PanelNote } from "@/ui/Panel";
import styles from "./Apis.module.css";
import { TypeLink } from "./Links";
import { Markdown } from "./MarkdownView";
import { texts } from "./messages";
import { behavioursOf } from "./options";
import { Comment, Deprecated, OptionLines } from "./Symbol";
import { presenceWord, usualJsonName } from "./sourceField";
import { usePointed } from "./usePointed";

interface FieldsProps {
  document: ApiMessageDocument;
  /** The package that names are read from. */
  scope: string;
  /** The name of a field to point at. */
  focus?: string | undefined;
  /** Of the file; undefined = not known. */
  syntax?: string | null;
}

interface Group {
  /** The oneof that holds them all; undefined = a field that stands alone. */
  oneof: ApiMessageDocument["oneofs"][number] | undefined;
  fields: ApiFieldDocument[];
}

/** Fields by number; those of a oneof together, at the place of its first. */
export function groupsOf(document: ApiMessageDocument): Group[] {
  const groups: Group[] = [];
  const byName = new Map<string, Group>();
  for (const field of [...document.fields].sort((a, b) => a.number - b.number)) {
    const before = field.oneof === undefined ? undefined : byName.get(field.oneof);
    if (before) {
      before.fields.push(field);
      continue;
    }
    const oneof = document.oneofs.find((each) => each.name === field.oneof);
    const group: Group = { oneof, fields: [field] };
    groups.push(group);
    if (field.oneof !== undefined) {
      byName.set(field.oneof, group);
    }
  }
  return groups;
}

export function Fields({ document, scope, focus, syntax }: FieldsProps) {
  const { t } = useI18n(texts);
  const pointed = usePointed(focus);
  if (document.fields.length === 0) {
    return (
      <div className={styles.pad}>
        <PanelNote>{t.sym.noFields}</PanelNote>
      </div>
    );
  }
  return (
    <table className={styles.parts} aria-label={t.sym.fields} ref={pointed}>
      <thead>
        <tr>
          <th scope="col">{t.sym.number}</th>
          <th scope="col">{t.sym.field}</th>
          <th scope="col">{t.sym.description}</th>
        </tr>
      </thead>
      {groupsOf(document).map(({ oneof, fields }) => (
        <tbody key={fields[0]?.number} className={cx(oneof && styles.oneof)}>
          {oneof && (
            <tr>
              <td />
              <th scope="rowgroup" colSpan={2} className={styles.oneofHead}>
                {t.sym.oneof(oneof.name)}
                {oneof.comment && <Markdown text={oneof.comment} scope={scope} />}
              </th>
            </tr>
          )}
          {fields.map((field) => (
            <FieldRow
              key={field.number}
              field={field}
              scope={scope}
              focus={focus}
              syntax={syntax}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function FieldRow({
  field,
  scope,
  focus,
  syntax,
}: {
  field: ApiFieldDocument;
  scope: string;
  focus: string | undefined;
  syntax: string | null | undefined;
}) {
  return (
    <tr data-part={field.name} className={cx(field.name === focus && styles.focus)}>
      <td className={styles.number}>{field.number}</td>
      <td>
        <div className={styles.partName}>{field.name}</div>
        <FieldType field={field} scope={scope} />
      </td>
      <td>
        <Badges field={field} syntax={syntax} />
        <Comment of={field} scope={scope} />
        <OptionLines options={field.options} />
      </td>
    </tr>
  );
}

/** `repeated Money`, `map<string, Money>`, with links. */
export function FieldType({ field, scope }: { field: ApiFieldDocument; scope: string }) {
  const { t } = useI18n(texts);
  const words: string[] = [];
  if (field.repeated && field.type !== "map") {
    words.push(t.sym.repeated);
  }
  if (field.presence === "required") {
    words.push(t.sym.required);
  }
  return (
    <div className={styles.type}>
      {words.length > 0 && <span className={styles.word}>{words.join(" ")} </span>}
      {typeOf(field, scope)}
      {field.type === "group" && <span className={styles.word}> group</span>}
    </div>
  );
}

function typeOf(field: ApiFieldDocument, scope: string): ReactNode {
  if (field.type === "map") {
    const { type = "string", typeName } = field.value ?? {};
    return (
      <>
        map&lt;{field.key?.type ?? "string"},{" "}
        {typeName ? <TypeLink name={typeName} scope={scope} /> : type}&gt;
      </>
    );
  }
  return field.typeName ? <TypeLink name={field.typeName} scope={scope} /> : field.type;
}

function Badges({ field, syntax }: { field: ApiFieldDocument; syntax: string | null | undefined }) {
  const { t } = useI18n(texts);
  const names: Record<string, string> = t.sym.behaviour;
  const behaviours = behavioursOf(field.options);
  const json =
    field.jsonName !== undefined && field.jsonName !== usualJsonName(field.name)
      ? field.jsonName
      : undefined;
  const presence = presenceWord(field, syntax);
  const notes = [
    presence !== undefined && t.sym[presence],
    json !== undefined && t.sym.json(json),
    field.default !== undefined && t.sym.default(field.default),
  ].filter((note) => note !== false);
  if (behaviours.length + notes.length === 0 && !field.deprecated) {
    return null;
  }
  return (
    <div className={styles.badges}>
      {field.deprecated && <Deprecated />}
      {behaviours.map((each) => (
        <Tag key={each}>{names[each] ?? each}</Tag>
      ))}
      {notes.length > 0 && <span className={styles.note}>{notes.join(" · ")}</span>}
    </div>
  );
}
