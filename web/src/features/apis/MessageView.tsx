// SPDX-License-Identifier: Apache-2.0
import type {
  ApiEnumDocument,
  ApiFieldDocument,
  ApiMessageDocument,
  ApiSymbolPage,
} from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { InfoIcon } from "@/ui/icons";
import { type Entry, KeyValue, Panel } from "@/ui/Panel";
import { Mono } from "@/ui/Text";
import styles from "./Apis.module.css";
import { Fields, FieldType } from "./Fields";
import { Items } from "./Items";
import { SymbolLink } from "./Links";
import { texts } from "./messages";
import { resourceOf } from "./options";
import { Comment, Deprecated, OptionLines, OptionsPanel, SymbolHead } from "./Symbol";
import { rangesText } from "./sourcePrinter";
import { Uses } from "./Uses";
import { usePointed } from "./usePointed";

export function MessageView({
  page,
  document,
  focus,
}: {
  page: ApiSymbolPage;
  document: ApiMessageDocument;
  focus: string | undefined;
}) {
  const { t, f } = useI18n(texts);
  return (
    <>
      <SymbolHead page={page} />
      <Comment of={document} scope={page.package} />
      <Panel title={t.sym.fields} flush aside={f.number(document.fields.length)}>
        <Fields document={document} scope={page.package} focus={focus} syntax={page.syntax} />
      </Panel>
      <Numbers document={document} />
      <Items items={page.items} title={t.sym.nested} />
      <OptionsPanel options={document.options} />
      <Uses page={page} />
    </>
  );
}

/** The resource that a message stands for, and the numbers that are spoken for. */
function Numbers({ document }: { document: ApiMessageDocument | ApiEnumDocument }) {
  const { t } = useI18n(texts);
  const resource = resourceOf(document.options);
  const entries: Entry[] = [];
  const put = (key: string, label: string, text: string) =>
    entries.push({ key, label, value: <Mono>{text}</Mono> });
  if (resource) {
    put("resource", t.sym.resource, [resource.type, ...resource.patterns].join("  "));
  }
  if (document.reservedRanges?.length) {
    put("reserved", t.sym.reserved, rangesText(document.reservedRanges));
  }
  if (document.reservedNames?.length) {
    put("names", t.sym.reservedNames, document.reservedNames.join(", "));
  }
  if ("extensionRanges" in document && document.extensionRanges?.length) {
    put("extensions", t.sym.extensionRanges, rangesText(document.extensionRanges));
  }
  if (entries.length === 0) {
    return null;
  }
  const title = resource ? t.sym.resource : t.sym.reserved;
  return (
    <Panel title={title}>
      <KeyValue entries={entries} />
    </Panel>
  );
}

export function EnumView({
  page,
  document,
  focus,
}: {
  page: ApiSymbolPage;
  document: ApiEnumDocument;
  focus: string | undefined;
}) {
  const { t, f } = useI18n(texts);
  const pointed = usePointed(focus);
  return (
    <>
      <SymbolHead page={page}>
        {document.closed && <Chip icon={InfoIcon}>{t.sym.closed}</Chip>}
        {document.aliases && <Chip icon={InfoIcon}>{t.sym.aliases}</Chip>}
      </SymbolHead>
      <Comment of={document} scope={page.package} />
      <Panel title={t.sym.values} flush aside={f.number(document.values.length)}>
        <table className={styles.parts} aria-label={t.sym.values} ref={pointed}>
          <thead>
            <tr>
              <th scope="col">{t.sym.number}</th>
              <th scope="col">{t.sym.value}</th>
              <th scope="col">{t.sym.description}</th>
            </tr>
          </thead>
          <tbody>
            {document.values.map((value) => (
              <tr
                key={value.name}
                data-part={value.name}
                className={cx(value.name === focus && styles.focus)}
              >
                <td className={styles.number}>{value.number}</td>
                <td className={styles.partName}>{value.name}</td>
                <td>
                  {value.deprecated && <Deprecated />}
                  <Comment of={value} scope={page.package} />
                  <OptionLines options={value.options} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Numbers document={document} />
      <OptionsPanel options={document.options} />
      <Uses page={page} />
    </>
  );
}

export function ExtensionView({
  page,
  document,
}: {
  page: ApiSymbolPage;
  document: ApiFieldDocument;
}) {
  const { t } = useI18n(texts);
  return (
    <>
      <SymbolHead page={page} />
      <Comment of={document} scope={page.package} />
      <Panel title={t.symbol.extension}>
        <KeyValue
          entries={[
            {
              key: "extends",
              label: t.sym.extends,
              value: document.extends && <SymbolLink name={document.extends} />,
            },
            { key: "number", label: t.sym.number, value: String(document.number) },
            {
              key: "type",
              label: t.sym.type,
              value: <FieldType field={document} scope={page.package} />,
            },
          ]}
        />
      </Panel>
      <OptionsPanel options={document.options} />
    </>
  );
}
