// SPDX-License-Identifier: Apache-2.0
import { type Ref, useMemo } from "react";
import type { ApiDiff } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { Checkbox, FilterSelect } from "@/ui/Field";
import { EditIcon, FileIcon, MinusIcon, PlusIcon, SearchIcon } from "@/ui/icons";
import { Row } from "@/ui/Page";
import { PanelNote } from "@/ui/Panel";
import { SearchField } from "@/ui/SearchField";
import { EmptyState } from "@/ui/State";
import styles from "./Apis.module.css";
import { DiffPackage, type Rest } from "./DiffPackage";
import { categoryCounts, isFiltered, shownPackages, someLeftOut } from "./diff";
import { CATEGORIES, type DiffSearch, VERDICTS } from "./diffSearch";
import type { OnWaive } from "./Finding";
import { Hit } from "./Impact";
import { More, useSome } from "./More";
import { texts } from "./messages";
import { VerdictCounts } from "./Verdict";

// A jump of many releases changes more than a page should hold.
const PACKAGES = 12;

interface FilterProps {
  diff: ApiDiff;
  search: DiffSearch;
  onSearch: (search: DiffSearch, typed?: boolean) => void;
}

interface DiffProps extends FilterProps {
  /** Packages that were asked for as a whole. */
  rest: ReadonlyMap<string, Rest>;
  onRest: (name: string) => void;
  /** Undefined = the reader may not. */
  onWaive: OnWaive | undefined;
  summary: Ref<HTMLElement>;
}

/** What breaks first, package by package; then everything else that changed. */
export function DiffView(props: DiffProps) {
  const { diff, search, onSearch, rest, onRest, onWaive, summary } = props;
  const { t } = useI18n(texts);
  const { packages, unsearched } = useMemo(() => shownPackages(diff, search), [diff, search]);
  const some = useSome(packages, PACKAGES);
  const cleared: DiffSearch = { from: search.from, to: search.to };
  if (diff.packages.length === 0) {
    return <EmptyState title={t.cmp.noDifference} />;
  }
  return (
    <>
      <Summary diff={diff} ref={summary} />
      {diff.counts.findings > 0 && <Hit impact={diff.impact} />}
      <Filters diff={diff} search={search} onSearch={onSearch} />
      {packages.length === 0 && isFiltered(search) && (
        <EmptyState
          icon={SearchIcon}
          title={t.cmp.noneTitle}
          actions={<Button onClick={() => onSearch(cleared)}>{t.filter.reset}</Button>}
        />
      )}
      {some.shown.map((each) => (
        <DiffPackage
          key={each.name}
          shown={each}
          diff={diff}
          rest={rest.get(each.name)}
          onRest={() => onRest(each.name)}
          onWaive={onWaive}
        />
      ))}
      <More {...some} />
      {unsearched > 0 && <PanelNote>{t.cmp.unsearched(unsearched)}</PanelNote>}
    </>
  );
}

function Summary({ diff: { counts }, ref }: { diff: ApiDiff; ref: Ref<HTMLElement> }) {
  const { t } = useI18n(texts);
  return (
    <section ref={ref} className={styles.badges} aria-label={t.cmp.summary} tabIndex={-1}>
      {counts.breaking === 0 && <Chip tone="ok">{t.apis.noBreaking}</Chip>}
      <VerdictCounts counts={counts} />
      <Chip icon={PlusIcon}>{t.cmp.added(counts.added)}</Chip>
      <Chip icon={MinusIcon}>{t.cmp.removed(counts.removed)}</Chip>
      <Chip icon={EditIcon}>{t.cmp.changed(counts.changed)}</Chip>
      <Chip icon={FileIcon}>{t.cmp.files(counts.files)}</Chip>
    </section>
  );
}

const chosen = <T extends string>(value: string, choices: readonly T[]): T | undefined =>
  choices.find((choice) => choice === value);

function Filters({ diff, search, onSearch }: FilterProps) {
  const { t } = useI18n(texts);
  const counts = categoryCounts(diff);
  const more = someLeftOut(diff) ? "+" : "";
  return (
    <search aria-label={t.cmp.filters}>
      <Row>
        <SearchField
          label={t.cmp.filter}
          placeholder={t.cmp.filterPlaceholder}
          value={search.q ?? ""}
          onCommit={(q) => onSearch({ ...search, q: q || undefined }, true)}
        />
        <FilterSelect
          label={t.cmp.verdict}
          value={search.verdict ?? ""}
          options={[
            { value: "", label: t.cmp.allVerdicts },
            ...VERDICTS.map((each) => ({
              value: each,
              label: t.cmp.verdictCount[each](diff.counts[each]),
            })),
          ]}
          onChange={(value) => onSearch({ ...search, verdict: chosen(value, VERDICTS) })}
        />
        <FilterSelect
          label={t.cmp.category}
          value={search.category ?? ""}
          options={[
            { value: "", label: t.cmp.allCategories },
            ...CATEGORIES.map((each) => ({
              value: each,
              label: t.cmp.categoryCount(each, counts[each], more),
            })),
          ]}
          onChange={(value) => onSearch({ ...search, category: chosen(value, CATEGORIES) })}
        />
        <Checkbox
          checked={search.quiet ?? false}
          onChange={(event) => onSearch({ ...search, quiet: event.target.checked || undefined })}
        >
          {t.cmp.hideComments}
        </Checkbox>
      </Row>
    </search>
  );
}
