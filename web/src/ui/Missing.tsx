// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { AsOfBanner } from "./AsOf";
import { SearchIcon } from "./icons";
import styles from "./Missing.module.css";
import { FlowPage } from "./Page";
import { EmptyState } from "./State";

interface MissingProps {
  title: string;
  /** What to do: `some` when there are names near to this one, else `none`. */
  hints: { some: string; none: string };
  nearest: readonly string[];
  link: (name: string) => ReactNode;
  at: string | undefined;
  onAt: (at: string | undefined) => void;
}

/** Instead of the page of a thing that does not exist. */
export function Missing({ title, hints, nearest, link, at, onAt }: MissingProps) {
  return (
    <FlowPage>
      {at && <AsOfBanner at={at} onChange={onAt} />}
      <EmptyState
        whole
        icon={SearchIcon}
        title={title}
        hint={nearest.length > 0 ? hints.some : hints.none}
      >
        <ul className={styles.nearest}>
          {nearest.map((name) => (
            <li key={name}>{link(name)}</li>
          ))}
        </ul>
      </EmptyState>
    </FlowPage>
  );
}
