// SPDX-License-Identifier: Apache-2.0
import type { Version } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { CheckIcon } from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { Age, Meta } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Service.module.css";

/** Is it the one in force, or did it come too late to be? */
export function VersionChip({ version }: { version: Version }) {
  const { t } = useI18n(texts);
  if (version.current) {
    return (
      <Chip tone="ok" icon={CheckIcon}>
        {t.spec.current}
      </Chip>
    );
  }
  return version.applied ? null : <Chip title={t.spec.supersededHint}>{t.spec.superseded}</Chip>;
}

/** Who published a version, from what, and when it was in force. */
export function VersionFacts({ version }: { version: Version }) {
  const { t, f } = useI18n(texts);
  const { validFrom, validTo, sequence, commit, runUrl } = version;
  return (
    <div className={styles.bar}>
      <VersionChip version={version} />
      <Principal subject={version.principal} />
      {(commit || runUrl) && <Commit version={version} />}
      {sequence !== null && sequence !== undefined && (
        <Meta>
          {t.spec.sequence} {f.number(sequence)}
        </Meta>
      )}
      <Meta>
        {t.spec.received} <Age at={version.receivedAt} />
      </Meta>
      {validFrom && (
        <Meta>
          {t.spec.valid}{" "}
          {t.spec.validity(f.dateTime(validFrom), validTo ? f.dateTime(validTo) : t.spec.untilNow)}
        </Meta>
      )}
    </div>
  );
}
