// SPDX-License-Identifier: Apache-2.0
import type { ApiPolicyItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Tag, TagGroup } from "@/ui/Chip";
import { PlainTable } from "@/ui/DataTable";
import { Meta } from "@/ui/Text";
import { CATEGORIES } from "./diffSearch";
import { texts } from "./messages";
import css from "./Policy.module.css";
import { fitsAll } from "./policy";

/** What the policy says, for whoever reads it. */
export function PolicyTable({ label, items }: { label: string; items: readonly ApiPolicyItem[] }) {
  const { t } = useI18n(texts);
  return (
    <>
      <PlainTable label={label}>
        <thead>
          <tr>
            <th scope="col">{t.policy.prefix}</th>
            <th scope="col">{t.policy.use}</th>
            <th scope="col">{t.policy.except}</th>
            <th scope="col">{t.policy.unstable}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.prefix}>
              <td>
                {item.prefix
                  ? t.policy.andBelow(item.prefix)
                  : items.length > 1
                    ? t.policy.otherPackages
                    : t.policy.everyPackage}
              </td>
              <td>
                <Names of={item.use} />
              </td>
              <td>
                <Names of={item.except} />
              </td>
              <td>{item.ignoreUnstable ? t.policy.unstableIgnored : t.policy.unstableChecked}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {!fitsAll(items) && (
        <p className={css.pad}>
          <Meta>{t.policy.implied}</Meta>
        </p>
      )}
    </>
  );
}

function Names({ of }: { of: readonly string[] }) {
  const { t } = useI18n(texts);
  return of.length === 0 ? (
    <Meta>{t.policy.nothing}</Meta>
  ) : (
    <TagGroup>
      {of.map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
    </TagGroup>
  );
}

/** What the words of a policy mean. */
export function Legend() {
  const { t } = useI18n(texts);
  return (
    <details className={css.pad}>
      <summary>{t.policy.legend}</summary>
      <dl className={css.legend}>
        {CATEGORIES.map((each) => (
          <div key={each}>
            <dt>
              <Tag>{each}</Tag>
            </dt>
            <dd>{t.policy.categories[each]}</dd>
          </div>
        ))}
      </dl>
      <p>{t.policy.unstableMeaning}</p>
    </details>
  );
}
