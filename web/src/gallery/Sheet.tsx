// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useState } from "react";
import styles from "./Gallery.module.css";

const SETTLE_MS = 400;

/** One family of components in its looks. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const rest = setTimeout(() => setReady(true), SETTLE_MS);
    return () => clearTimeout(rest);
  }, []);
  return (
    <main className={styles.page} data-gallery={ready ? "ready" : "busy"}>
      <div className={styles.sheet}>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

/** One look, named as the code names it. */
export function Look({
  name,
  wide,
  children,
}: {
  name: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={styles.look}>
      <h2>{name}</h2>
      {wide ? <div className={styles.wide}>{children}</div> : children}
    </section>
  );
}
