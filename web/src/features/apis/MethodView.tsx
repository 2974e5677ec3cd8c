// SPDX-License-Identifier: Apache-2.0
import type { ApiMethodDocument, ApiSymbolPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { CodeBlock } from "@/ui/Code";
import { type Entry, KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import { exampleOf, exampleText } from "./example";
import { Fields } from "./Fields";
import { grpcurlLines } from "./grpcurl";
import { SymbolLink, TypeLink } from "./Links";
import { texts } from "./messages";
import { lastOf, parentOf } from "./names";
import { bindingsOf } from "./options";
import { Parties } from "./Parties";
import { usePlace } from "./place";
import { Bindings, Idempotency, StreamMark } from "./ServiceView";
import { Comment, OptionsPanel, SymbolHead } from "./Symbol";

interface MethodProps {
  page: ApiSymbolPage;
  document: ApiMethodDocument;
}

export function MethodView({ page, document }: MethodProps) {
  const { t } = useI18n(texts);
  const { repository, revision } = usePlace();
  const line = grpcurlLines({
    origin: location.origin,
    repository,
    revision,
    fullName: page.fullName,
    request: exampleOf(document.input, page.types, true),
  });
  return (
    <>
      <SymbolHead page={page} />
      <Comment of={document} scope={page.package} />
      <Facts page={page} document={document} />
      <Side
        page={page}
        title={t.sym.request}
        name={document.input}
        streams={document.clientStreaming ?? false}
        request
      />
      <Side
        page={page}
        title={t.sym.response}
        name={document.output}
        streams={document.serverStreaming ?? false}
      />
      <Panel title={t.sym.grpcurl} aside={t.sym.grpcurlHint} flush>
        <CodeBlock bare numbers={false} text={line} label={t.sym.grpcurl} />
      </Panel>
      <Parties providers={page.providers} consumers={page.consumers} brief />
      <OptionsPanel options={document.options} />
    </>
  );
}

function Facts({ page, document }: MethodProps) {
  const { t } = useI18n(texts);
  const type = (name: string, streams?: boolean) => (
    <span className={styles.type}>
      {streams && <span className={styles.word}>{t.sym.stream} </span>}
      <TypeLink name={name} scope={page.package} />
    </span>
  );
  const entries: Entry[] = [
    { key: "kind", label: t.sym.kindLabel, value: <StreamMark of={document} /> },
    { key: "in", label: t.sym.request, value: type(document.input, document.clientStreaming) },
    { key: "out", label: t.sym.response, value: type(document.output, document.serverStreaming) },
    {
      key: "http",
      label: t.sym.http,
      value:
        bindingsOf(document.options).length > 0 ? (
          <Bindings method={document} />
        ) : (
          <Meta>{t.sym.noHttp}</Meta>
        ),
    },
  ];
  return (
    <Panel
      title={`${lastOf(parentOf(page.fullName))}/${page.name}`}
      aside={<Idempotency of={document} />}
    >
      <KeyValue entries={entries} />
    </Panel>
  );
}

/** What goes in one direction: fields and an example of it. */
function Side({
  page,
  title,
  name,
  streams,
  request = false,
}: {
  page: ApiSymbolPage;
  title: string;
  name: string;
  streams: boolean;
  request?: boolean;
}) {
  const { t } = useI18n(texts);
  const document = Object.hasOwn(page.types, name) ? page.types[name] : undefined;
  return (
    <Panel title={title} flush aside={<SymbolLink name={name}>{lastOf(name)}</SymbolLink>}>
      {streams && (
        <div className={styles.pad}>
          <PanelNote>{t.sym.streamed}</PanelNote>
        </div>
      )}
      <div className={styles.side}>
        <div>
          {document && "fields" in document ? (
            <Fields document={document} scope={page.package} />
          ) : (
            <div className={styles.pad}>
              <TypeLink name={name} scope={page.package} />
            </div>
          )}
        </div>
        <div className={styles.example}>
          <h3 className={styles.exampleTitle}>{t.sym.example}</h3>
          <CodeBlock
            bare
            numbers={false}
            text={exampleText(name, page.types, request)}
            label={t.sym.exampleOf(lastOf(name))}
          />
        </div>
      </div>
    </Panel>
  );
}
