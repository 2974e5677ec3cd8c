// SPDX-License-Identifier: Apache-2.0

import { Link } from "@tanstack/react-router";
import { type ReactNode, type Ref, useMemo } from "react";
import { type Described, describe } from "@/api/describe";
import type { Facets, ServiceItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { copyText } from "@/lib/clipboard";
import { AsOfBanner, AsOfPicker } from "@/ui/AsOf";
import { Button, buttonClass } from "@/ui/Button";
import { CodeBlock } from "@/ui/Code";
import { DataTable } from "@/ui/DataTable";
import { LinkIcon, SearchIcon, ServicesIcon } from "@/ui/icons";
import { FillPage, PageHead } from "@/ui/Page";
import { EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { toast } from "@/ui/Toast";
import { serviceColumns } from "./columns";
import { Filters } from "./Filters";
import { cleared, filtersOf, isFiltered, type ServicesSearch } from "./model";
import styles from "./Services.module.css";

export interface ServicesViewProps {
  search: ServicesSearch;
  onSearch: (search: ServicesSearch, typed: boolean) => void;
  rows: readonly ServiceItem[];
  facets?: Facets | undefined;
  loading?: boolean;
  dimmed?: boolean;
  hasMore?: boolean;
  onEnd?: () => void;
  /** The first answer failed; with rows, a refresh did. */
  error?: unknown;
  updatedAt?: number;
  onRetry?: () => void;
  waiting?: number;
  onShowWaiting?: () => void;
  onHold?: (held: boolean) => void;
  fieldRef?: Ref<HTMLInputElement>;
  origin?: string;
}

export function ServicesView(props: ServicesViewProps) {
  const { search, onSearch, rows, facets, loading = false, error, waiting = 0 } = props;
  const { t, f } = useI18n();
  const columns = useMemo(() => serviceColumns(t), [t]);
  const total = facets?.total;
  const setAt = (at: string | undefined) => onSearch({ ...search, at }, false);
  const copyLink = async () => {
    const done = await copyText(location.href);
    toast(done ? t.common.copied : t.common.copyFailed, done ? "ok" : "bad");
  };

  return (
    <FillPage>
      <PageHead
        title={t.services.title}
        aside={
          <span role="status">{total !== undefined && !loading && t.services.count(total)}</span>
        }
        actions={
          <>
            <AsOfPicker at={search.at} onChange={setAt} />
            <Button icon={LinkIcon} onClick={copyLink}>
              {t.common.copyLink}
            </Button>
          </>
        }
      />
      {search.at && <AsOfBanner at={search.at} onChange={setAt} />}
      {error !== undefined && rows.length > 0 && (
        <StaleNote since={props.updatedAt ?? 0} onRetry={props.onRetry ?? (() => {})} />
      )}
      <Filters
        search={search}
        facets={facets}
        onChange={onSearch}
        fieldRef={props.fieldRef ?? null}
      />
      <div className={styles.frame}>
        {waiting > 0 && (
          <button type="button" className={styles.pill} onClick={props.onShowWaiting}>
            {t.live.updates(waiting)}
          </button>
        )}
        <DataTable
          label={t.services.table}
          columns={columns}
          rows={rows}
          rowKey={(item) => item.id}
          loading={loading}
          dimmed={(props.dimmed ?? false) || (error !== undefined && rows.length > 0)}
          total={total}
          hasMore={props.hasMore ?? false}
          onEnd={props.onEnd ?? (() => {})}
          sort={search.sort ?? "name"}
          onSort={(sort) =>
            onSearch({ ...search, sort: sort === "name" ? undefined : (sort as "team") }, false)
          }
          onHold={props.onHold ?? (() => {})}
          instead={
            !loading &&
            rows.length === 0 && (
              <Instead
                {...props}
                failure={error === undefined ? undefined : describe(error, t)}
                format={f.dateTime}
              />
            )
          }
        />
      </div>
    </FillPage>
  );
}

/** No rows: because it failed, nothing matches, or there is nothing yet. */
function Instead({
  search,
  onSearch,
  onRetry,
  failure,
  origin = location.origin,
}: ServicesViewProps & { failure: Described | undefined; format: (iso: string) => string }) {
  const { t } = useI18n();
  if (failure) {
    return <ErrorPanel failure={failure} {...(onRetry ? { onRetry } : {})} />;
  }
  if (isFiltered(filtersOf(search))) {
    return (
      <EmptyState
        icon={SearchIcon}
        title={t.services.noneTitle}
        hint={t.services.noneHint}
        actions={<Button onClick={() => onSearch(cleared(search), false)}>{t.filter.reset}</Button>}
      />
    );
  }
  if (search.at) {
    return <EmptyState title={t.services.emptyPastTitle} hint={t.services.emptyPastHint} />;
  }
  return <NoServices origin={origin} />;
}

function NoServices({ origin }: { origin: string }): ReactNode {
  const { t } = useI18n();
  const command = `cat > acme-hello.yaml <<'EOF'
serviceID: acme-hello
description: The first service
teamName: platform
lifecycle: experimental
EOF
curl -X PUT --data-binary @acme-hello.yaml \\
  -H "Authorization: Bearer $MDASH_TOKEN" -H "Content-Type: application/yaml" \\
  ${origin}/api/v1/ingest/services/acme-hello`;
  return (
    <EmptyState
      icon={ServicesIcon}
      title={t.services.emptyTitle}
      hint={t.services.emptyHint}
      actions={
        <Link to="/settings/tokens" search={{ make: true }} className={buttonClass("primary")}>
          {t.services.makeToken}
        </Link>
      }
    >
      <CodeBlock text={command} label={t.services.emptyTitle} numbers={false} />
    </EmptyState>
  );
}
