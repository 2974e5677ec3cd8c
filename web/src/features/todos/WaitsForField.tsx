// SPDX-License-Identifier: Apache-2.0
import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { call } from "@/api/client";
import { keys } from "@/api/keys";
import { useI18n } from "@/i18n";
import { SelectField, TextField } from "@/ui/Field";
import { serviceTodosQuery } from "./api";
import { texts } from "./messages";

/** Services whose names have the words, to choose one; the names of what it finds. */
const serviceNamesQuery = (q: string) =>
  queryOptions({
    queryKey: [...keys.services, "names", q],
    queryFn: async ({ signal }) => {
      const query = { q, kind: "service", limit: 20 } as const;
      return (await call("GET /api/v1/search", { query, signal })).items.map(({ key }) => key);
    },
    enabled: q !== "",
    staleTime: 60_000,
  });

interface WaitsForFieldProps {
  /** Those that are to wait: neither they nor others of their service are offered. */
  services: readonly string[];
  error: string | undefined;
  value: string;
  onChange: (id: string) => void;
}

/** What to wait for: a service first, then one of what it still has to do. */
export function WaitsForField({ services, error, value, onChange }: WaitsForFieldProps) {
  const { t } = useI18n(texts);
  const list = useId();
  const [service, setService] = useState("");
  const names = useQuery(serviceNamesQuery(service));
  const others = (names.data ?? []).filter((name) => !services.includes(name));
  const known = others.includes(service);
  const found = useInfiniteQuery({ ...serviceTodosQuery(service, "todo"), enabled: known });
  const todos = (known ? found.data?.pages.flatMap(({ items }) => items) : undefined) ?? [];
  const nothing = known && found.isSuccess && todos.length === 0;
  return (
    <>
      <TextField
        label={t.todos.waitsForService}
        hint={t.todos.waitsForHint}
        error={services.includes(service) ? t.todos.waitsForItself : undefined}
        list={list}
        maxLength={63}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={service}
        onChange={(event) => {
          setService(event.target.value.trim());
          onChange("");
        }}
      />
      <datalist id={list}>
        {others.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField
        label={t.todos.waitsFor}
        error={error}
        disabled={todos.length === 0}
        value={value}
        options={[
          { value: "", label: nothing ? t.todos.waitsForNone : t.todos.waitsForChoose },
          ...todos.map(({ id, title }) => ({ value: String(id), label: `${title} (#${id})` })),
        ]}
        onChange={onChange}
      />
    </>
  );
}
