// SPDX-License-Identifier: Apache-2.0
import { useBlocker } from "@tanstack/react-router";
import { useI18n } from "@/i18n";
import { Button } from "./Button";
import { Dialog, DialogFoot } from "./Dialog";

interface UnsavedProps {
  /** Something was typed that leaving would lose. */
  when: boolean;
  /** Is the editor still there at another query of the same path? */
  stays?: (search: Readonly<Record<string, unknown>>) => boolean;
}

/**
 * Asks before what was typed is lost: here when the page goes elsewhere, by the
 * browser's own words when it is left or loaded anew. Who saves or gives up on
 * purpose navigates with `ignoreBlocker`.
 */
export function Unsaved({ when, stays = () => false }: UnsavedProps) {
  const { t } = useI18n();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname || !stays({ ...next.search }),
    disabled: !when,
    withResolver: true,
  });
  if (status !== "blocked") {
    return null;
  }
  return (
    <Dialog title={t.unsaved.title} onClose={reset}>
      <p>{t.unsaved.hint}</p>
      <DialogFoot>
        <Button onClick={reset}>{t.unsaved.stay}</Button>
        <Button look="danger" onClick={proceed}>
          {t.unsaved.leave}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
