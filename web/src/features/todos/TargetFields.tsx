// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "@/i18n";
import { PickedTag } from "@/ui/Chip";
import { SelectField, TextField } from "@/ui/Field";
import { facetsQuery } from "./api";
import { options, type PartProps } from "./EditorForm";
import { texts } from "./messages";
import styles from "./Todos.module.css";

const LIFECYCLES = ["experimental", "production", "deprecated", "retired", "unspecified"] as const;
const TIERS = [1, 2, 3, 4];
const MOST_TAGS = 10;

/** Which services it is for, by the filters of the service list. */
export function TargetFields({ draft, faults, onChange }: PartProps) {
  const { t } = useI18n(texts);
  const { data: facets } = useQuery(facetsQuery);
  const values = (of: readonly { value: string }[] | undefined) =>
    (of ?? []).map((each) => each.value).filter((value) => value !== "-");
  const tags = values(facets?.tag).filter((tag) => !draft.tags.includes(tag));
  return (
    <div className={styles.fields}>
      <TextField
        label={t.campaignForm.words}
        hint={t.campaignForm.wordsHint}
        error={faults.q}
        optional
        maxLength={200}
        value={draft.q}
        onChange={(event) => onChange({ q: event.target.value })}
      />
      <div className={styles.pairs}>
        <SelectField
          label={t.filter.team}
          value={draft.targetTeam}
          options={[
            { value: "", label: t.filter.allTeams },
            { value: "-", label: t.filter.noTeam },
            ...options(draft.targetTeam === "-" ? "" : draft.targetTeam, values(facets?.team)),
          ]}
          onChange={(targetTeam) => onChange({ targetTeam })}
        />
        <SelectField
          label={t.filter.corp}
          value={draft.corp}
          options={[
            { value: "", label: t.filter.allCorps },
            ...options(draft.corp, values(facets?.corp)),
          ]}
          onChange={(corp) => onChange({ corp })}
        />
        <SelectField
          label={t.filter.lifecycle}
          value={draft.lifecycle}
          options={[
            { value: "", label: t.filter.allLifecycles },
            ...LIFECYCLES.map((value) => ({ value, label: t.lifecycle[value] })),
          ]}
          onChange={(lifecycle) => onChange({ lifecycle })}
        />
        <SelectField
          label={t.filter.tier}
          value={draft.tier}
          options={[
            { value: "", label: t.filter.allTiers },
            ...TIERS.map((tier) => ({ value: String(tier), label: t.tier(tier) })),
          ]}
          onChange={(tier) => onChange({ tier })}
        />
        <SelectField
          label={t.filter.tag}
          disabled={draft.tags.length >= MOST_TAGS}
          value=""
          options={[
            { value: "", label: t.campaignForm.addTag },
            ...tags.map((value) => ({ value, label: value })),
          ]}
          onChange={(tag) => tag && onChange({ tags: [...draft.tags, tag] })}
        />
      </div>
      {draft.tags.length > 0 && (
        <ul className={styles.tags} aria-label={t.filter.activeTags}>
          {draft.tags.map((tag) => (
            <li key={tag}>
              <PickedTag
                tag={tag}
                onRemove={() => onChange({ tags: draft.tags.filter((each) => each !== tag) })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
