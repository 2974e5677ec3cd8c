// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { describeLine } from "@/api/describe";
import type { ApiSymbolPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Panel, PanelNote } from "@/ui/Panel";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import { usesQuery } from "./api";
import { FileLink, Kind, SymbolLink } from "./Links";
import { texts } from "./messages";
import { lastOf, parentOf } from "./names";
import { usePlace } from "./place";

/** Fields, methods and extensions that name it as their type. */
export function Uses({ page }: { page: ApiSymbolPage }) {
  const { t } = useI18n(texts);
  const { repository, revision } = usePlace();
  const list = useInfiniteQuery(usesQuery(repository, page.fullName, revision, page.uses));
  const uses = list.data.pages.flatMap((each) => each.items);
  return (
    <Panel title={t.sym.uses}>
      {uses.length === 0 && <PanelNote>{t.sym.noUses}</PanelNote>}
      <ul className={styles.uses}>
        {uses.map((use) => (
          <li key={`${use.kind} ${use.fullName}`}>
            <Kind of={use.kind} />
            {use.kind === "field" ? (
              <SymbolLink name={parentOf(use.fullName)} part={lastOf(use.fullName)}>
                {use.fullName}
              </SymbolLink>
            ) : (
              <SymbolLink name={use.fullName} />
            )}
            <FileLink path={use.file} line={use.line} />
          </li>
        ))}
      </ul>
      {list.isFetchNextPageError && <Meta>{describeLine(list.error, t)}</Meta>}
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {t.common.showMore}
          </Button>
        </div>
      )}
    </Panel>
  );
}
