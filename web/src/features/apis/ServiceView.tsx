// SPDX-License-Identifier: Apache-2.0
import type { ApiMethodDocument, ApiServiceDocument, ApiSymbolPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { summaryOf } from "@/lib/markdown";
import { Chip } from "@/ui/Chip";
import { PlainTable } from "@/ui/DataTable";
import { Icon, type IconType } from "@/ui/Icon";
import { ArrowIcon, BothwaysIcon, CheckIcon, DownstreamIcon, UpstreamIcon } from "@/ui/icons";
import { Panel, PanelNote } from "@/ui/Panel";
import { Prose } from "@/ui/Text";
import styles from "./Apis.module.css";
import { SymbolLink, TypeLink } from "./Links";
import { texts } from "./messages";
import { bindingsOf } from "./options";
import { Parties } from "./Parties";
import { Comment, commentOf, Deprecated, OptionsPanel, SymbolHead } from "./Symbol";

interface Streams {
  clientStreaming?: boolean;
  serverStreaming?: boolean;
}

export type StreamKind = "unary" | "client" | "server" | "both";

export function streamKind({ clientStreaming, serverStreaming }: Streams): StreamKind {
  if (clientStreaming) {
    return serverStreaming ? "both" : "client";
  }
  return serverStreaming ? "server" : "unary";
}

const MARKS: Record<StreamKind, IconType> = {
  unary: ArrowIcon,
  client: UpstreamIcon,
  server: DownstreamIcon,
  both: BothwaysIcon,
};

/** Who sends more than one message: a mark and words. */
export function StreamMark({ of }: { of: Streams }) {
  const { t } = useI18n(texts);
  const kind = streamKind(of);
  return (
    <span className={styles.stream}>
      <Icon of={MARKS[kind]} size={12} />
      {t.sym.kind[kind]}
    </span>
  );
}

/** How it is called by HTTP; a line for each way. */
export function Bindings({ method }: { method: ApiMethodDocument }) {
  const { t } = useI18n(texts);
  return bindingsOf(method.options).map(({ verb, path, body }) => (
    <div key={`${verb} ${path}`} className={styles.binding}>
      <span className={styles.verb}>{verb}</span>
      <span className={styles.code}>{path}</span>
      {body && <span className={styles.note}>{t.sym.body(body)}</span>}
    </div>
  ));
}

export function Idempotency({ of }: { of: ApiMethodDocument }) {
  const { t } = useI18n(texts);
  return of.idempotency ? (
    <Chip tone="ok" icon={CheckIcon}>
      {t.sym.idempotency[of.idempotency]}
    </Chip>
  ) : null;
}

export function ServiceView({
  page,
  document,
}: {
  page: ApiSymbolPage;
  document: ApiServiceDocument;
}) {
  const scope = page.package;
  return (
    <>
      <SymbolHead page={page} />
      <Comment of={document} scope={scope} />
      <Methods page={page} document={document} />
      <Parties providers={page.providers} consumers={page.consumers} />
      <OptionsPanel options={document.options} />
    </>
  );
}

function Methods({ page, document }: { page: ApiSymbolPage; document: ApiServiceDocument }) {
  const { t, f } = useI18n(texts);
  const { methods } = document;
  const http = methods.some((method) => bindingsOf(method.options).length > 0);
  return (
    <Panel title={t.sym.methods} flush aside={f.number(methods.length)}>
      {methods.length === 0 ? (
        <div className={styles.pad}>
          <PanelNote>{t.sym.noMethods}</PanelNote>
        </div>
      ) : (
        <div className={styles.stacked}>
          <PlainTable label={t.sym.methods}>
            <thead>
              <tr>
                <th scope="col">{t.sym.method}</th>
                <th scope="col">{t.sym.types}</th>
                {http && <th scope="col">{t.sym.http}</th>}
              </tr>
            </thead>
            <tbody>
              {methods.map((method) => (
                <MethodRow key={method.name} page={page} method={method} http={http} />
              ))}
            </tbody>
          </PlainTable>
        </div>
      )}
    </Panel>
  );
}

function MethodRow({
  page,
  method,
  http,
}: {
  page: ApiSymbolPage;
  method: ApiMethodDocument;
  http: boolean;
}) {
  const summary = summaryOf(commentOf(method));
  return (
    <tr>
      <td>
        <div className={styles.badges}>
          <SymbolLink name={`${page.fullName}.${method.name}`}>{method.name}</SymbolLink>
          {method.deprecated && <Deprecated />}
          <Idempotency of={method} />
        </div>
        {summary && (
          <div className={styles.summary}>
            <Prose text={summary} />
          </div>
        )}
      </td>
      <td>
        <div className={styles.type}>
          <TypeLink name={method.input} scope={page.package} /> →{" "}
          <TypeLink name={method.output} scope={page.package} />
        </div>
        <StreamMark of={method} />
      </td>
      {http && (
        <td>
          <Bindings method={method} />
        </td>
      )}
    </tr>
  );
}
