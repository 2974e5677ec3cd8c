// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { useI18n } from "@/i18n";
import { Logo } from "@/ui/Shell";
import { LanguageButton, ThemeButton } from "@/ui/Switches";
import styles from "./SignIn.module.css";

/** One card in the middle: before the page is open to somebody. */
export function SignInPage({
  title,
  lead,
  hint,
  children,
}: {
  title: string;
  lead: string;
  hint?: string;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div>
          <p className={styles.brand}>
            <Logo />
            {t.common.product}
          </p>
          <h1>{title}</h1>
          <p className={styles.lead}>{lead}</p>
        </div>
        {children}
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
      <div className={styles.foot}>
        <ThemeButton />
        <LanguageButton />
      </div>
    </main>
  );
}
