// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { FailedPublish, FailedPublishDetail, Fault } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { CodeBlock } from "@/ui/Code";
import { PlainTable, Soft } from "@/ui/DataTable";
import { CheckIcon } from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { Columns, FlowPage, PageHead } from "@/ui/Page";
import { type Entry, KeyValue, Panel } from "@/ui/Panel";
import { Bone, Skeleton, StaleNote } from "@/ui/State";
import { Age, Meta, Mono, Prose, TextLink } from "@/ui/Text";
import { type Messages, texts } from "./messages";
import styles from "./Publishes.module.css";

export interface FailureViewProps {
  detail: FailedPublishDetail;
  /** The line of the source that is pointed at. */
  line: number | undefined;
  /** Proto repositories that there are; undefined = not known (yet). */
  repositories?: readonly string[] | undefined;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
}

/** Every fault of a refused publish, and the text with the lines they are in. */
export function FailureView(props: FailureViewProps) {
  const { detail, line, repositories, failedSince, onRetry } = props;
  const { t } = useI18n(texts);
  const { failure, faults, source } = detail;
  const lines = faults.flatMap((fault) => fault.line ?? []);
  return (
    <FlowPage>
      <PageHead
        title={failure.service ?? failure.repository ?? t.publishes.unknownService}
        aside={t.publishes.faults(failure.faults)}
        actions={
          failure.resolvedAt && (
            <Chip tone="ok" icon={CheckIcon}>
              {t.publishes.resolved} <Age at={failure.resolvedAt} />
            </Chip>
          )
        }
      />
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      <Columns side={<Facts failure={failure} repositories={repositories} />}>
        <Panel title={t.publishes.table} flush>
          <Faults id={failure.id} faults={faults} line={line} />
        </Panel>
        {source !== null && (
          <Panel title={t.publishes.source} flush>
            <CodeBlock
              bare
              text={source}
              label={t.publishes.source}
              marked={lines}
              current={line}
            />
          </Panel>
        )}
        {source === null && <Meta>{t.publishes.noSource}</Meta>}
      </Columns>
    </FlowPage>
  );
}

interface FaultsProps {
  id: number;
  faults: readonly Fault[];
  line: number | undefined;
}

function Faults({ id, faults, line }: FaultsProps) {
  const { t } = useI18n(texts);
  return (
    <PlainTable label={t.publishes.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.number}>
            {t.publishes.line}
          </th>
          <th scope="col">{t.publishes.pointer}</th>
          <th scope="col">{t.publishes.detail}</th>
          <th scope="col" className={styles.wide}>
            {t.publishes.code}
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two faults may be alike
          <tr key={i} aria-current={fault.line !== undefined && fault.line === line}>
            <td className={styles.number}>
              {fault.line === undefined ? (
                <Soft>–</Soft>
              ) : (
                <Link
                  to="/publishes/$id"
                  params={{ id: String(id) }}
                  search={{ line: fault.line }}
                  className={styles.line}
                  replace
                  resetScroll={false}
                >
                  {fault.line}
                  {fault.column !== undefined && `:${fault.column}`}
                </Link>
              )}
            </td>
            <td>
              <Mono>{fault.pointer}</Mono>
            </td>
            <td>
              <Prose text={fault.detail} />
            </td>
            <td className={styles.wide}>
              <Soft>{fault.code}</Soft>
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

const ofService = ({ service, team, publisher }: FailedPublish, t: Messages): Entry[] => [
  {
    key: "service",
    label: t.services.col.service,
    value: service && (
      <TextLink to="/services/$id" params={{ id: service }}>
        {service}
      </TextLink>
    ),
  },
  {
    key: "team",
    label: t.services.col.team,
    value: team && (
      <TextLink to="/teams/$team" params={{ team }}>
        {team}
      </TextLink>
    ),
  },
  { key: "publisher", label: t.origin.publisher, value: publisher },
];

/** One whose first publish was refused is nowhere yet. */
const ofRepository = (repository: string, missing: boolean, t: Messages): Entry[] => [
  {
    key: "repository",
    label: t.publishes.repository,
    value: missing ? (
      <>
        {repository} <Soft>({t.publishes.neverPublished})</Soft>
      </>
    ) : (
      <TextLink to="/apis/$repository" params={{ repository }}>
        {repository}
      </TextLink>
    ),
  },
];

/** Who tried to publish what, from where, and how often. */
function Facts({
  failure,
  repositories,
}: {
  failure: FailedPublish;
  repositories: readonly string[] | undefined;
}) {
  const { t } = useI18n(texts);
  const { repository, principal, commit, runUrl, firstAt, lastAt } = failure;
  const missing = Boolean(repository && repositories && !repositories.includes(repository));
  const entries: Entry[] = [
    ...(repository ? ofRepository(repository, missing, t) : ofService(failure, t)),
    { key: "by", label: t.origin.principal, value: <Principal subject={principal} /> },
    {
      key: "commit",
      label: t.origin.commit,
      value: (commit || runUrl) && <Commit version={failure} />,
    },
    { key: "first", label: t.publishes.firstAt, value: <Age at={firstAt} /> },
    {
      key: "last",
      label: t.publishes.lastAt,
      value: (
        <>
          <Age at={lastAt} /> <Soft>({t.publishes.attempts(failure.attempts)})</Soft>
        </>
      ),
    },
  ];
  return (
    <Panel title={t.origin.source}>
      <KeyValue entries={entries.map((entry) => ({ ...entry, value: entry.value || null }))} />
    </Panel>
  );
}

/** The page in its final shape, before there is anything to put in it. */
export function FailureSkeleton() {
  const { t } = useI18n(texts);
  const lines = (count: number) => (
    <div className={styles.bones}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Bone key={i} width={`${[55, 40, 66, 30][i % 4]}%`} />
      ))}
    </div>
  );
  return (
    <FlowPage>
      <PageHead title={<Bone width={200} />} />
      <Skeleton>
        <Columns
          side={
            <Panel title={t.origin.source} flush>
              {lines(7)}
            </Panel>
          }
        >
          <Panel title={t.publishes.table} flush>
            {lines(4)}
          </Panel>
          <Panel title={t.publishes.source} flush>
            {lines(12)}
          </Panel>
        </Columns>
      </Skeleton>
    </FlowPage>
  );
}
