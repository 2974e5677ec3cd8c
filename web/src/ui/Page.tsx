// SPDX-License-Identifier: Apache-2.0
import type { FormHTMLAttributes, ReactNode } from "react";
import styles from "./Page.module.css";

/** A screen as high as the window, whose table scrolls. */
export function FillPage({ children }: { children: ReactNode }) {
  return <div className={styles.fill}>{children}</div>;
}

/** A screen as long as its content. */
export function FlowPage({ children }: { children: ReactNode }) {
  return <div className={styles.flow}>{children}</div>;
}

export function PageHead({
  title,
  aside,
  actions,
}: {
  title: ReactNode;
  /** Beside the title: a count. */
  aside?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <h1>{title}</h1>
        {aside && <span className={styles.aside}>{aside}</span>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** Wide content and a narrow column beside it, one below the other when narrow. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className={styles.columns}>
      <Stack>{children}</Stack>
      <Stack>{side}</Stack>
    </div>
  );
}

export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

/** Panels of equal weight, beside each other where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Submits to our own function only; the address never sees a field. */
export function Form({ onSubmit, ...rest }: FormHTMLAttributes<HTMLFormElement>) {
  return (
    <form
      {...rest}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.(event);
      }}
    />
  );
}
