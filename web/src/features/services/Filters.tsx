// SPDX-License-Identifier: Apache-2.0
import type { Ref } from "react";
import type { FacetCount, Facets } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { PickedTag } from "@/ui/Chip";
import { FilterSelect, type Option } from "@/ui/Field";
import { CloseIcon } from "@/ui/icons";
import { SearchField } from "@/ui/SearchField";
import {
  addTag,
  choose,
  chooseTombstoned,
  cleared,
  filtersOf,
  isFiltered,
  LIFECYCLES,
  removeTag,
  type ServicesSearch,
  TIERS,
} from "./model";
import styles from "./Services.module.css";

const TOMBSTONED = "tombstoned";

interface FiltersProps {
  search: ServicesSearch;
  facets: Facets | undefined;
  /** `typed` = the text changed: the address is replaced, not pushed. */
  onChange: (search: ServicesSearch, typed: boolean) => void;
  fieldRef?: Ref<HTMLInputElement>;
}

export function Filters({ search, facets, onChange, fieldRef }: FiltersProps) {
  const { t, f } = useI18n();
  const filters = filtersOf(search);
  const pick = (next: ServicesSearch) => onChange(next, false);

  /** “All”, then the choices with their counts; the chosen one is always there. */
  const options = (
    all: string,
    counts: readonly FacetCount[] | undefined,
    chosen: string,
    name: (value: string) => string = (value) => value,
  ): Option[] => {
    const listed = counts ?? [];
    const missing = chosen && !listed.some((each) => each.value === chosen) ? [chosen] : [];
    return [
      { value: "", label: all },
      ...missing.map((value) => ({ value, label: name(value) })),
      ...listed.map(({ value, count }) => ({
        value,
        label: `${name(value)} (${f.number(count)})`,
      })),
    ];
  };

  const lifecycleNames: Record<string, string> = t.lifecycle;
  const lifecycleOptions = [
    ...options(
      t.filter.allLifecycles,
      ordered(facets?.lifecycle, LIFECYCLES),
      filters.lifecycle ?? "",
      (value) => lifecycleNames[value] ?? value,
    ),
    { value: TOMBSTONED, label: t.filter.tombstoned },
  ];
  const chooseLifecycle = (value: string) => {
    if (value === TOMBSTONED) {
      pick(chooseTombstoned(search));
    } else {
      const lifecycle = LIFECYCLES.find((each) => each === value);
      pick({ ...choose(search, "lifecycle", lifecycle), tombstoned: undefined });
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={styles.filters} role="group" aria-label={t.filter.group}>
      <SearchField
        ref={fieldRef ?? null}
        label={t.filter.label}
        placeholder={t.filter.placeholder}
        hotkey="/"
        value={search.q ?? ""}
        onCommit={(q) => onChange({ ...search, q: q || undefined }, true)}
      />
      <FilterSelect
        label={t.filter.team}
        value={filters.team}
        options={options(t.filter.allTeams, facets?.team, filters.team, (value) =>
          value === "-" ? t.filter.noTeam : value,
        )}
        onChange={(team) => pick(choose(search, "team", team || undefined))}
      />
      <FilterSelect
        label={t.filter.corp}
        value={filters.corp}
        options={options(t.filter.allCorps, facets?.corp, filters.corp)}
        onChange={(corp) => pick(choose(search, "corp", corp || undefined))}
      />
      <FilterSelect
        label={t.filter.tag}
        value=""
        options={options(
          t.filter.allTags,
          facets?.tag.filter(({ value }) => !filters.tags.includes(value)),
          "",
        )}
        onChange={(tag) => tag && pick(addTag(search, tag))}
      />
      <FilterSelect
        label={t.filter.lifecycle}
        value={filters.tombstoned ? TOMBSTONED : (filters.lifecycle ?? "")}
        options={lifecycleOptions}
        onChange={chooseLifecycle}
      />
      <FilterSelect
        label={t.filter.tier}
        value={filters.tier ? String(filters.tier) : ""}
        options={options(
          t.filter.allTiers,
          ordered(facets?.tier, TIERS.map(String)),
          filters.tier ? String(filters.tier) : "",
          t.tier,
        )}
        onChange={(tier) => pick(choose(search, "tier", tier ? Number(tier) : undefined))}
      />
      {filters.tags.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a list of buttons, not of fields
        <div className={styles.picked} role="group" aria-label={t.filter.activeTags}>
          {filters.tags.map((tag) => (
            <PickedTag key={tag} tag={tag} onRemove={() => pick(removeTag(search, tag))} />
          ))}
        </div>
      )}
      {isFiltered(filters) && (
        <Button look="quiet" icon={CloseIcon} onClick={() => pick(cleared(search))}>
          {t.filter.reset}
        </Button>
      )}
    </div>
  );
}

/** Counts in the order of a scale rather than by size. */
function ordered(counts: readonly FacetCount[] | undefined, scale: readonly string[]) {
  return counts
    ?.filter(({ value }) => scale.includes(value))
    .sort((a, b) => scale.indexOf(a.value) - scale.indexOf(b.value));
}
