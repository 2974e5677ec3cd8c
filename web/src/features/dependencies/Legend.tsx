// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import styles from "./Dependencies.module.css";
import { texts } from "./messages";
import type { EdgeKind } from "./model";

const KINDS: readonly EdgeKind[] = ["declared", "grpc", "both"];

/** The line of a kind of edge, as the picture draws it. */
export function EdgeLine({ kind }: { kind: EdgeKind }) {
  return (
    <svg width="30" height="8" aria-hidden="true" className={cx(styles.edge, styles[kind])}>
      <path d="M1 4H29" />
    </svg>
  );
}

export function Legend() {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  return (
    <ul className={styles.legend} aria-label={d.legend}>
      {KINDS.map((kind) => (
        <li key={kind}>
          <EdgeLine kind={kind} />
          {d.kind[kind]}
        </li>
      ))}
      <li>
        <svg width="30" height="14" aria-hidden="true" className={cx(styles.node, styles.unknown)}>
          <rect x="1" y="1" width="28" height="12" rx="3" />
        </svg>
        {d.unknown}
      </li>
    </ul>
  );
}
