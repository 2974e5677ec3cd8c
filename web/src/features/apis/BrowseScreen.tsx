// SPDX-License-Identifier: Apache-2.0
import { useQueries, useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ApiPackageItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { useHotkeys } from "@/lib/hotkeys";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { PackageIcon } from "@/ui/icons";
import { SearchField } from "@/ui/SearchField";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import { repositoryQuery, symbolQuery } from "./api";
import { texts } from "./messages";
import { topOf } from "./names";
import { usePlace } from "./place";
import { Tree } from "./TreeView";
import { aboveOf, type Contents, filtered, packageTree, rowsOf } from "./tree";

/** The tree of packages beside what is open of them. */
export function BrowseScreen() {
  const { repository, revision } = usePlace();
  const { data } = useQuery(repositoryQuery(repository, revision));
  return (
    <div className={styles.browse}>
      {data && <Packages key={`${repository} ${revision}`} packages={data.packages} />}
      <div className={styles.content}>
        <Outlet />
      </div>
    </div>
  );
}

/** So few that all may be open from the start. */
const FEW = 40;

/** Name and package of what is shown beside the tree. */
function useShown() {
  const { repository, revision } = usePlace();
  const { name } = useParams({ strict: false });
  const { data } = useQuery({
    ...symbolQuery(repository, name ?? "", revision),
    enabled: name !== undefined,
  });
  if (name === undefined) {
    return undefined;
  }
  // A method is shown in the tree by its service, a nested type by what it is in.
  const top = data ? topOf(name, data.package) : name;
  const isPackage = data?.kind === "package";
  return { name: isPackage ? name : top, isPackage, package: data?.package };
}

/** What is declared in the packages that are open. */
function useContents(open: ReadonlySet<string>, known: ReadonlySet<string>): Contents {
  const { repository, revision } = usePlace();
  const names = [...open].filter((name) => known.has(name));
  return useQueries({
    queries: names.map((name) => symbolQuery(repository, name, revision)),
    combine: (results) => {
      const found = new Map<string, Contents extends ReadonlyMap<string, infer V> ? V : never>();
      results.forEach((result, i) => {
        const content = result.data?.items ?? (result.isError ? ("failed" as const) : undefined);
        if (content) {
          found.set(names[i] ?? "", content);
        }
      });
      return found;
    },
  });
}

function Packages({ packages }: { packages: readonly ApiPackageItem[] }) {
  const { t } = useI18n(texts);
  const nodes = useMemo(() => packageTree(packages), [packages]);
  const known = useMemo(() => new Set(packages.map((each) => each.name)), [packages]);
  const [query, setQuery] = useState("");
  const [unfolded, setUnfolded] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    // Only what holds other packages: whoever wants the symbols of one opens it.
    () =>
      new Set(
        packages.length <= FEW
          ? packages.flatMap((each) => aboveOf(each.name)).filter((name) => !known.has(name))
          : nodes.length === 1
            ? nodes.map((node) => node.name).filter((name) => !known.has(name))
            : [],
      ),
  );
  const shown = useShown();
  const current = shown?.package;
  useEffect(() => {
    if (current !== undefined) {
      setOpen((before) => new Set([...before, ...aboveOf(current)]));
    }
  }, [current]);
  const contents = useContents(open, known);
  const left = useMemo(() => filtered(nodes, query), [nodes, query]);
  const rows = useMemo(
    () => rowsOf(left, { open, filtered: query.trim() !== "", contents }),
    [left, open, query, contents],
  );
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => field.current?.focus() });
  const toggle = (name: string, to: boolean) =>
    setOpen((before) => {
      const next = new Set(before);
      to ? next.add(name) : next.delete(name);
      return next;
    });
  return (
    <nav className={cx(styles.tree, unfolded && styles.unfolded)} aria-label={t.apis.tree}>
      <Button
        className={styles.fold}
        icon={PackageIcon}
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        {unfolded ? t.apis.hideTree : t.apis.showTree}
      </Button>
      <div className={styles.treeBody}>
        <div className={styles.treeFilter}>
          <SearchField
            ref={field}
            label={t.apis.filter}
            placeholder={t.apis.filterPlaceholder}
            hotkey="/"
            value={query}
            onCommit={setQuery}
          />
        </div>
        <p role="status" className={styles.treeNone}>
          {rows.length === 0 && <Meta>{t.apis.noPackages}</Meta>}
        </p>
        <Tree
          rows={rows}
          shown={shown && `${shown.isPackage ? "package" : "symbol"} ${shown.name}`}
          onToggle={toggle}
        />
      </div>
    </nav>
  );
}
