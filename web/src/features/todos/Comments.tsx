// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeLine } from "@/api/describe";
import type { TodoPage } from "@/api/generated";
import { keys } from "@/api/keys";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { TextArea } from "@/ui/Field";
import { Markdown } from "@/ui/Markdown";
import { Principal } from "@/ui/Origin";
import { Age, Meta } from "@/ui/Text";
import { commentTodo, todoQuery } from "./api";
import { texts } from "./messages";
import styles from "./Todos.module.css";

/** What was said about the item, and a place to say more. */
export function Comments({ page }: { page: TodoPage }) {
  const { t } = useI18n(texts);
  const { todo, comments } = page;
  const client = useQueryClient();
  const [text, setText] = useState("");
  const say = useMutation({
    mutationFn: (said: string) => commentTodo(todo.id, said),
    onSuccess: (comment) => {
      setText("");
      client.setQueryData<TodoPage>(
        todoQuery(todo.id).queryKey,
        (old) => old && { ...old, comments: [...old.comments, comment] },
      );
      return client.invalidateQueries({ queryKey: keys.todos });
    },
  });
  return (
    <>
      {comments.length > 0 && (
        <ol className={styles.comments}>
          {comments.map((comment) => (
            <li key={comment.id} className={styles.comment}>
              <Meta>
                {comment.author ? <Principal subject={comment.author} /> : t.common.unknown} ·{" "}
                <Age at={comment.createdAt} />
              </Meta>
              <Markdown text={comment.text} />
            </li>
          ))}
        </ol>
      )}
      <form
        className={styles.say}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() && !say.isPending) {
            say.mutate(text.trim());
          }
        }}
      >
        <TextArea
          label={t.todos.say}
          hint={t.todos.sayHint}
          error={say.error ? describeLine(say.error, t) : undefined}
          rows={2}
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button small type="submit" disabled={say.isPending || text.trim() === ""}>
          {t.todos.sayIt}
        </Button>
      </form>
    </>
  );
}
