// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";

/** The beginning of a long list, and more of it when asked for. */
export function useSome<T>(all: readonly T[], step: number) {
  const [most, setMost] = useState(step);
  return {
    shown: all.slice(0, most),
    rest: Math.max(0, all.length - most),
    onMore: () => setMost(most + step),
  };
}

export function More({ rest, onMore }: { rest: number; onMore: () => void }) {
  const { t } = useI18n();
  return rest === 0 ? null : (
    <div className={styles.more}>
      <Button onClick={onMore}>{t.common.showMore}</Button>
      <Meta>{t.common.more(rest)}</Meta>
    </div>
  );
}
