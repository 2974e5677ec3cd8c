// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "react";
import type { ApiDiff, ApiImpact } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { Checkbox, FilterSelect } from "@/ui/Field";
import { EditIcon, FileIcon, MinusIcon, PlusIcon, SearchIcon } from "@/ui/icons";
import { Row } from "@/ui/Page";
import { Panel, PanelNote } from "@/ui/Panel";
import { SearchField } from "@/ui/SearchField";
import { EmptyState } from "@/ui/State";
import { Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { Changes } from "./Changes";
import { categoryCounts, isFiltered, type ShownPackage, shownPackages } from "./diff";
import { CATEGORIES, type Category, type DiffSearch } from "./diffSearch";
import { Finding } from "./Finding";
import { SymbolLink } from "./Links";
import { More, useSome } from "./More";
import { texts } from "./messages";
import { TeamName } from "./Parties";

// A jump of many releases changes more than a page should hold.
const PACKAGES = 12;
const FINDINGS = 20;

interface DiffProps {
  diff: ApiDiff;
  search: DiffSearch;
  onSearch: (search: DiffSearch, typed?: boolean) => void;
}

/** What breaks first, package by package; then everything else that changed. */
export function DiffView({ diff, search, onSearch }: DiffProps) {
  const { t } = useI18n(texts);
  const packages = useMemo(() => shownPackages(diff, search), [diff, search]);
  const some = useSome(packages, PACKAGES);
  const cleared: DiffSearch = { from: search.from, to: search.to };
  if (diff.packages.length === 0) {
    return <EmptyState title={t.cmp.noDifference} />;
  }
  return (
    <>
      <Summary diff={diff} />
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
        <PackagePanel key={each.name} shown={each} diff={diff} />
      ))}
      <More {...some} />
    </>
  );
}

function Summary({ diff }: { diff: ApiDiff }) {
  const { t } = useI18n(texts);
  const { findings, added, removed, changed, files } = diff.counts;
  return (
    <section className={styles.badges} aria-label={t.cmp.summary}>
      <Chip tone={findings > 0 ? "bad" : "ok"}>
        {findings > 0 ? t.cmp.breaking(findings) : t.apis.noBreaking}
      </Chip>
      <Chip icon={PlusIcon}>{t.cmp.added(added)}</Chip>
      <Chip icon={MinusIcon}>{t.cmp.removed(removed)}</Chip>
      <Chip icon={EditIcon}>{t.cmp.changed(changed)}</Chip>
      <Chip icon={FileIcon}>{t.cmp.files(files)}</Chip>
    </section>
  );
}

/** Every microservice that something breaks for, by the specs. */
function Hit({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n(texts);
  const some = useSome(impact, FINDINGS);
  return (
    <Panel title={t.cmp.impact} aside={t.sym.bySpecs}>
      {impact.length === 0 ? (
        <PanelNote>{t.cmp.noImpact}</PanelNote>
      ) : (
        <>
          <ImpactList impact={some.shown} />
          <More {...some} />
        </>
      )}
    </Panel>
  );
}

export function ImpactList({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n(texts);
  return (
    <ul className={styles.parties}>
      {impact.map(({ service, team, role, rpcs }) => (
        <li key={`${service} ${role}`}>
          <TextLink to="/services/$id" params={{ id: service }}>
            {service}
          </TextLink>
          <TeamName team={team} />
          <Meta>{t.cmp.role[role]}</Meta>
          {rpcs.map((rpc) => (
            <SymbolLink key={rpc} name={rpc} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Filters({ diff, search, onSearch }: DiffProps) {
  const { t } = useI18n(texts);
  const counts = categoryCounts(diff);
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
          label={t.cmp.category}
          value={search.category ?? ""}
          options={[
            { value: "", label: t.cmp.allCategories },
            ...CATEGORIES.map((each) => ({
              value: each,
              label: t.cmp.categoryCount(each, counts[each]),
            })),
          ]}
          onChange={(value) =>
            onSearch({ ...search, category: (value || undefined) as Category | undefined })
          }
        />
        <Checkbox
          checked={search.breaking ?? false}
          onChange={(event) => onSearch({ ...search, breaking: event.target.checked || undefined })}
        >
          {t.cmp.onlyBreaking}
        </Checkbox>
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

function PackagePanel({ shown, diff }: { shown: ShownPackage; diff: ApiDiff }) {
  const { t } = useI18n(texts);
  const { name, findings, changes, changesLeftOut } = shown;
  const some = useSome(findings, FINDINGS);
  return (
    <Panel
      title={name || t.apis.unnamed}
      flush
      aside={
        <>
          {findings.length > 0 && <Chip tone="bad">{t.cmp.breaking(findings.length)}</Chip>}
          {changes.length > 0 && t.cmp.changed(changes.length + changesLeftOut)}
        </>
      }
    >
      {some.shown.map((finding, i) => (
        <Finding
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule may find one place twice
          key={i}
          finding={finding}
          from={diff.from.number}
          to={diff.to.number}
        />
      ))}
      <More {...some} />
      {changes.length > 0 && (
        <Changes
          label={t.cmp.changesLabel(name || t.apis.unnamed)}
          changes={changes}
          from={diff.from.number}
          to={diff.to.number}
        />
      )}
      {changesLeftOut > 0 && (
        <p className={styles.pad}>
          <Meta>{t.cmp.leftOut(changesLeftOut)}</Meta>
        </p>
      )}
    </Panel>
  );
}
