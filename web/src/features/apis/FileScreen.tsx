// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { describe } from "@/api/describe";
import type { ApiFilePage } from "@/api/generated";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { CopyButton } from "@/ui/Code";
import { cx } from "@/ui/cx";
import { FileIcon, InfoIcon } from "@/ui/icons";
import { Missing } from "@/ui/Missing";
import { Stack } from "@/ui/Page";
import { KeyValue, Panel } from "@/ui/Panel";
import { EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import { declaredQuery, fileQuery } from "./api";
import { FileLink, SymbolLink } from "./Links";
import { texts } from "./messages";
import { syntaxName } from "./names";
import { importKind, optionsOfFile } from "./options";
import { usePlace } from "./place";
import { Bones } from "./RepositoryScreen";
import source from "./Source.module.css";
import { OptionList } from "./Symbol";
import { sourceOf, sourceText } from "./source";
import type { Token } from "./sourcePrinter";

const route = getRouteApi("/shell/apis/$repository/browse/files");

export function FileScreen() {
  const { t } = useI18n(texts);
  const { path } = route.useSearch();
  const { repository, revision } = usePlace();
  const query = useQuery({
    ...fileQuery(repository, path ?? "", revision),
    enabled: path !== undefined,
  });
  const page = query.data;
  const retry = () => query.refetch();
  if (path === undefined) {
    return <EmptyState icon={FileIcon} title={t.file.none} />;
  }
  if (!page && isStatus(query.error, 404)) {
    return (
      <Missing
        title={t.file.notFound(path)}
        hints={{ some: t.file.notFoundHint, none: t.file.notFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(near) => <FileLink path={near} />}
        at={undefined}
        onAt={() => {}}
      />
    );
  }
  if (!page) {
    return query.error ? (
      <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <Skeleton>
        <Panel title={path}>
          <Bones count={14} />
        </Panel>
      </Skeleton>
    );
  }
  return (
    <Stack>
      {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      <FileView page={page} />
    </Stack>
  );
}

function FileView({ page }: { page: ApiFilePage }) {
  const { t } = useI18n(texts);
  const { revision } = usePlace();
  const { data: declared } = useQuery(declaredQuery(page, revision));
  const lines = useMemo(() => sourceOf(page, declared), [page, declared]);
  const { imports, importedBy } = page;
  return (
    <>
      <header className={styles.symbolHead}>
        <h2 className={styles.title}>{page.path}</h2>
      </header>
      <Panel title={t.sym.file}>
        <KeyValue
          entries={[
            {
              key: "package",
              label: t.file.package,
              value: <SymbolLink name={page.package} />,
            },
            { key: "syntax", label: t.file.syntax, value: syntaxName(page.syntax) },
          ]}
        />
      </Panel>
      <FileOptions page={page} />
      {imports.length > 0 && (
        <Panel title={t.file.imports}>
          <ul className={styles.uses}>
            {imports.map((path) => (
              <Import key={path} path={path} kind={importKind(page, path)} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title={t.file.source}
        flush
        aside={<CopyButton text={sourceText(lines)} label={t.common.copy} />}
      >
        <p className={styles.pad}>
          <Meta>{t.file.rebuilt}</Meta>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
        <figure className={source.code} tabIndex={0} aria-label={page.path}>
          <pre>
            {lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
              <div key={i} className={source.line}>
                <span className={source.number} aria-hidden="true">
                  {i + 1}
                </span>
                <span>
                  {line.length === 0
                    ? " "
                    : line.map((token, k) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a fixed text
                        <TokenView key={k} token={token} />
                      ))}
                </span>
              </div>
            ))}
          </pre>
        </figure>
      </Panel>
      {importedBy.length > 0 && (
        <Panel title={t.file.importedBy}>
          <ul className={styles.uses}>
            {importedBy.map((path) => (
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

/** What the file sets; nothing where that is not known. */
function FileOptions({ page }: { page: ApiFilePage }) {
  const { t } = useI18n(texts);
  const options = optionsOfFile(page.document);
  if (options.length === 0) {
    return null;
  }
  return (
    <Panel title={t.sym.options}>
      <OptionList options={options} />
    </Panel>
  );
}

function Import({ path, kind }: { path: string; kind: ReturnType<typeof importKind> }) {
  const { t } = useI18n(texts);
  return (
    <li>
      <FileLink path={path} />
      {kind && (
        <Chip icon={InfoIcon} title={t.file.importHint[kind]}>
          {kind}
        </Chip>
      )}
    </li>
  );
}

function TokenView({ token }: { token: Token }) {
  if (token.symbol !== undefined) {
    return <SymbolLink name={token.symbol}>{token.text}</SymbolLink>;
  }
  if (token.file !== undefined) {
    return (
      <>
        "<FileLink path={token.file} />"
      </>
    );
  }
  return <span className={cx(source[token.kind])}>{token.text}</span>;
}
