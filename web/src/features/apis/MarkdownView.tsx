// SPDX-License-Identifier: Apache-2.0
import { Markdown as Plain } from "@/ui/Markdown";
import { SymbolLink } from "./Links";
import { meantBy } from "./names";
import { usePlace } from "./place";

/** A comment of a .proto file: names of symbols in it lead to them. */
export function Markdown({ text, scope }: { text: string; scope: string }) {
  const { packages } = usePlace();
  return (
    <Plain
      text={text}
      comment
      named={(kind, name, inside) => {
        // A lone word in backticks is as often a field or a value.
        const asked = kind === "symbol" || name.includes(".");
        const meant = asked ? meantBy(name, scope, packages) : undefined;
        const leads = meant !== undefined && (kind === "symbol" || meant === name);
        return leads ? <SymbolLink name={meant}>{inside}</SymbolLink> : inside;
      }}
    />
  );
}
