// SPDX-License-Identifier: Apache-2.0
import type { ApiItem, ApiSymbolPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Panel, PanelNote } from "@/ui/Panel";
import styles from "./Apis.module.css";
import { Items } from "./Items";
import { FileLink, SymbolLink } from "./Links";
import { texts } from "./messages";
import { relativeTo } from "./names";
import { SymbolHead } from "./Symbol";

export function PackageView({ page }: { page: ApiSymbolPage }) {
  const { t, f } = useI18n(texts);
  const of = (kind: ApiItem["kind"]) => page.items.filter((item) => item.kind === kind);
  const { siblings, packages, files } = page;
  return (
    <>
      <SymbolHead page={page} />
      {siblings.length > 0 && <Names label={t.sym.versions} names={siblings} scope="" />}
      {packages.length > 0 && (
        <Names label={t.sym.packages} names={packages} scope={page.fullName} />
      )}
      {page.items.length === 0 && <PanelNote>{t.sym.emptyPackage}</PanelNote>}
      <Items items={of("service")} title={t.sym.services} sameKind />
      <Items items={of("message")} title={t.sym.messages} sameKind />
      <Items items={of("enum")} title={t.sym.enums} sameKind />
      <Items items={of("extension")} title={t.sym.extensions} sameKind />
      {files.length > 0 && (
        <Panel title={t.sym.files} aside={f.number(files.length)}>
          <ul className={styles.uses}>
            {files.map((path) => (
              <li key={path}>
                <FileLink path={path} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Names({
  label,
  names,
  scope,
}: {
  label: string;
  names: readonly string[];
  scope: string;
}) {
  return (
    <div className={styles.names}>
      <span className={styles.note}>{label}</span>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <SymbolLink name={name}>{relativeTo(name, scope)}</SymbolLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
