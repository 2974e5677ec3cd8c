// SPDX-License-Identifier: Apache-2.0
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { AsOfBanner } from "@/ui/AsOf";
import { SearchIcon } from "@/ui/icons";
import { FlowPage } from "@/ui/Page";
import { EmptyState, ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import styles from "./Service.module.css";

interface ServiceMissingProps {
  id: string;
  at: string | undefined;
  error: unknown;
  onRetry: () => void;
  onAt: (at: string | undefined) => void;
}

/** Instead of the page: there is no such service, or it could not be read. */
export function ServiceMissing({ id, at, error, onRetry, onAt }: ServiceMissingProps) {
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
        title={at ? t.service.notFoundAt(id) : t.service.notFound(id)}
        hint={nearest.length > 0 ? t.service.notFoundHint : t.service.notFoundNone}
      >
        <ul className={styles.nearest}>
          {nearest.map((name) => (
            <li key={name}>
              <TextLink to="/services/$id" params={{ id: name }} search={{ at }}>
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      </EmptyState>
    </FlowPage>
  );
}
