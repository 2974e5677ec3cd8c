// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useI18n } from "@/i18n";
import { SelectField, TextField } from "@/ui/Field";
import { serviceNamesQuery, serviceTodosQuery } from "./api";
import { texts } from "./messages";

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
