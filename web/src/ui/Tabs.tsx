// SPDX-License-Identifier: Apache-2.0
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode } from "react";
import styles from "./Tabs.module.css";

/** Parts of one page. Each has an address of its own, so they are links. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

function TabAnchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} className={styles.tab} />;
}

/** The router marks the open one with aria-current. */
export const Tab = createLink(TabAnchor);
