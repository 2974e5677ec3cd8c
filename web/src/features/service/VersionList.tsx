// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { Described } from "@/api/describe";
import type { Version } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { Age, Meta } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Service.module.css";
import { VersionChip } from "./VersionFacts";

interface VersionListProps {
  id: string;
  at: string | undefined;
  view: "fields" | "source" | "diff";
  shown: number;
  versions: readonly Version[];
  loading: boolean;
  error: Described | undefined;
  onRetry: () => void;
  onMore: (() => void) | undefined;
}

/** The history, newest first; each entry is a link to that version. */
export function VersionList(props: VersionListProps) {
  const { id, at, view, shown, versions, loading, error, onRetry, onMore } = props;
  const { t } = useI18n(texts);
  if (error) {
    return <ErrorPanel failure={error} onRetry={onRetry} />;
  }
  if (loading) {
    return (
      <Skeleton>
        <div className={styles.pad}>
          <div className={styles.bones}>
            <Bone width="70%" />
            <Bone width="55%" />
            <Bone width="64%" />
          </div>
        </div>
      </Skeleton>
    );
  }
  return (
    <ol className={styles.versions} aria-label={t.spec.versions}>
      {versions.map((version) => (
        <li key={version.number}>
          <Link
            to="/services/$id/spec"
            params={{ id }}
            search={{ at, v: version.number, view: view === "fields" ? undefined : view }}
            className={styles.version}
            aria-current={version.number === shown ? "true" : undefined}
            resetScroll={false}
          >
            <Entry version={version} />
          </Link>
        </li>
      ))}
      {onMore && (
        <li className={styles.more}>
          <Button small onClick={onMore}>
            {t.common.showMore}
          </Button>
        </li>
      )}
    </ol>
  );
}

function Entry({ version }: { version: Version }) {
  const { t, f } = useI18n(texts);
  return (
    <>
      <span className={styles.versionHead}>
        <span className={styles.number}>{t.spec.number(version.number)}</span>
        <VersionChip version={version} />
        <Meta>
          <Age at={version.receivedAt} />
        </Meta>
      </span>
      <span className={styles.clamp}>
        <Meta>
          {version.changed.length > 0
            ? f.list(version.changed)
            : version.number === 1 && t.spec.first}
        </Meta>
      </span>
    </>
  );
}
