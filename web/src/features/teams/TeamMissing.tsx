// SPDX-License-Identifier: Apache-2.0
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { AsOfBanner } from "@/ui/AsOf";
import { SearchIcon } from "@/ui/icons";
import { FlowPage } from "@/ui/Page";
import { EmptyState, ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import styles from "./Teams.module.css";

interface TeamMissingProps {
  name: string;
  at: string | undefined;
  error: unknown;
  onRetry: () => void;
  onAt: (at: string | undefined) => void;
}

/** Instead of the page: there is no such team, or it could not be read. */
export function TeamMissing({ name, at, error, onRetry, onAt }: TeamMissingProps) {
  const { t } = useI18n();
  if (!isStatus(error, 404)) {
    return <ErrorPanel whole failure={describe(error, t)} onRetry={onRetry} />;
  }
  const nearest = error.problem.nearest ?? [];
  return (
    <FlowPage>
      {at && <AsOfBanner at={at} onChange={onAt} />}
      <EmptyState
        whole
        icon={SearchIcon}
        title={t.teams.notFound(name)}
        hint={nearest.length > 0 ? t.teams.notFoundHint : t.teams.notFoundNone}
      >
        <ul className={styles.nearest}>
          {nearest.map((team) => (
            <li key={team}>
              <TextLink to="/teams/$team" params={{ team }} search={{ at }}>
                {team}
              </TextLink>
            </li>
          ))}
        </ul>
      </EmptyState>
    </FlowPage>
  );
}
