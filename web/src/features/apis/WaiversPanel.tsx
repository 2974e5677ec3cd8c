// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { describe, describeLine } from "@/api/describe";
import type { ApiWaiver } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip, Tag } from "@/ui/Chip";
import { PlainTable } from "@/ui/DataTable";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Segments } from "@/ui/Field";
import { Principal } from "@/ui/Origin";
import { Panel, PanelNote } from "@/ui/Panel";
import { ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Age, Mono, Prose } from "@/ui/Text";
import { toast } from "@/ui/Toast";
import styles from "./Apis.module.css";
import { endWaiver, forgetVerdicts, type WaiverState, waiversQuery } from "./api";
import { texts } from "./messages";
import css from "./Policy.module.css";
import { usePlace } from "./place";
import { Refusal } from "./Refusal";
import { Bones } from "./RepositoryScreen";
import { useLanding } from "./useLanding";

interface Ending {
  waiver: ApiWaiver;
  /** The same button of a row beside it, where the keyboard goes on. */
  near: HTMLElement | undefined;
}

/** A button of the row that takes the place of another one, or else of the one before. */
function buttonNear(button: HTMLElement): HTMLElement | undefined {
  const row = button.closest("tr");
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  return other?.querySelector("button") ?? undefined;
}

interface WaiversProps {
  admin: boolean;
  state: WaiverState;
  onState: (state: WaiverState) => void;
}

/** What is let pass, or was. */
export function WaiversPanel({ admin, state, onState }: WaiversProps) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const list = useInfiniteQuery(waiversQuery(repository, state));
  const [ending, setEnding] = useState<Ending>();
  const table = useRef<HTMLDivElement>(null);
  const land = useLanding(table);
  const items = list.data?.pages.flatMap((page) => page.items);
  const retry = () => list.refetch();
  return (
    <Panel
      title={t.waivers.title}
      flush
      aside={
        <Segments
          label={t.waivers.which}
          value={state}
          options={[
            { value: "active", label: t.waivers.active },
            { value: "past", label: t.waivers.past },
          ]}
          onChange={onState}
        />
      }
    >
      {list.isPending && (
        <Skeleton>
          <div className={css.pad}>
            <Bones count={4} />
          </div>
        </Skeleton>
      )}
      {list.error && !items && <ErrorPanel failure={describe(list.error, t)} onRetry={retry} />}
      {list.isRefetchError && <StaleNote since={list.dataUpdatedAt} onRetry={retry} />}
      {items && (
        <div ref={table} tabIndex={-1}>
          {items.length === 0 ? (
            <div className={css.pad}>
              <PanelNote>{state === "active" ? t.waivers.none : t.waivers.nonePast}</PanelNote>
            </div>
          ) : (
            <WaiverTable
              items={items}
              onEnd={admin && state === "active" ? setEnding : undefined}
            />
          )}
        </div>
      )}
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {t.common.showMore}
          </Button>
        </div>
      )}
      {ending && (
        <End
          waiver={ending.waiver}
          onClose={() => setEnding(undefined)}
          onDone={() => land(ending.near ?? table.current)}
        />
      )}
    </Panel>
  );
}

function WaiverTable({
  items,
  onEnd,
}: {
  items: readonly ApiWaiver[];
  onEnd: ((ending: Ending) => void) | undefined;
}) {
  const { t, f } = useI18n(texts);
  return (
    <PlainTable label={t.waivers.title}>
      <thead>
        <tr>
          <th scope="col">{t.waivers.what}</th>
          <th scope="col">{t.waivers.reason}</th>
          <th scope="col">{t.waivers.until}</th>
          <th scope="col">{t.waivers.by}</th>
          {onEnd && (
            <th scope="col">
              <span className="visually-hidden">{t.waivers.end}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((waiver) => (
          <tr key={waiver.id}>
            <td>
              <Mono>{waiver.subject}</Mono>
              <div>
                <Tag>{waiver.rule ?? t.waivers.everyRule}</Tag>
              </div>
            </td>
            <td className={css.reason}>
              <Prose text={waiver.reason} />
            </td>
            <td className={css.short}>
              {f.date(waiver.until)}
              <Ended waiver={waiver} />
            </td>
            <td className={css.short}>
              <Principal subject={waiver.grantedBy} />
              <div>
                <Age at={waiver.grantedAt} />
              </div>
            </td>
            {onEnd && (
              <td className={styles.end}>
                <Button
                  small
                  onClick={({ currentTarget }) =>
                    onEnd({ waiver, near: buttonNear(currentTarget) })
                  }
                >
                  {t.waivers.end}
                  <span className="visually-hidden"> {waiver.subject}</span>
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Ended({ waiver }: { waiver: ApiWaiver }) {
  const { t } = useI18n(texts);
  if (waiver.state === "active") {
    return null;
  }
  return (
    <div>
      <Chip>{waiver.state === "expired" ? t.waivers.expired : t.waivers.endedWord}</Chip>
      {waiver.endedBy && (
        <div>
          <Principal subject={waiver.endedBy} />
        </div>
      )}
    </div>
  );
}

interface EndProps {
  waiver: ApiWaiver;
  onClose: () => void;
  onDone: () => void;
}

function End({ waiver, onClose, onDone }: EndProps) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endWaiver(repository, waiver.id),
    onSuccess: () => {
      flushSync(onClose);
      onDone();
      toast(t.waivers.endDone);
      return forgetVerdicts(client, repository);
    },
  });
  return (
    <Dialog title={t.waivers.endTitle} onClose={onClose}>
      <p className={css.reason}>{t.waivers.endHint(waiver.subject)}</p>
      <Refusal text={end.error ? describeLine(end.error, t) : undefined} />
      <DialogFoot>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button look="danger" disabled={end.isPending} onClick={() => end.mutate()}>
          {t.waivers.endConfirm}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
