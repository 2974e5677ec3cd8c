// SPDX-License-Identifier: Apache-2.0
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeLine } from "@/api/describe";
import type { Todo, TodoChangeRequest, TodoList, TodoPage } from "@/api/generated";
import { keys } from "@/api/keys";
import { fieldFaults, isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { changeTodo, changeTodos, todoQuery } from "./api";
import { type Messages, texts } from "./messages";
import { inverseOf, withChange } from "./model";

/** A list as it is kept: page by page, or one answer. */
type Kept = { pages: TodoList[] } | TodoList | undefined;

const within = (list: TodoList, todo: Todo): TodoList => ({
  ...list,
  items: list.items.map((each) => (each.id === todo.id ? todo : each)),
});

/** Shows an item as it is now wherever it is shown. */
export function put(client: QueryClient, todo: Todo): void {
  client.setQueriesData<Kept>({ queryKey: [...keys.todos, "list"] }, (old) =>
    !old
      ? old
      : "pages" in old
        ? { ...old, pages: old.pages.map((page) => within(page, todo)) }
        : within(old, todo),
  );
  client.setQueryData<TodoPage>(todoQuery(todo.id).queryKey, (old) => old && { ...old, todo });
}

/** Somebody else was faster: what was seen, what is so now, and what was asked for. */
export interface Conflict {
  seen: Todo;
  now: Todo;
  change: TodoChangeRequest;
}

/** Items of a bulk that stayed as they were, and why. */
export interface NotChanged {
  todo: Todo;
  reason: string;
}

export interface Changes {
  /** True once it is done, or asked about as a conflict; false when it was refused, which has been said then. */
  change: (todo: Todo, change: TodoChangeRequest, said: string) => Promise<boolean>;
  /** The ids of those that were refused. */
  changeAll: (
    todos: readonly Todo[],
    change: TodoChangeRequest,
    said: (count: number) => string,
  ) => Promise<number[]>;
  busy: boolean;
  conflict: Conflict | undefined;
  dismiss: () => void;
  notChanged: readonly NotChanged[];
  forget: () => void;
}

/** Why it was refused: the faults of its members say it best. */
function refusalOf(error: unknown, t: Messages): string {
  const faults = Object.values(fieldFaults(error));
  return faults.length > 0 ? faults.join(" ") : describeLine(error, t);
}

interface One {
  todo: Todo;
  change: TodoChangeRequest;
}

/** Changes are shown at once, and taken back when the server refuses them. */
export function useChanges(): Changes {
  const { t } = useI18n(texts);
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const [notChanged, setNotChanged] = useState<readonly NotChanged[]>([]);
  const settle = () => {
    client.invalidateQueries({ queryKey: keys.campaigns });
    return client.invalidateQueries({ queryKey: keys.todos });
  };
  const one = useMutation({
    mutationFn: ({ todo, change }: One) => changeTodo(todo.id, todo.version, change),
    onMutate: async ({ todo, change }) => {
      await client.cancelQueries({ queryKey: keys.todos });
      put(client, withChange(todo, change));
    },
    onSuccess: (now) => put(client, now),
    onError: async (error, { todo, change }) => {
      put(client, todo);
      if (!isStatus(error, 412)) {
        toast(refusalOf(error, t), "bad");
        return;
      }
      try {
        const page = await client.fetchQuery({ ...todoQuery(todo.id), staleTime: 0 });
        put(client, page.todo);
        setConflict({ seen: todo, now: page.todo, change });
      } catch (unread) {
        toast(describeLine(unread, t), "bad");
      }
    },
    onSettled: settle,
  });
  const many = useMutation({
    mutationFn: (items: readonly One[]) =>
      changeTodos(
        items.map(({ todo, change }) => ({ id: todo.id, version: todo.version, change })),
      ),
    onMutate: async (items) => {
      await client.cancelQueries({ queryKey: keys.todos });
      for (const { todo, change } of items) {
        put(client, withChange(todo, change));
      }
    },
    onSuccess: ({ items: results }, items) => {
      for (const [i, { todo }] of items.entries()) {
        put(client, results[i]?.todo ?? todo);
      }
    },
    onError: (error, items) => {
      for (const { todo } of items) {
        put(client, todo);
      }
      toast(describeLine(error, t), "bad");
    },
    onSettled: settle,
  });

  const change: Changes["change"] = async (todo, asked, said) => {
    let late = false;
    const now = await one.mutateAsync({ todo, change: asked }).catch((error) => {
      late = isStatus(error, 412);
    });
    if (now) {
      const back = inverseOf(todo, asked);
      const undo = () => {
        change(now, back, t.todos.undone);
      };
      // What takes something back is not taken back again.
      toast(
        said,
        "ok",
        said === t.todos.undone || Object.keys(back).length === 0
          ? undefined
          : { label: t.todos.undo, run: undo },
      );
    }
    return late || now !== undefined;
  };

  const carryOut = async (
    items: readonly One[],
    said: (count: number) => string,
    last: boolean,
  ) => {
    const answer = await many.mutateAsync(items).catch(() => undefined);
    if (!answer) {
      return items.map(({ todo }) => todo.id);
    }
    const done = items.flatMap(({ todo, change: asked }, i) => {
      const now = answer.items[i]?.todo;
      return now ? [{ todo: now, change: inverseOf(todo, asked) }] : [];
    });
    const refused = items.flatMap(({ todo }, i) => {
      const result = answer.items[i];
      return result?.todo
        ? []
        : [
            {
              todo,
              reason:
                result?.status === 412
                  ? t.todos.changedMeanwhile
                  : (result?.problem?.errors?.[0]?.detail ??
                    result?.problem?.detail ??
                    result?.problem?.title ??
                    t.error.unavailable),
            },
          ];
    });
    setNotChanged(refused);
    if (done.length > 0) {
      const undo = () => {
        carryOut(done, t.todos.undoneMany, true);
      };
      toast(said(done.length), "ok", last ? undefined : { label: t.todos.undo, run: undo });
    }
    return refused.map(({ todo }) => todo.id);
  };

  return {
    change,
    changeAll: (todos, asked, said) =>
      carryOut(
        todos.map((todo) => ({ todo, change: asked })),
        said,
        false,
      ),
    busy: one.isPending || many.isPending,
    conflict,
    dismiss: () => setConflict(undefined),
    notChanged,
    forget: () => setNotChanged([]),
  };
}
