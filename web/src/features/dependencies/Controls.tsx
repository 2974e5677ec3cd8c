// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useMemo, useState } from "react";
import { useI18n } from "@/i18n";
import { createDeferred } from "@/lib/deferred";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Field";
import { servicesLikeQuery } from "./api";
import styles from "./Dependencies.module.css";
import { texts } from "./messages";
import { type DependenciesSearch, DIRECTIONS, directionOf, HOPS, hopsOf } from "./model";

/** Asks for a service by its id and puts it in the centre. */
export function Finder() {
  const { t } = useI18n(texts);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const deferred = useMemo(() => createDeferred(setAsked, 200), []);
  useEffect(() => deferred.stop, [deferred]);
  const hits = useQuery(servicesLikeQuery(asked));
  const navigate = useNavigate();
  const list = useId();
  const d = t.dependencies;
  return (
    <form
      className={styles.find}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) {
          navigate({ to: "/dependencies", search: { center: text.trim(), hops: 2 } });
        }
      }}
    >
      <input
        aria-label={d.find}
        placeholder={d.findHint}
        list={list}
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          deferred.typed(event.target.value.trim());
        }}
      />
      <datalist id={list}>
        {hits.data?.items.map((hit) => (
          <option key={hit.key} value={hit.key} />
        ))}
      </datalist>
      <Button type="submit">{d.show}</Button>
    </form>
  );
}

/** How far and which way; both are in the address. */
export function CenterBar({ search }: { search: DependenciesSearch }) {
  const { t } = useI18n(texts);
  const navigate = useNavigate();
  const d = t.dependencies;
  const set = (more: DependenciesSearch) =>
    navigate({ to: "/dependencies", search: { ...search, ...more } });
  return (
    <div className={styles.bar}>
      <Segments
        label={d.hops}
        value={String(hopsOf(search))}
        options={HOPS.map((count) => ({ value: String(count), label: d.hop(count) }))}
        onChange={(value) => set({ hops: Number(value) })}
      />
      <Segments
        label={d.direction}
        value={directionOf(search)}
        options={DIRECTIONS.map((value) => ({ value, label: d.directions[value] }))}
        onChange={(value) => set({ direction: value })}
      />
    </div>
  );
}
