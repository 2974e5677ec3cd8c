// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import type { Session } from "@/api/generated";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { buttonClass } from "@/ui/Button";
import { SideSheet } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { FitIcon, SearchIcon } from "@/ui/icons";
import { EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { todoQuery } from "./api";
import { ItemBones, ItemView } from "./ItemView";
import { texts } from "./messages";
import type { Changes } from "./useChanges";

interface ItemProps {
  id: number;
  session: Session | undefined;
  changes: Changes;
}

/** An item beside the list that it was opened from. */
export function ItemSheet({ id, onClose, ...rest }: ItemProps & { onClose: () => void }) {
  const { t } = useI18n(texts);
  const { data } = useQuery(todoQuery(id));
  return (
    <SideSheet
      title={data?.todo.title ?? t.todos.number(id)}
      actions={
        <Link
          to="/todos/$id"
          params={{ id: String(id) }}
          className={buttonClass("quiet", true)}
          aria-label={t.todos.ownPage}
          title={t.todos.ownPage}
        >
          <Icon of={FitIcon} />
        </Link>
      }
      onClose={onClose}
    >
      <Item id={id} {...rest} />
    </SideSheet>
  );
}

/** An item, wherever it is shown. */
export function Item({ id, session, changes }: ItemProps) {
  const { t } = useI18n(texts);
  const query = useQuery(todoQuery(id));
  const retry = () => query.refetch();
  if (query.data) {
    return (
      <>
        {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
        <ItemView key={id} page={query.data} session={session} changes={changes} />
      </>
    );
  }
  if (query.error) {
    return isStatus(query.error, 404) ? (
      <EmptyState icon={SearchIcon} title={t.todos.notFound(id)} hint={t.todos.notFoundHint} />
    ) : (
      <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
    );
  }
  return <ItemBones />;
}
