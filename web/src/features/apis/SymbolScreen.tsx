// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { describe } from "@/api/describe";
import type {
  ApiEnumDocument,
  ApiFieldDocument,
  ApiMessageDocument,
  ApiMethodDocument,
  ApiServiceDocument,
  ApiSymbolPage,
} from "@/api/generated";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { rememberVisit } from "@/lib/recent";
import { Missing } from "@/ui/Missing";
import { Stack } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import styles from "./Apis.module.css";
import { symbolQuery } from "./api";
import { SymbolLink } from "./Links";
import { EnumView, ExtensionView, MessageView } from "./MessageView";
import { MethodView } from "./MethodView";
import { texts } from "./messages";
import { lastOf, parentOf } from "./names";
import { PackageView } from "./PackageView";
import { usePlace } from "./place";
import { Bones } from "./RepositoryScreen";
import { ServiceView } from "./ServiceView";

const route = getRouteApi("/shell/apis/$repository/browse/$name");

/** A symbol by its full name, whatever kind it is of. */
export function SymbolScreen() {
  const { t } = useI18n(texts);
  const { name } = route.useParams();
  const { repository, revision } = usePlace();
  const query = useQuery(symbolQuery(repository, name, revision));
  const page = query.data;
  useEffect(() => {
    // A package without a name has nothing to be remembered by.
    if (page && (page.kind !== "package" || page.package !== "")) {
      const { fullName } = page;
      const key = `${repository}/${fullName}`;
      rememberVisit({ kind: "symbol", key, detail: `${parentOf(fullName)} · ${repository}` });
    }
  }, [page, repository]);
  const retry = () => query.refetch();
  if (!page && isStatus(query.error, 404)) {
    return (
      <Missing
        title={t.apis.symbolNotFound(name || t.apis.unnamed)}
        hints={{ some: t.apis.symbolNotFoundHint, none: t.apis.symbolNotFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(near) => <SymbolLink name={near} />}
        at={undefined}
        onAt={() => {}}
      />
    );
  }
  if (!page) {
    return query.error ? (
      <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <SymbolSkeleton name={name} />
    );
  }
  return (
    <Stack>
      {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      <SymbolView page={page} />
    </Stack>
  );
}

function SymbolView({ page }: { page: ApiSymbolPage }) {
  const hash = useLocation({ select: (location) => location.hash });
  const focus = hash || (page.focus === null ? undefined : lastOf(page.focus));
  const { kind, document } = page;
  if (kind === "package" || document === null) {
    return <PackageView page={page} />;
  }
  if (kind === "service") {
    return <ServiceView page={page} document={document as ApiServiceDocument} />;
  }
  if (kind === "method") {
    return <MethodView page={page} document={document as ApiMethodDocument} />;
  }
  if (kind === "message") {
    return <MessageView page={page} document={document as ApiMessageDocument} focus={focus} />;
  }
  if (kind === "enum") {
    return <EnumView page={page} document={document as ApiEnumDocument} focus={focus} />;
  }
  return <ExtensionView page={page} document={document as ApiFieldDocument} />;
}

function SymbolSkeleton({ name }: { name: string }) {
  const { t } = useI18n(texts);
  return (
    <Stack>
      <h2 className={styles.title}>{lastOf(name) || t.apis.unnamed}</h2>
      <Skeleton>
        <Stack>
          <Bones count={3} />
          <Panel title={t.common.loading}>
            <Bones count={8} />
          </Panel>
        </Stack>
      </Skeleton>
    </Stack>
  );
}
