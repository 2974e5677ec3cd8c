// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import type { ApiRepositoryPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { Commit, Principal } from "@/ui/Origin";
import { type Entry, KeyValue, Panel } from "@/ui/Panel";
import { Banner } from "@/ui/State";
import { Age, Anchor, Inline, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { repositoryQuery } from "./api";
import { texts } from "./messages";
import { usePlace } from "./place";

/** The repository itself: how much it declares, and how fresh that is. */
export function HomeScreen() {
  const { repository, revision } = usePlace();
  const { data } = useQuery(repositoryQuery(repository, revision));
  return data ? <Home page={data} /> : null;
}

function Home({ page }: { page: ApiRepositoryPage }) {
  const { t, f } = useI18n(texts);
  const shown = ["packages", "services", "methods", "messages", "fields", "enums"] as const;
  const rest = ["extensions", "files"] as const;
  // Of a revision that an older version of mdash took they are not known.
  const isCurrent = page.revision.number === page.repository.revision.number;
  const counts = page.revision.counts ?? (isCurrent ? page.repository.counts : null);
  return (
    <>
      {!page.revision.sourceInfo && <Banner tone="warn">{t.apis.noSourceInfo}</Banner>}
      {counts && (
        <Panel title={t.apis.counts}>
          <dl className={styles.counts}>
            {[...shown, ...rest].map((what) => (
              <div key={what}>
                <dt>{t.apis.col[what]}</dt>
                <dd>{f.number(counts[what])}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      <RevisionPanel page={page} />
    </>
  );
}

function RevisionPanel({ page }: { page: ApiRepositoryPage }) {
  const { t } = useI18n(texts);
  const { repository, revision } = page;
  const params = { repository: repository.name };
  const entries: Entry[] = [
    {
      key: "commit",
      label: t.origin.commit,
      value: (revision.commit || revision.branch || revision.runUrl) && (
        <Commit version={revision} />
      ),
    },
    { key: "at", label: t.apis.col.published, value: <Age at={revision.receivedAt} /> },
    { key: "by", label: t.origin.principal, value: <Principal subject={revision.principal} /> },
    {
      key: "seen",
      label: <span title={t.apis.seenHint}>{t.apis.col.seen}</span>,
      value: (
        <Inline>
          <Age at={repository.lastSeenAt} /> · <Principal subject={repository.source} />
        </Inline>
      ),
    },
  ];
  return (
    <Panel
      title={t.apis.revision(revision.number)}
      aside={
        revision.breaking > 0 ? (
          <Chip tone="bad" title={t.apis.whenPublished}>
            {t.apis.breakingCount(revision.breaking)}
          </Chip>
        ) : (
          <Chip tone="ok" title={t.apis.whenPublished}>
            {t.apis.noBreaking}
          </Chip>
        )
      }
    >
      <KeyValue entries={entries.map((each) => ({ ...each, value: each.value || null }))} />
      <div className={styles.links}>
        <TextLink to="/apis/$repository/revisions" params={params}>
          {t.apis.seeRevisions}
        </TextLink>
        {repository.revisions > 1 && (
          <TextLink to="/apis/$repository/diff" params={params} search={{ to: revision.number }}>
            {t.apis.seeDiff}
          </TextLink>
        )}
        <TextLink to="/publishes" search={{ repository: repository.name }}>
          {t.apis.seeFailures}
        </TextLink>
        <Anchor
          href={`/api/v1/apis/${encodeURIComponent(repository.name)}/descriptor-set?revision=${revision.number}`}
          download={`${repository.name}-${revision.number}.pb`}
        >
          {t.apis.download}
        </Anchor>
      </div>
    </Panel>
  );
}
