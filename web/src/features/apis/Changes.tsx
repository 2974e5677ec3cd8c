// SPDX-License-Identifier: Apache-2.0
import type { ApiChange } from "@/api/generated";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { Icon, type IconType } from "@/ui/Icon";
import { EditIcon, MinusIcon, PlusIcon } from "@/ui/icons";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import diff from "./Diff.module.css";
import { Sides } from "./Finding";
import { FileLink, Kind, SymbolLink } from "./Links";
import { More, useSome } from "./More";
import { texts } from "./messages";

const LOOK: Record<ApiChange["how"], [IconType, string | undefined]> = {
  added: [PlusIcon, diff.added],
  removed: [MinusIcon, diff.removed],
  changed: [EditIcon, diff.changed],
};

const MOST = 30;
const ORDER = ["removed", "changed", "added"];

const inOrder = (changes: readonly ApiChange[]) =>
  [...changes].sort((a, b) => ORDER.indexOf(a.how) - ORDER.indexOf(b.how));

interface ChangesProps {
  label: string;
  changes: readonly ApiChange[];
  from: number;
  to: number;
}

/** What was added, removed and changed without breaking anybody. */
export function Changes({ label, changes, from, to }: ChangesProps) {
  const some = useSome(inOrder(changes), MOST);
  return (
    <>
      <ul aria-label={label} className={diff.changes}>
        {some.shown.map((change, i) => (
          <Change
            // biome-ignore lint/suspicious/noArrayIndexKey: one thing may have changed twice
            key={i}
            change={change}
            revision={change.how === "removed" ? from : to}
          />
        ))}
      </ul>
      <More {...some} />
    </>
  );
}

function Change({ change, revision }: { change: ApiChange; revision: number }) {
  const { t } = useI18n(texts);
  const { how, kind, fullName, path, line, onlyComment } = change;
  const [icon, tone] = LOOK[how];
  return (
    <li className={diff.change}>
      <span className={cx(diff.how, tone)}>
        <Icon of={icon} size={14} />
        {t.cmp.how[how]}
      </span>
      <div className={diff.what}>
        <div className={styles.where}>
          <Kind of={kind} />
          <SymbolLink name={fullName} revision={revision}>
            {fullName}
          </SymbolLink>
          {onlyComment && <Meta>{t.cmp.onlyComment}</Meta>}
          <FileLink path={path} line={line} />
        </div>
        <Sides before={change.before} after={change.after} />
      </div>
    </li>
  );
}
