// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useI18n } from "@/i18n";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { sessionQuery, todoQuery } from "./api";
import { Item } from "./ItemSheet";
import { texts } from "./messages";
import styles from "./Todos.module.css";
import { Trouble } from "./Trouble";
import { useChanges } from "./useChanges";

const route = getRouteApi("/shell/todos/$id");

/** An item at an address of its own, to be handed on. */
export function ItemScreen() {
  const { t } = useI18n(texts);
  const id = Number(route.useParams().id);
  const { data: session } = useQuery(sessionQuery);
  const { data } = useQuery(todoQuery(id));
  const changes = useChanges();
  return (
    <FlowPage>
      <PageHead title={data?.todo.title ?? t.todos.number(id)} aside={data?.todo.serviceID} />
      <Trouble changes={changes} />
      <Panel title={t.todos.number(id)}>
        <div className={styles.alone}>
          <Item id={id} session={session} changes={changes} />
        </div>
      </Panel>
    </FlowPage>
  );
}
